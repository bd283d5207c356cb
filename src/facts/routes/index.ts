import type { AddressFamily, Route } from '../../lib/iproute2/route.js'
import type { FactKind } from '../../model/fact.js'
import { linuxSources } from './linux.js'

export type { AddressFamily, NextHop, Route, RouteType } from '../../lib/iproute2/route.js'
export { isRouteType, routeTypes } from '../../lib/iproute2/route.js'

export type RoutesArgs = {
  readonly family: AddressFamily
}

/** What a source cannot show of a route: its null, or its absence, then proves nothing. */
export type Hidden = 'protocol' | 'scope' | 'source' | 'link-state' | 'further-next-hops'

/** The routing tables of one address family. */
export type RouteTables = {
  readonly family: AddressFamily
  /**
   * `all`: every table, and each route says which; `main`: that table alone; `unnamed`: every table, but routes do not
   * say which (`table` is then null), except those that can only be of table local.
   */
  readonly tables: 'all' | 'main' | 'unnamed'
  readonly hides: readonly Hidden[]
  /** In the order of the source: within a destination the kernel's order of preference. */
  readonly routes: readonly Route[]
}

/**
 * The routing tables, all of them at once: whatever a hundred checks ask of them, one command answers.
 * Entries that are no routes (cached clones, the kernel's own "no route" entry) are left out.
 */
export const routes: FactKind<RoutesArgs, RouteTables> = {
  name: 'routes',
  summary: 'The routing tables of one address family, with every next hop',
  active: false,
  sources: { linux: linuxSources },
}
