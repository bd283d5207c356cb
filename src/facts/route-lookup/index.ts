import type { FactKind } from '../../model/fact.js'
import { linuxSources } from './linux.js'
import { routeLookupShape } from './shape.js'
import type { RouteLookup, RouteLookupArgs } from './value.js'

export type { LookupFailure, RouteFound, RouteLookup } from './value.js'

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
  isValue: routeLookupShape,
  sources: { linux: linuxSources },
}
