import type { RouteType } from '../../lib/iproute2/route.js'

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
