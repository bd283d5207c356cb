import { isNode, list, member, onlyMember, textOf } from './json.js'
import type { Field, Statement, Test } from './value.js'

/** A field that an expression reads, and what must hold for the expression to be read at all (nft adds it by itself). */
export interface FieldExpression {
  readonly field: Field
  readonly needs: readonly Statement[]
}

export const test = (field: Field, ...values: readonly (string | number)[]): Test => ({
  kind: 'test',
  fields: [field],
  negate: false,
  entries: values.map((value) => [[value, value]]),
})

const ipv4 = test('family', 4)
const ipv6 = test('family', 6)
const protocol = (number: number): readonly Statement[] => [test('protocol', number)]

/** By protocol and field, as in `{"payload": {"protocol": "tcp", "field": "dport"}}` (libnftables-json(5)). */
const payloads: Readonly<Record<string, FieldExpression>> = {
  'ip saddr': { field: 'saddr', needs: [ipv4] },
  'ip daddr': { field: 'daddr', needs: [ipv4] },
  'ip protocol': { field: 'protocol', needs: [ipv4] },
  'ip version': { field: 'family', needs: [ipv4] },
  'ip6 saddr': { field: 'saddr', needs: [ipv6] },
  'ip6 daddr': { field: 'daddr', needs: [ipv6] },
  'ip6 nexthdr': { field: 'protocol', needs: [ipv6] },
  'ip6 version': { field: 'family', needs: [ipv6] },
  'tcp sport': { field: 'sport', needs: protocol(6) },
  'tcp dport': { field: 'dport', needs: protocol(6) },
  'tcp flags': { field: 'tcp-flags', needs: protocol(6) },
  'udp sport': { field: 'sport', needs: protocol(17) },
  'udp dport': { field: 'dport', needs: protocol(17) },
  'udplite sport': { field: 'sport', needs: protocol(136) },
  'udplite dport': { field: 'dport', needs: protocol(136) },
  'sctp sport': { field: 'sport', needs: protocol(132) },
  'sctp dport': { field: 'dport', needs: protocol(132) },
  'dccp sport': { field: 'sport', needs: protocol(33) },
  'dccp dport': { field: 'dport', needs: protocol(33) },
  'th sport': { field: 'sport', needs: [] },
  'th dport': { field: 'dport', needs: [] },
  'icmp type': { field: 'icmp-type', needs: [ipv4, ...protocol(1)] },
  'icmp code': { field: 'icmp-code', needs: [ipv4, ...protocol(1)] },
  'icmpv6 type': { field: 'icmp6-type', needs: [ipv6, ...protocol(58)] },
  'icmpv6 code': { field: 'icmp6-code', needs: [ipv6, ...protocol(58)] },
}

const metas: Readonly<Record<string, Field>> = {
  ...({ l4proto: 'protocol', nfproto: 'family', protocol: 'family', iif: 'iif', iifname: 'iif', oif: 'oif', oifname: 'oif' } as const),
  ...({ mark: 'mark', pkttype: 'packet-type' } as const),
}

const connections: Readonly<Record<string, Field>> = {
  ...({ state: 'ct-state', mark: 'ct-mark', status: 'ct-status', direction: 'ct-direction' } as const),
}

const plain = (field: Field | undefined): FieldExpression | null => (field === undefined ? null : { field, needs: [] })
const own = <Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

/** @returns the field of a simple expression; null where it is none that is understood. */
export function readField(expression: unknown): FieldExpression | null {
  const [kind, inner] = onlyMember(expression) ?? []
  if (!isNode(inner)) return null
  const key = textOf(inner.key)
  if (kind === 'payload') return own(payloads, `${textOf(inner.protocol)} ${textOf(inner.field)}`) ?? null
  if (kind === 'meta') return plain(key === null ? undefined : own(metas, key))
  // With `dir` it is asked about one direction of the connection.
  if (kind === 'ct') return plain(key === null || inner.dir !== undefined ? undefined : own(connections, key))
  return kind === 'fib' ? plain(routeField(inner)) : null
}

/** `fib daddr type`, `fib saddr . iif oif`: with `oif` of a destination, or by mark alone, nothing is known. */
function routeField(inner: unknown): Field | undefined {
  const flags = list(member(inner, 'flags'))
  const result = member(inner, 'result')
  if (result === 'type' && !flags.includes('iif') && !flags.includes('oif'))
    return flags.includes('daddr') ? 'daddr-type' : flags.includes('saddr') ? 'saddr-type' : undefined
  return result === 'oif' && flags.includes('saddr') ? 'saddr-route' : undefined
}

/** The parts of a concatenation, or the one expression itself. */
export function readFields(expression: unknown): { readonly fields: readonly Field[]; readonly needs: readonly Statement[] } | null {
  const parts = list(member(expression, 'concat') ?? expression).map(readField)
  const known = parts.flatMap((part) => part ?? [])
  if (known.length < parts.length || known.length === 0) return null
  return { fields: known.map(({ field }) => field), needs: known.flatMap(({ needs }) => needs) }
}
