import { addressFamily, formatPrefix, parsePrefix, prefixContains } from '../../lib/address.js'
import { orderProblems, type Raw, rawValues } from '../../lib/expectation-problems.js'
import type { SpecProblem } from '../../model/check.js'
import type { Spec } from './schema.js'
import { familyOf } from './target.js'

/** Faults that the schema cannot express. */
export function problems(spec: Spec): readonly SpecProblem[] {
  const destination = destinationProblems(spec)
  if (destination.length > 0) return destination
  return [
    ...addressProblems(spec),
    ...orderProblems(spec, ['via', 'interface', 'table', 'protocol', 'source', 'type']),
    ...lookupProblems(spec),
    ...contradictions(spec),
  ]
}

function destinationProblems(spec: Spec): readonly SpecProblem[] {
  const path = ['destination']
  if (spec.destination === 'default') return []
  const prefix = parsePrefix(spec.destination)
  if (prefix === null || spec.destination.includes('%')) {
    const message = `expected a prefix, an address or "default", found "${spec.destination}"`
    return [{ path, message, hint: 'write it like 10.20.0.0/16, 192.0.2.1, 2001:db8::/32 or default' }]
  }
  if (prefix.hostBits) {
    const address = spec.destination.split('/')[0] ?? ''
    const hint = `write ${formatPrefix(prefix)} for the network, or ${address} for the one address`
    return [{ path, message: `${spec.destination} has bits set beyond its length`, hint }]
  }
  const family = prefix.family === 4 ? 'inet' : 'inet6'
  if (spec.family === undefined || spec.family === family) return []
  return [
    { path: ['family'], message: `${spec.destination} is not of family ${spec.family}`, hint: 'leave `family` out: it is for "default"' },
  ]
}

function addressProblems(spec: Spec): readonly SpecProblem[] {
  const family = familyOf(spec)
  const hops = (spec['next-hops'] ?? []).flatMap((hop, index) => rawValues(hop.via, ['next-hops', index, 'via']))
  return [
    // An IPv4 route may have an IPv6 next hop (RFC 8950), but not the other way round.
    ...[...rawValues(spec.via, ['via']), ...hops].flatMap((value) => addressProblem(value, family === 'inet' ? [4, 6] : [6])),
    ...[...rawValues(spec.source, ['source']), ...rawValues(spec.from, ['from'])].flatMap((value) =>
      addressProblem(value, [family === 'inet' ? 4 : 6]),
    ),
    ...fromProblems(spec),
  ]
}

/** Sources that no packet can have: the kernel would answer as it does for a blackhole (`ip_route_output_key_hash_rcu`). */
const noSource = ['0.0.0.0/32', '224.0.0.0/4', '255.255.255.255/32', '::/128', 'ff00::/8'].map(parsePrefix)

function fromProblems({ from }: Spec): readonly SpecProblem[] {
  if (from === undefined || !noSource.some((prefix) => prefix !== null && prefixContains(prefix, from))) return []
  return [{ path: ['from'], message: `no packet has the source ${from}`, hint: 'name an address of the host' }]
}

function addressProblem({ path, raw }: Raw, families: readonly (4 | 6)[]): readonly SpecProblem[] {
  const family = addressFamily(raw)
  if (family === null) {
    const hint = raw.includes('/') ? { hint: `write ${raw.split('/')[0]}` } : {}
    return [{ path, message: `expected an address, found "${raw}"`, ...hint }]
  }
  return families.includes(family) ? [] : [{ path, message: `${raw} is an IPv${family} address, and the destination is not` }]
}

function lookupProblems(spec: Spec): readonly SpecProblem[] {
  if (spec.lookup !== true) {
    const found: SpecProblem[] = []
    if (spec.from !== undefined) found.push({ path: ['from'], message: '`from` is for lookups alone', hint: 'add `lookup: true`' })
    if (typeof spec.table === 'object')
      found.push({
        path: ['table'],
        message: 'one table is looked into, so that it must be named',
        hint: 'operators on `table` are for lookups',
      })
    return found
  }
  const found: SpecProblem[] = []
  const prefix = parsePrefix(spec.destination)
  if (prefix === null || prefix.length !== (prefix.family === 4 ? 32 : 128))
    found.push({
      path: ['destination'],
      message: `a lookup is about one address, found "${spec.destination}"`,
      hint: 'name one that lies behind it',
    })
  for (const key of ['next-hops', 'backup', 'link', 'persistent'] as const)
    if (spec[key] !== undefined) found.push({ path: [key], message: `a lookup gives one way: \`${key}\` has no meaning` })
  if (spec.from !== undefined && spec.source !== undefined)
    found.push({ path: ['source'], message: '`from` already says which source the packet has', hint: 'drop one of the two' })
  return found
}

function contradictions(spec: Spec): readonly SpecProblem[] {
  const found: SpecProblem[] = []
  if (spec['next-hops'] !== undefined && (spec.via !== undefined || spec.interface !== undefined))
    found.push({ path: ['next-hops'], message: '`next-hops` says it all: `via` and `interface` belong inside it' })
  const nowhere = typeof spec.type === 'string' && ['blackhole', 'unreachable', 'prohibit', 'throw'].includes(spec.type)
  for (const key of ['via', 'interface', 'next-hops'] as const)
    if (nowhere && spec[key] !== undefined) found.push({ path: [key], message: `a route of type ${spec.type} has no next hop` })
  for (const key of ['backup', 'link'] as const)
    if (spec.absent === true && spec[key] !== undefined) found.push({ path: [key], message: `\`${key}\` has no meaning with \`absent\`` })
  return found
}
