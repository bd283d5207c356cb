import type { Link } from '../../facts/links/index.js'
import type { Comparison } from '../../lib/comparison.js'

/** What keeps a link from being operational, by the kernel's state (Documentation/networking/operstates.rst). */
const hindrances: Readonly<Record<string, string>> = {
  down: 'no carrier',
  lowerlayerdown: 'the interface beneath it is down',
  dormant: 'dormant: it waits for something outside, such as 802.1X',
  notpresent: 'its hardware is not there',
  testing: 'in a test',
}

export interface LinkState {
  readonly state: 'up' | 'down'
  /** `up`, `down: no carrier`. */
  readonly words: string
}

/** A driver that does not tell its operational state (`unknown`: loopback, tun) is up once it has a carrier, as operstates.rst says. */
export function stateOf({ up, carrier, operState }: Link): LinkState {
  if (!up) return { state: 'down', words: 'down: administratively' }
  if (operState === 'up' || ((operState === null || operState === 'unknown') && carrier === true)) return { state: 'up', words: 'up' }
  return { state: 'down', words: `down: ${hindrances[operState ?? 'down'] ?? 'no carrier'}` }
}

export function compareState(expected: 'up' | 'down' | undefined, link: Link): Comparison | null {
  if (expected === undefined) return null
  const { state, words } = stateOf(link)
  return { property: 'state', outcome: state === expected ? 'met' : 'unmet', expected, actual: words }
}

/** While a link is administratively down nobody knows whether there is a signal: that is no carrier, but no proof of none. */
export function compareCarrier(expected: boolean | undefined, { carrier }: Link): Comparison | null {
  if (expected === undefined) return null
  const outcome = carrier === null ? (expected ? 'unmet' : 'unknown') : carrier === expected ? 'met' : 'unmet'
  const actual = carrier === null ? 'not known while it is administratively down' : carrier ? 'a signal' : 'no signal'
  return { property: 'carrier', outcome, expected: expected ? 'a signal' : 'no signal', actual }
}

/** What gives a carrier to interfaces that have no cable (drivers/net/tun.c, veth.c and bonding, net/bridge/br_if.c of Linux). */
const virtual: ReadonlyMap<string | null, string> = new Map([
  ['bridge', 'A bridge has a carrier once one of its ports has: it has no port, or none that is up.'],
  ['bond', 'A bond has a carrier once one of its members has: it has no member, or none that is up.'],
  ['team', 'A team has a carrier once one of its members has: it has no member, or none that is up.'],
  ['tun', 'A tun interface has a carrier while a process holds it: is its program running, such as a VPN?'],
  ['tap', 'A tap interface has a carrier while a process holds it: is its program running, such as a virtual machine or a VPN?'],
  ['veth', 'It is one end of a pair, and the other end is down, in another namespace perhaps: that of a container or a virtual machine.'],
])

/** Where to look next. */
export function explainState(link: Link): string {
  const { name, up, operState, parent, type } = link
  if (!up)
    return `It was taken down, or never set up: \`ip link set ${name} up\` does it, until the next boot if the network configuration does not.`
  if (operState === 'lowerlayerdown') return `Look at ${parent ?? 'the interface beneath it'}: \`ip link show ${parent ?? name}\`.`
  if (stateOf(link).state === 'up') return 'It works: is it the right interface?'
  const hint = virtual.get(type)
  if (hint !== undefined) return `${hint} Look at \`ip -d link show ${/^(bridge|bond|team)$/.test(type ?? '') ? 'master ' : ''}${name}\`.`
  return `Look at the cable, the SFP and the switch port, at the other end too, and at \`ip -d link show ${name}\` and \`ethtool ${name}\`.`
}
