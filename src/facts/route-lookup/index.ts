import type { RouteType } from '../../lib/iproute2/route.js'
import type { FactKind } from '../../model/fact.js'
import { linuxSources } from './linux.js'

export type RouteLookupArgs = {
  /** A canonical address. */
  readonly destination: string
  /** A canonical address of the same family: the packet's source. */
  readonly from?: string
}

/** The kernel's decision about one packet. null means that the host does not tell. */
export type RouteFound = {
  readonly failure: null
  readonly type: RouteType
  /** The gateway; null: the destination is on this link. */
  readonly via: string | null
  readonly interface: string | null
  /** The source address that the kernel chooses. */
  readonly source: string | null
  readonly table: string | null
  readonly metric: number | null
  readonly protocol: string | null
  /** The prefix of the route that matched. */
  readonly matched: string | null
}

export type LookupFailure = 'unreachable' | 'prohibited' | 'blackhole'

export type RouteNotFound = {
  readonly failure: LookupFailure
  /** In the kernel's words: `Network is unreachable`. */
  readonly message: string
}

export type RouteLookup = RouteFound | RouteNotFound

/**
 * Which way the kernel would send a packet: rules, all tables, metrics and multipath considered. Reads state, sends
 * nothing. All lookups of a host share one process. Only the kernel can answer this, and only through rtnetlink:
 * without any `ip` there is no honest substitute.
 */
export const routeLookup: FactKind<RouteLookupArgs, RouteLookup> = {
  name: 'route-lookup',
  summary: "The kernel's own routing decision for one destination, and optionally a source",
  active: false,
  group: () => 'all',
  sources: { linux: linuxSources },
}
