import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { nearestHint } from '../../lib/nearest.js'
import type { CheckContext, SpecProblem } from '../../model/check.js'
import type { Inventory } from '../../model/inventory.js'
import { sharedDeclarations } from './declared.js'
import { endsOf, isLoopback } from './ends.js'
import type { PathSymmetrySpec } from './spec.js'

/** Faults that the schema cannot express. */
export function pathSymmetryProblems(spec: PathSymmetrySpec): readonly SpecProblem[] {
  const [first, second] = spec.between
  const problems: SpecProblem[] = []
  if (first === second) problems.push({ path: ['between', 1], message: `a path has two ends, and both are "${first}"` })
  for (const [name, address] of Object.entries(spec.addresses ?? {})) {
    if (!spec.between.includes(name)) {
      const hint = nearestHint(name, spec.between) ?? `the ends are ${spec.between.join(' and ')}`
      problems.push({ path: ['addresses', name], message: `"${name}" is not an end of the path`, hint })
    } else if (canonicalAddress(address) === null || isLoopback(address)) {
      problems.push({ path: ['addresses', name], message: `expected an address that others reach, found "${address}"` })
    }
  }
  if (spec.protocol === 'icmp' && (spec.port !== undefined || spec['source-port'] !== undefined)) {
    const path = [spec.port === undefined ? 'source-port' : 'port']
    problems.push({ path, message: 'ICMP has no ports', hint: 'leave it out, or choose `protocol: tcp`' })
  }
  return [...problems, ...familyProblems(spec)]
}

function familyProblems({ addresses = {} }: PathSymmetrySpec): readonly SpecProblem[] {
  const families = new Set(Object.values(addresses).flatMap((address) => addressFamily(address) ?? []))
  if (families.size < 2) return []
  return [{ path: ['addresses'], message: 'an IPv4 address and an IPv6 address do not talk to each other' }]
}

/** Faults that only the inventory shows. */
export function inventoryProblems(spec: PathSymmetrySpec, { inventory }: CheckContext): readonly SpecProblem[] {
  const unknown = spec.between.flatMap((name, index) => unknownHost(inventory, name, index))
  return unknown.length > 0 ? unknown : [...addressProblems(spec, inventory), ...askProblems(spec, inventory), ...routerProblems(inventory)]
}

function unknownHost({ hosts, groups }: Inventory, name: string, index: number): readonly SpecProblem[] {
  const host = hosts.get(name)
  const path = ['between', index]
  if (host?.unusable !== undefined) return [{ path, message: `${name} cannot be reached: ${host.unusable}` }]
  if (host !== undefined) return []
  if (groups.has(name)) return [{ path, message: `"${name}" is a group: a path has two ends, each one host` }]
  const hint = nearestHint(name, hosts.keys())
  return [{ path, message: `no inventory has a host "${name}"`, ...(hint === undefined ? {} : { hint }) }]
}

function addressProblems(spec: PathSymmetrySpec, inventory: Inventory): readonly SpecProblem[] {
  const { first, second } = endsOf(spec, { inventory })
  if (first.target === null && second.target === null) {
    const message = `the inventory has no address at which ${first.name} and ${second.name} reach each other`
    return [{ path: ['between'], message, hint: `write \`addresses: { ${second.name}: 192.0.2.2 }\` with its own address` }]
  }
  const [one, other] = [first, second].map(({ target }) => (target === null ? null : addressFamily(target)))
  if (one == null || other == null || one === other) return []
  const message = `${first.name} has the address ${first.target} and ${second.name} ${second.target}: one is IPv4, the other IPv6`
  return [{ path: ['between'], message, hint: `write the addresses that talk: \`addresses: { ${first.name}: …, ${second.name}: … }\`` }]
}

/** A word without wildcards means a host or a group; one that means neither is a slip of the pen. */
function askProblems({ ask }: PathSymmetrySpec, { hosts, groups }: Inventory): readonly SpecProblem[] {
  if (!Array.isArray(ask)) return []
  return ask.flatMap((pattern, index) => {
    if (/[*?[]/.test(pattern) || hosts.has(pattern) || groups.has(pattern)) return []
    const hint = nearestHint(pattern, [...groups.keys(), ...hosts.keys()])
    const message = `no inventory has a host or a group "${pattern}"`
    return [{ path: ['ask', index], message, ...(hint === undefined ? {} : { hint }) }]
  })
}

function routerProblems(inventory: Inventory): readonly SpecProblem[] {
  return sharedDeclarations(inventory).map(({ address, names }) => ({
    path: ['between'],
    message: `the inventory declares ${address} for the routers ${names.join(' and ')}, which makes them one device`,
    hint: 'leave out an address that two routers share (VRRP, HSRP, anycast): it tells neither from the other',
  }))
}
