import { addressFamily } from '../../lib/address.js'
import { boundsProblem, meets, numberType } from '../../lib/expectation.js'
import { orderProblems, type Raw, rawValues } from '../../lib/expectation-problems.js'
import type { SpecProblem } from '../../model/check.js'
import type { Spec } from './schema.js'

const properties = ['via', 'interface', 'metric', 'source'] as const

/** Faults that the schema cannot express. */
export function problems(spec: Spec): readonly SpecProblem[] {
  return [
    ...addressProblems(spec),
    ...orderProblems(spec, ['via', 'interface', 'source']),
    ...(['count', 'metric'] as const).flatMap((key) => {
      const message = boundsProblem(numberType, spec[key])
      return message === null ? [] : [{ path: [key, 'min'], message }]
    }),
    ...countProblems(spec),
  ]
}

function addressProblems(spec: Spec): readonly SpecProblem[] {
  const own = spec.family === 'inet6' ? 6 : 4
  return [
    // An IPv4 route may have an IPv6 next hop (RFC 8950), but not the other way round.
    ...rawValues(spec.via, ['via']).flatMap((value) => addressProblem(value, own === 4 ? [4, 6] : [6])),
    ...rawValues(spec.source, ['source']).flatMap((value) => addressProblem(value, [own])),
  ]
}

function addressProblem({ path, raw }: Raw, families: readonly (4 | 6)[]): readonly SpecProblem[] {
  const family = addressFamily(raw)
  if (family === null) {
    const hint = raw.includes('/') ? { hint: `write ${raw.split('/')[0]}` } : {}
    return [{ path, message: `expected an address, found "${raw}"`, ...hint }]
  }
  if (families.includes(family)) return []
  const hint = family === 6 ? 'add `family: inet6` for the IPv6 default route' : 'leave `family: inet6` out for the IPv4 default route'
  return [{ path, message: `${raw} is an IPv${family} address, and the default route is of the other family`, hint }]
}

function countProblems(spec: Spec): readonly SpecProblem[] {
  const { count } = spec
  if (count === undefined) return []
  const path = ['count']
  const given = properties.filter((property) => spec[property] !== undefined)
  if (spec.absent === true) {
    const hint = 'drop one of the two: `absent` is about every default route, whatever their number'
    return [{ path, message: '`absent` already says how many: none', hint }]
  }
  const none = meets(numberType, count, 0)
  if (given.length > 0 && none && !meets(numberType, count, 1) && !meets(numberType, count, 2)) {
    const hint = `drop \`${given.join('`, `')}\`, or write \`absent: true\` for a default route that must not be like that`
    return [{ path, message: 'no default route is expected, so that it cannot be as expected', hint }]
  }
  if (given.length > 0 || !allowsAll(count)) return []
  return [{ path, message: 'any number of default routes would do: that proves nothing', hint: 'write `count: { min: 1 }`, or a number' }]
}

/** `min: 0` alone. */
const allowsAll = (count: NonNullable<Spec['count']>): boolean =>
  typeof count === 'object' && Object.keys(count).every((operator) => operator === 'min') && count.min === 0
