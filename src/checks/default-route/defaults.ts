import type { Naming } from '../../facts/links/index.js'
import type { Route, RouteTables } from '../../facts/routes/index.js'
import { canonicalAddress, parsePrefix } from '../../lib/address.js'
import { tableType } from '../../lib/iproute2/table-name.js'
import { isDead, isForAllPackets, isIn, preferred, type ReadTables, routesAt } from '../../lib/iproute2/tables.js'
import type { Spec } from './schema.js'

const zero = { inet: '0.0.0.0/0', inet6: '::/0' } as const

/** What a specification is about. */
export interface Target {
  readonly family: RouteTables['family']
  readonly table: string
  /** How findings call it: `default-route`, `default-route (IPv6) table 99`. */
  readonly label: string
}

export function targetOf({ family = 'inet', table = 'main' }: Spec): Target {
  const name = tableType.read(table)
  return { family, table: name, label: `default-route${family === 'inet' ? '' : ' (IPv6)'}${name === 'main' ? '' : ` table ${name}`}` }
}

/** The tables, and what the runbook's names of interfaces mean on the host. */
export type NamedTables = RouteTables & { readonly naming: Naming }

/** Every default route of the host, of any table. */
export const defaultsOf = (tables: ReadTables, { family }: Target): readonly Route[] => routesAt(tables, zero[family])

/** The default routes of one table for all packets, lowest metric first. */
export interface Defaults {
  /** Those that lead to a gateway or onto a link. */
  readonly gateways: readonly Route[]
  /** Those that turn packets away: `unreachable default`, `blackhole default`. */
  readonly nowhere: readonly Route[]
}

export function defaultsIn(tables: ReadTables, target: Target): Defaults {
  const here = defaultsOf(tables, target).filter((route) => isIn(route, target.table) && isForAllPackets(route))
  const sorted = here.toSorted((a, b) => a.metric - b.metric)
  return {
    gateways: sorted.filter(({ nextHops }) => nextHops?.length !== 0),
    nowhere: sorted.filter(({ nextHops }) => nextHops?.length === 0),
  }
}

/**
 * The routes that traffic may take: of those that are not dead the ones with the lowest metric, and the highest preference. Among equals the kernel takes the
 * first whose gateway answers (`fib_select_default`, net/ipv4/fib_semantics.c; RFC 4861 section 6.3.6), so that it may be any.
 */
export function inUse({ gateways, nowhere }: Defaults): readonly Route[] {
  const alive = [...gateways, ...nowhere].filter((route) => !isDead(route))
  const lowest = Math.min(...alive.map(({ metric }) => metric))
  return preferred(alive.filter(({ metric }) => metric === lowest))
}

/** How many default routes there are, as far as the host shows it. */
export interface Count {
  readonly least: number
  readonly most: number
  /** Why the two differ; empty when they do not. */
  readonly doubt: string
}

export function countOf(tables: ReadTables, target: Target, gateways: readonly Route[]): Count {
  const merged = (whenUnknown: boolean): number =>
    new Set(gateways.map((route, index) => (isSibling(route, target, whenUnknown) ? `metric ${route.metric}` : String(index)))).size
  const [least, most] = [merged(true), merged(false)]
  if (tables.tables === 'unnamed' && most > 1) {
    return { least: 1, most, doubt: 'Read without `ip`: the host does not tell whether they are in one table.' }
  }
  const odd = gateways.filter(({ types }) => types.length > 1).length
  if (odd > 0)
    return { least: Math.max(0, least - odd), most, doubt: 'The tools of this host do not tell a gateway from a blackhole here.' }
  const doubt = 'Read without `ip`: one multipath route looks like several of one metric.'
  return { least, most, doubt: least === most ? '' : doubt }
}

/**
 * Old kernels list the next hops of an IPv6 multipath route as routes of their own (`rt6_qualify_for_ecmp`, include/net/ip6_route.h).
 * Routes from router advertisements are never such: each is a router that offers itself.
 * @param whenUnknown the answer for routes of which the host does not show where they come from.
 */
function isSibling({ nextHops, protocol }: Route, { family }: Target, whenUnknown: boolean): boolean {
  const mayBe = protocol === null ? whenUnknown : protocol !== 'ra' && protocol !== 'redirect'
  return family === 'inet6' && mayBe && nextHops?.every(({ via }) => via !== null) === true
}

/** `0.0.0.0/1` and `128.0.0.0/1`: together every address, and longer than the default. VPN clients set them (OpenVPN's `redirect-gateway def1`). */
const halves = { inet: [['0.0.0.0/1', '128.0.0.0/1']], inet6: [['::/1', '8000::/1'], ['2000::/3']] } as const

/** The routes that take all traffic away from the default route; null when there are none. */
export function shadowOf(tables: ReadTables, target: Target): readonly Route[] | null {
  for (const prefixes of halves[target.family]) {
    const found = prefixes.map((prefix) => routesAt(tables, prefix).find((route) => isIn(route, target.table) && isForAllPackets(route)))
    if (found.every((route) => route !== undefined)) return found
  }
  return null
}

/** The networks on the links of an interface, which need no gateway. */
export function networksOf(tables: RouteTables, target: Target, device: string): readonly string[] {
  return tables.routes
    .filter((route) => isIn(route, target.table) && route.nextHops?.length === 1 && !isLinkLocal(route.destination))
    .filter(({ nextHops }) => nextHops?.[0]?.interface === device && nextHops[0].via === null)
    .map(({ destination }) => destination)
    .filter((destination) => parsePrefix(destination)?.length !== 0)
}

const isLinkLocal = (destination: string): boolean => /^(fe[89ab]|ff)/.test(canonicalAddress(destination.split('/')[0] ?? '') ?? '')
