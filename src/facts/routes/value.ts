import type { AddressFamily, Route } from '../../lib/iproute2/route.js'

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
