import type { PerInterface } from './key.js'

/**
 * What the kernel makes of `all` and of an interface's own value. `forwarding` is that of the interface.
 *
 * IPv4: the macros IN_DEV_* of include/linux/inetdevice.h, told in Documentation/networking/ip-sysctl.rst. rp_filter is the larger of
 * both since Linux 2.6.31; proxy_arp_pvlan and ignore_routes_with_linkdown ask `all` as well since 5.11.
 *
 * IPv6: `ipv6_accept_ra` in include/net/ipv6.h, `rt6_do_redirect` in net/ipv6/route.c, `ipv6_rthdr_rcv` in net/ipv6/exthdrs.c; most of
 * its settings are those of the interface, and `all` does nothing. Packets are forwarded where `all` says so (`ip6_forward` in
 * net/ipv6/ip6_output.c): an interface's own `forwarding` makes it a router that takes no advertisements, no more.
 */
export type Combination =
  | 'own'
  | 'larger'
  | 'smaller'
  | 'both'
  | 'either'
  | 'ipv4-redirects'
  | 'ipv6-redirects'
  | 'ipv6-advertisements'
  | 'all'

const ipv4: Readonly<Record<string, Combination>> = {
  accept_local: 'either',
  accept_redirects: 'ipv4-redirects',
  accept_source_route: 'both',
  arp_accept: 'larger',
  arp_announce: 'larger',
  arp_evict_nocarrier: 'both',
  arp_filter: 'either',
  arp_ignore: 'larger',
  arp_notify: 'larger',
  bootp_relay: 'both',
  forwarding: 'own',
  ignore_routes_with_linkdown: 'either',
  log_martians: 'either',
  mc_forwarding: 'both',
  medium_id: 'own',
  promote_secondaries: 'either',
  proxy_arp: 'either',
  proxy_arp_pvlan: 'either',
  route_localnet: 'either',
  rp_filter: 'larger',
  secure_redirects: 'either',
  send_redirects: 'either',
  shared_media: 'either',
  src_valid_mark: 'either',
  tag: 'own',
}

const ipv6: Readonly<Record<string, Combination>> = {
  accept_ra: 'ipv6-advertisements',
  accept_ra_defrtr: 'own',
  accept_ra_pinfo: 'own',
  accept_ra_rtr_pref: 'own',
  accept_redirects: 'ipv6-redirects',
  accept_source_route: 'smaller',
  autoconf: 'own',
  disable_ipv6: 'own',
  forwarding: 'all',
  hop_limit: 'own',
  mtu: 'own',
  use_tempaddr: 'own',
}

/** null: not known. */
export function combinationOf({ family, setting }: PerInterface): Combination | null {
  const known = family === 'ipv4' ? ipv4 : ipv6
  return Object.hasOwn(known, setting) ? (known[setting] ?? null) : null
}

/** The settings of one family of which it is known. */
export const knownSettings = ({ family }: Pick<PerInterface, 'family'>): readonly string[] => Object.keys(family === 'ipv4' ? ipv4 : ipv6)

/** Whether `forwarding` of the interface has a say. */
export const asksForwarding = (combination: Combination): boolean =>
  ['ipv4-redirects', 'ipv6-redirects', 'ipv6-advertisements'].includes(combination)

/** Of `all` and the interface's own, those that count; what they make of it may depend on `forwarding` besides. */
export function sidesOf(combination: Combination): readonly ('all' | 'own')[] {
  if (combination === 'all') return ['all']
  return ['own', 'ipv6-redirects', 'ipv6-advertisements'].includes(combination) ? ['own'] : ['all', 'own']
}

/** The largest values that Documentation/networking/ip-sysctl.rst knows, where that is more than 1. */
const largest: Readonly<Record<string, number>> = { rp_filter: 2, arp_ignore: 8, arp_announce: 2, arp_accept: 2, accept_ra: 2 }

/** The values that a setting may have where no file says which: whatever was built in, or was set since. Those below 0 only IPv6 tells apart. */
export function possibleValues({ family, setting }: PerInterface): readonly number[] {
  const most = Object.hasOwn(largest, setting) ? (largest[setting] ?? 1) : 1
  const some = Array.from({ length: most + 1 }, (_, value) => value)
  return family === 'ipv6' ? [-1, ...some] : some
}

export interface Parts {
  readonly all: number
  readonly own: number
  readonly forwarding: boolean
}

const bit = (on: boolean): number => (on ? 1 : 0)

export function combine(combination: Combination, { all, own, forwarding }: Parts): number {
  const ways: Readonly<Record<Combination, () => number>> = {
    own: () => own,
    all: () => all,
    larger: () => Math.max(all, own),
    smaller: () => Math.min(all, own),
    both: () => bit(all !== 0 && own !== 0),
    either: () => bit(all !== 0 || own !== 0),
    'ipv4-redirects': () => bit(forwarding ? all !== 0 && own !== 0 : all !== 0 || own !== 0),
    'ipv6-redirects': () => (forwarding ? 0 : own),
    'ipv6-advertisements': () => (forwarding && own !== 2 ? 0 : own),
  }
  return ways[combination]()
}

/** What is known of them; null: set by no file. */
export interface KnownParts {
  readonly all: number | null
  readonly own: number | null
  readonly forwarding: boolean
}

/** `the larger of all (1) and eth0 (0)`. */
export function describeCombination(combination: Combination, device: string, parts: KnownParts): string {
  const { forwarding } = parts
  const all = parts.all ?? 'set by no file'
  const own = parts.own ?? 'set by no file'
  const pair = `all (${all}) and ${device} (${own})`
  const forwards = `forwarding is ${forwarding ? 'on' : 'off'} on ${device}`
  const ways: Readonly<Record<Combination, string>> = {
    own: `the interface's own value counts, and \`all\` (${all}) does nothing here`,
    all: `\`all\` (${all}) alone decides whether packets are forwarded, whatever ${device} (${own}) says`,
    larger: `the larger of ${pair} counts`,
    smaller: `the smaller of ${pair} counts`,
    both: `it is on where both ${pair} are`,
    either: `it is on where one of ${pair} is`,
    'ipv4-redirects': `${forwards}: ${forwarding ? `it is on where both ${pair} are` : `it is on where one of ${pair} is`}`,
    'ipv6-redirects': `${forwards}, ${forwarding ? `so redirects are not taken, whatever ${device} (${own}) says` : `so ${device} (${own}) counts, and \`all\` does nothing here`}`,
    'ipv6-advertisements': `${forwards}, ${forwarding ? `where 2 alone takes router advertisements; ${device} has ${own}` : `so ${device} (${own}) counts, and \`all\` does nothing here`}`,
  }
  return ways[combination]
}
