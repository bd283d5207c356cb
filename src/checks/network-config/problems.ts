import { addressFamily, canonicalAddress, parsePrefix } from '../../lib/address.js'
import { boundsProblem, numberType } from '../../lib/expectation.js'
import { orderProblems, rawValues } from '../../lib/expectation-problems.js'
import type { SpecProblem } from '../../model/check.js'
import type { ExpectedRoute, SetOf, Spec } from './schema.js'

const ofInterface = ['family', 'onboot', 'method', 'addresses', 'gateway', 'defroute', 'dns', 'search', 'mtu'] as const
const judged = ['onboot', 'method', 'addresses', 'gateway', 'defroute', 'dns', 'search', 'mtu', 'routes'] as const

/** Faults that the schema cannot express. */
export function problems(spec: Spec): readonly SpecProblem[] {
  return [
    ...scopeProblems(spec),
    ...orderProblems(spec, ['method', 'gateway']),
    ...rawValues(spec.gateway, ['gateway']).flatMap(({ path, raw }) => (canonicalAddress(raw) === null ? [noAddress(path, raw)] : [])),
    ...items(spec.addresses, 'addresses').flatMap(({ path, item }) => addressProblems(path, item)),
    ...items(spec.dns, 'dns').flatMap(({ path, item }) => (canonicalAddress(item) === null ? [noAddress(path, item)] : [])),
    ...items(spec.routes, 'routes').flatMap(({ path, item }) => routeProblems(path, item, spec.interface)),
    ...familyProblems(spec),
    ...mtuProblems(spec),
  ]
}

type Place = readonly (string | number)[]

function scopeProblems(spec: Spec): readonly SpecProblem[] {
  if (spec.interface === undefined) {
    const key = ofInterface.find((name) => spec[name] !== undefined)
    if (key !== undefined) return [{ path: [key], message: `\`${key}\` is about one interface`, hint: 'add `interface`' }]
  }
  const asserts = judged.some((key) => spec[key] !== undefined) || spec['matches-running'] === true
  if (asserts) return []
  const path = spec['matches-running'] === false ? ['matches-running'] : []
  return [{ path, message: 'nothing is expected here', hint: 'add `onboot`, `method`, `addresses`, `routes` … or `matches-running: true`' }]
}

function items<Item>(set: SetOf<Item> | undefined, key: string): readonly { readonly path: Place; readonly item: Item }[] {
  if (set === undefined) return []
  const [list, path] = 'contains' in set ? [set.contains, [key, 'contains']] : [set, [key]]
  return list.map((item, index) => ({ path: [...path, index], item }))
}

const noAddress = (path: Place, found: string): SpecProblem => {
  const hint = canonicalAddress(found.split('/')[0] ?? '')
  return { path, message: `expected an address, found "${found}"`, ...(hint === null ? {} : { hint: `write ${hint}` }) }
}

/** A gateway of the other family than the one that is asked about is never found. */
function familyProblems({ family = 'inet', gateway }: Spec): readonly SpecProblem[] {
  return rawValues(gateway, ['gateway']).flatMap(({ path, raw }) => {
    const found = addressFamily(raw)
    if (found === null || found === (family === 'inet' ? 4 : 6)) return []
    return [{ path, message: `${raw} is no address of family ${family}`, hint: `say \`family: ${found === 4 ? 'inet' : 'inet6'}\`` }]
  })
}

function addressProblems(path: Place, text: string): readonly SpecProblem[] {
  if (parsePrefix(text) === null)
    return [{ path, message: `expected an address with its length, found "${text}"`, hint: 'write it like 10.10.0.11/24' }]
  if (!text.includes('/')) return [{ path, message: `${text} has no length`, hint: `write ${text}/24, or whatever its network is` }]
  return []
}

function routeProblems(path: Place, route: ExpectedRoute, device: string | undefined): readonly SpecProblem[] {
  const prefix = route.destination === 'default' ? null : parsePrefix(route.destination)
  if (prefix === null && route.destination !== 'default') {
    return [
      {
        path: [...path, 'destination'],
        message: `expected a prefix, an address or "default", found "${route.destination}"`,
        hint: 'write it like 10.20.0.0/16',
      },
    ]
  }
  if (prefix?.hostBits === true) {
    return [
      {
        path: [...path, 'destination'],
        message: `${route.destination} has bits set beyond its length`,
        hint: `write ${prefix.network}/${prefix.length}`,
      },
    ]
  }
  if (route.via !== undefined && canonicalAddress(route.via) === null) return [noAddress([...path, 'via'], route.via)]
  if (device !== undefined && route.interface !== undefined && route.interface !== device) {
    return [{ path: [...path, 'interface'], message: `the check is about ${device}`, hint: 'leave `interface` out of its routes' }]
  }
  return []
}

function mtuProblems({ mtu }: Spec): readonly SpecProblem[] {
  const message = boundsProblem(numberType, mtu)
  return message === null ? [] : [{ path: ['mtu', 'min'], message }]
}
