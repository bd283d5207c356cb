import { canonicalAddress, parsePrefix } from '../../lib/address.js'
import {
  addressTypes,
  flagBits,
  icmp6Types,
  icmpTypes,
  type NumberTable,
  numberIn,
  packetTypes,
  protocolNumbers,
  stateBits,
} from '../../lib/netfilter/names.js'
import { prefixRange } from '../../lib/netfilter/ranges.js'
import { isNode, list, member, onlyMember } from './json.js'
import type { Field, Range, Scalar } from './value.js'

const none: NumberTable = {}

/** nft's names by field (src/datatype.c, src/proto.c, src/ct.c, src/fib.c). */
const tables: Readonly<Record<Field, NumberTable | 'address' | 'interface'>> = {
  family: { ipv4: 4, ip: 4, ipv6: 6, ip6: 6, arp: 0, vlan: 0, '8021q': 0 },
  protocol: protocolNumbers,
  ...({ saddr: 'address', daddr: 'address', iif: 'interface', oif: 'interface' } as const),
  sport: none,
  dport: none,
  'icmp-type': icmpTypes,
  'icmp-code': {
    ...{ 'net-unreachable': 0, 'host-unreachable': 1, 'prot-unreachable': 2, 'port-unreachable': 3, 'frag-needed': 4 },
    ...{ 'net-prohibited': 9, 'host-prohibited': 10, 'admin-prohibited': 13 },
  },
  'icmp6-type': icmp6Types,
  'icmp6-code': {
    ...{ 'no-route': 0, 'admin-prohibited': 1, 'addr-unreachable': 3, 'port-unreachable': 4 },
    ...{ 'policy-fail': 5, 'reject-route': 6 },
  },
  'ct-state': stateBits,
  'ct-direction': { original: 0, reply: 1 },
  'ct-status': { snat: 16, dnat: 32 },
  'ct-mark': none,
  'tcp-flags': flagBits,
  mark: none,
  'packet-type': packetTypes,
  'saddr-type': addressTypes,
  'daddr-type': addressTypes,
  'saddr-route': none,
}

/** One value of a field; null: not understood. */
export function readScalar(field: Field, value: unknown): Scalar | null {
  const table = tables[field]
  if (field === 'saddr-route') return typeof value === 'boolean' ? Number(value) : null
  if (table === 'address') return typeof value === 'string' ? canonicalAddress(value) : null
  if (table === 'interface') return typeof value === 'string' && value !== '' ? value : null
  if (typeof value === 'number') return field !== 'family' && Number.isSafeInteger(value) && value >= 0 ? value : familyOf(field, value)
  if (typeof value === 'string') return numberIn(table, value)
  return combined(field, value)
}

/** `nfproto` and `meta protocol` as numbers: NFPROTO_* and Ethernet's. */
function familyOf(field: Field, value: number): number | null {
  if (field !== 'family') return null
  return { 2: 4, 4: 4, 2048: 4, 6: 6, 10: 6, 34525: 6 }[value] ?? null
}

/** `{"|": [a, b]}`: bits together. */
function combined(field: Field, value: unknown): number | null {
  const parts = member(value, '|')
  if (!Array.isArray(parts)) return null
  let sum = 0
  for (const part of parts) {
    const bit = readScalar(field, part)
    if (typeof bit !== 'number') return null
    sum |= bit
  }
  return sum >>> 0
}

/** A value, `{"prefix": …}` or `{"range": …}` as a range; null: not understood. */
function readRange(field: Field, value: unknown): Range | null {
  const [kind, inner] = onlyMember(value) ?? []
  if (kind === 'prefix' && isNode(inner)) {
    const prefix = tables[field] === 'address' ? parsePrefix(`${inner.addr}/${inner.len}`) : null
    return prefix === null ? null : prefixRange(prefix)
  }
  if (kind === 'range') {
    const [low, high, ...rest] = list(inner).map((end) => readScalar(field, end))
    return low === undefined || low === null || high === undefined || high === null || rest.length > 0 ? null : [low, high]
  }
  const scalar = readScalar(field, value)
  return scalar === null ? null : [scalar, scalar]
}

/** What an element may hold beside its value and still be a plain member; a `limit` or a `quota` is asked with every look-up. */
const plainKeys = ['val', 'timeout', 'expires', 'comment', 'counter']

/** An element of a set: the value itself, `{"elem": {"val": …}}`, `{"concat": […]}`; one range for each field. */
export function readElement(fields: readonly Field[], element: unknown): readonly Range[] | null {
  const inner = member(element, 'elem')
  if (isNode(inner) && Object.keys(inner).some((key) => !plainKeys.includes(key))) return null
  const value = member(inner, 'val') ?? element
  const parts = fields.length > 1 ? list(member(value, 'concat')) : [value]
  if (parts.length !== fields.length) return null
  const ranges = fields.map((field, index) => readRange(field, parts[index]))
  const known = ranges.flatMap((range) => (range === null ? [] : [range]))
  return known.length === fields.length ? known : null
}
