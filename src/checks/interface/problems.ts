import { addressFamily, parsePrefix } from '../../lib/address.js'
import { parseDuration } from '../../lib/duration.js'
import { boundsProblem, numberType } from '../../lib/expectation.js'
import { orderProblems, rawValues } from '../../lib/expectation-problems.js'
import { type ListExpectation, listProblem } from '../../lib/list-expectation.js'
import { canonicalMac } from '../../lib/mac.js'
import { rateType } from '../../lib/rate.js'
import type { SpecProblem } from '../../model/check.js'
import { canonical } from './addresses.js'
import type { Spec } from './schema.js'
import { placesIn } from './sets.js'

/** Longer windows keep a host's visit open for so long. */
const longestWindowMs = 600_000

/** Faults that the schema cannot express. */
export function problems(spec: Spec): readonly SpecProblem[] {
  return [
    ...addressProblems(spec),
    ...rawValues(spec.mac, ['mac']).flatMap(({ path, raw }) =>
      canonicalMac(raw) === null
        ? [{ path, message: `expected a MAC address, found "${raw}"`, hint: 'write it like 52:54:00:12:34:56' }]
        : [],
    ),
    ...orderProblems(spec, ['mac', 'type', 'parent', 'master']),
    ...boundsProblems(spec),
    ...counterProblems(spec),
    ...contradictions(spec),
  ]
}

function addressProblems(spec: Spec): readonly SpecProblem[] {
  const { addresses, family } = spec
  if (addresses === undefined) {
    if (family === undefined) return []
    return [{ path: ['family'], message: '`family` is about `addresses`, which are not there', hint: 'add `addresses`, or drop it' }]
  }
  return placesIn(addresses).flatMap(({ path, raw }) => addressProblem(raw, ['addresses', ...path], family, path[0] === 'not'))
}

/** @param unwanted under `not`, where an address without a length means it whatever its length. */
function addressProblem(
  raw: string,
  path: readonly (string | number)[],
  family: Spec['family'],
  unwanted: boolean,
): readonly SpecProblem[] {
  const own = addressFamily(raw.split('/')[0] ?? '')
  if (own === null || parsePrefix(raw) === null) {
    return [{ path, message: `expected an address with its prefix length, found "${raw}"`, hint: 'write it like 203.0.113.11/24' }]
  }
  if (!raw.includes('/') && !unwanted) {
    return [
      {
        path,
        message: `${raw} lacks its prefix length`,
        hint: `write ${raw}/${own === 4 ? '24' : '64'}, or whatever it is; a single address is /${own === 4 ? 32 : 128}`,
      },
    ]
  }
  if (family === undefined || (own === 4) === (family === 'inet')) return []
  return [{ path, message: `${raw} is not of family ${family}` }]
}

function boundsProblems(spec: Spec): readonly SpecProblem[] {
  const { over: _, ...counters } = spec.counters ?? {}
  const found: readonly (readonly [readonly string[], string | null])[] = [
    [['mtu'], boundsProblem(numberType, spec.mtu)],
    [['vlan-id'], boundsProblem(numberType, spec['vlan-id'])],
    [['speed'], boundsProblem(rateType, spec.speed)],
    ...Object.entries(counters).map(([name, expectation]) => [['counters', name], boundsProblem(numberType, expectation)] as const),
  ]
  return found.flatMap(([path, message]) => (message === null ? [] : [{ path: [...path, 'min'], message }]))
}

function counterProblems({ counters }: Spec): readonly SpecProblem[] {
  if (counters === undefined) return []
  const overMs = parseDuration(counters.over ?? '5s')
  const found: SpecProblem[] = []
  if (Object.keys(counters).every((key) => key === 'over')) {
    found.push({ path: ['counters'], message: 'no counter is named: that proves nothing', hint: 'add one, such as `rx-errors: 0`' })
  }
  if (overMs === null || overMs < 100 || overMs > longestWindowMs) {
    found.push({ path: ['counters', 'over'], message: `expected a time from 100ms to 10m, found "${counters.over}"` })
  }
  for (const [name, expectation] of Object.entries(counters)) {
    if (typeof expectation === 'object' && Object.keys(expectation).join() === 'min' && expectation.min === 0) {
      found.push({ path: ['counters', name], message: 'any growth would do: that proves nothing', hint: 'write a number, or `min: 1`' })
    }
  }
  return found
}

/** `listProblem` of addresses of which some may not be there whatever their length. */
function lengthsProblem(addresses: ListExpectation): string | null {
  if (!('contains' in addresses)) return null
  const unwanted = (addresses.not ?? []).map(canonical)
  const both = addresses.contains?.find((item) => unwanted.includes(canonical(item.split('/')[0] ?? '')))
  return both === undefined ? null : `${both} has to be among them, and may not`
}

function contradictions(spec: Spec): readonly SpecProblem[] {
  const others = Object.keys(spec).filter((key) => key !== 'name' && key !== 'absent')
  if (spec.absent === true && others.length > 0) {
    const message = `an interface that is not there has no ${others[0]}`
    return [{ path: [others[0] ?? ''], message, hint: 'drop it, or drop `absent`' }]
  }
  const found: SpecProblem[] = []
  for (const key of ['addresses', 'members'] as const) {
    const message = spec[key] === undefined ? null : (listProblem(spec[key]) ?? (key === 'addresses' ? lengthsProblem(spec[key]) : null))
    if (message !== null) found.push({ path: [key], message })
  }
  if (spec.lacp === true && (spec['bond-mode'] ?? '802.3ad') !== '802.3ad') {
    found.push({ path: ['lacp'], message: `LACP is for bonds of mode 802.3ad, not ${spec['bond-mode']}` })
  }
  if (spec.state === 'up' && spec.carrier === false) {
    found.push({
      path: ['carrier'],
      message: 'an interface without a carrier is not up',
      hint: 'write `state: down`, or drop one of the two',
    })
  }
  return found
}
