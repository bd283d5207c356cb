import type { Link, Links } from '../../facts/links/index.js'

/** Links that take their frames from no other link of this host. The parent of a veth is its other end, not what is beneath it. */
const plain = ['ethernet', 'loopback', 'veth', 'dummy']
/** Links whose packets are those of the links that belong to them. */
const joining = ['bridge', 'bond', 'team', 'vrf']
/** Links whose packets are those of the link they are made on. */
const dividing = ['vlan', 'macvlan', 'macvtap', 'ipvlan', 'dsa']

/**
 * The links by which packets of a link come and go as well: ports of a bridge, the parent of a VLAN, and what is beneath those.
 * null: not known, as for a tunnel, whose packets come by whichever link leads to its other end.
 */
export function beneath(name: string, { links }: Links): ReadonlySet<string> | null {
  const found = new Set<string>()
  const open = [name]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const link = links.find((one) => one.name === next)
    const below = link === undefined ? null : directlyBeneath(link, links)
    if (below === null) return null
    const fresh = below.filter((one) => one !== name && !found.has(one))
    for (const one of fresh) found.add(one)
    open.push(...fresh)
  }
  return found
}

function directlyBeneath({ name, type, parent }: Link, links: readonly Link[]): readonly string[] | null {
  // A plain link may have members as well: the virtual function beneath a network card of Hyper-V.
  const members = links.filter(({ master }) => master === name).map((link) => link.name)
  if (type !== null && (plain.includes(type) || joining.includes(type))) return members
  return type !== null && dividing.includes(type) && parent !== null ? [...members, parent] : null
}
