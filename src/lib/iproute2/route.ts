import { formatPrefix, parsePrefix } from '../address.js'
import { NotUnderstood } from '../errors.js'
import { plainIpv4Prefix } from '../ipv4-prefix.js'

/** Address families by the names `ip -family` has for them. */
export type AddressFamily = 'inet' | 'inet6'

/** What the kernel does with a packet that matches: rtnetlink(7), ip-route(8). */
export const routeTypes = [
  'unicast',
  'local',
  'broadcast',
  'anycast',
  'multicast',
  'blackhole',
  'unreachable',
  'prohibit',
  'throw',
  'nat',
  'xresolve',
] as const
export type RouteType = (typeof routeTypes)[number]

export type NextHop = {
  /** The gateway, canonical; of either family (RFC 8950). null: the destination is on this link. */
  readonly via: string | null
  readonly interface: string | null
  /** Share of the traffic among several next hops, from 1. */
  readonly weight: number
  /** In the kernel's words: `onlink`, `linkdown`, `dead`, `pervasive`, `offload` … */
  readonly flags: readonly string[]
}

/** One entry of a routing table. null means that the source does not show it, unless said otherwise. */
export type Route = {
  /** A canonical prefix: `0.0.0.0/0`, `2001:db8::/32`. */
  readonly destination: string
  /** More than one where the source cannot tell them apart. */
  readonly types: readonly RouteType[]
  /** Empty for routes that lead nowhere, such as a blackhole. */
  readonly nextHops: readonly NextHop[] | null
  /** 0 is the kernel's own default for IPv4; the lowest wins. */
  readonly metric: number
  /** A name of rt_tables, or a number as text. */
  readonly table: string | null
  readonly protocol: string | null
  readonly scope: string | null
  /** The preferred source address (`src`); null also when the route has none. */
  readonly source: string | null
  /** Only packets from this prefix match; null: from anywhere. */
  readonly from: string | null
  /** Only packets with this TOS match; null: whatever their TOS. */
  readonly tos: string | null
  /** Of IPv6: how much the router is preferred among those of one metric (RFC 4191), where that is not medium and is shown. */
  readonly preference?: 'high' | 'low'
}

/** Types of route that have no next hop; `ip -6` shows them with `dev lo` all the same. */
const leadNowhere: ReadonlySet<RouteType> = new Set(['blackhole', 'unreachable', 'prohibit', 'throw'])

export function leadsNowhere(type: RouteType): boolean {
  return leadNowhere.has(type)
}

export function isRouteType(text: string): text is RouteType {
  return (routeTypes as readonly string[]).includes(text)
}

/** The metric of `ip6_null_entry` and its kin: how Linux says "no route", not a route (net/ipv6/route.c). */
export const nullEntryMetric = 0xffffffff

/**
 * @param text what a tool prints: `default`, `10.0.0.0/8`, `10.0.0.1`, and `0/8` where iproute2 abbreviates zeros.
 * @throws NotUnderstood
 */
export function readDestination(text: string, family: AddressFamily): string {
  const zero = family === 'inet' ? '0.0.0.0' : '::'
  if (text === 'default') return `${zero}/0`
  const plain = family === 'inet' ? plainIpv4Prefix(text) : null
  if (plain !== null) return plain
  const prefix = parsePrefix(text.startsWith('0/') ? `${zero}/${text.slice(2)}` : text)
  if (prefix === null || prefix.family !== (family === 'inet' ? 4 : 6)) throw new NotUnderstood(`a destination of family ${family}`, text)
  return formatPrefix(prefix)
}
