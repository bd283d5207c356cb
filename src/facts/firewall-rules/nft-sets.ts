import { list, member, type Node, onlyMember, textOf } from './json.js'
import { readVerdict } from './nft-statements.js'
import { readElement } from './nft-values.js'
import { mostElements } from './rules.js'
import type { Field, NamedSet } from './value.js'

/** A field that reads values as a set's type does; which field a rule compares with is said by the rule. */
const typeFields: Readonly<Record<string, Field>> = {
  ...({
    ipv4_addr: 'saddr',
    ipv6_addr: 'saddr',
    inet_service: 'dport',
    inet_proto: 'protocol',
    ifname: 'iif',
    iface_index: 'iif',
  } as const),
  ...({ mark: 'mark', ct_state: 'ct-state', icmp_type: 'icmp-type', icmpv6_type: 'icmp6-type', nf_proto: 'family' } as const),
  ...({ pkt_type: 'packet-type', fib_addrtype: 'daddr-type', tcp_flag: 'tcp-flags', icmp_code: 'icmp-code' } as const),
  ...({ icmpv6_code: 'icmp6-code', ether_type: 'family' } as const),
}

/** The type as a name, as names of a concatenation, or as the expression it is taken from (`typeof`). */
function fieldsOf(type: unknown): readonly Field[] | null {
  const names = list(type).map(textOf)
  const fields = names.flatMap((name) => (name !== null && Object.hasOwn(typeFields, name) ? (typeFields[name] ?? []) : []))
  return fields.length === names.length && fields.length > 0 ? fields : null
}

/** A statement that every look-up asks as well, such as `limit rate 1/hour`: whether it says yes, nobody can tell. */
const asksMore = (set: Node): boolean => list(set.stmt).some((statement) => onlyMember(statement)?.[0] !== 'counter')

/**
 * A named set or map. Elements that expire may be gone in a moment: such a set counts as dynamic, as does one that
 * rules add to. (nft 1.0.6 does not print the flag `dynamic` in JSON.)
 */
export function readSet(set: Node, dynamic: ReadonlySet<string>): NamedSet {
  const name = textOf(set.name) ?? ''
  const elements = list(set.elem)
  const expires = elements.some((element) => member(member(list(element)[0], 'elem'), 'expires') !== undefined)
  const changes = dynamic.has(name) || list(set.flags).includes('dynamic') || set.timeout !== undefined || expires
  const fields = fieldsOf(set.type)
  const isMap = set.map !== undefined
  if (fields === null || asksMore(set) || elements.length > mostElements || (isMap && set.map !== 'verdict'))
    return { name, dynamic: changes, entries: null }
  const entries = elements.map((element) => {
    const [key, data] = isMap ? list(element) : [element]
    const ranges = readElement(fields, key)
    const verdict = isMap ? readVerdict(data) : null
    return ranges === null || (isMap && verdict === null) ? null : { ranges, verdict }
  })
  return { name, dynamic: changes, entries: entries.includes(null) ? null : entries.flatMap((entry) => entry ?? []) }
}
