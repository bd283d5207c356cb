import type { FactKind } from '../../model/fact.js'
import { linuxSources } from './linux.js'
import { routesShape } from './shape.js'
import type { RoutesArgs, RouteTables } from './value.js'

export type { AddressFamily, NextHop, Route, RouteType } from '../../lib/iproute2/route.js'
export { routeTypes } from '../../lib/iproute2/route.js'
export type { Hidden, RouteTables } from './value.js'

/**
 * The routing tables, all of them at once: whatever a hundred checks ask of them, one command answers.
 * Entries that are no routes (cached clones, the kernel's own "no route" entry) are left out.
 */
export const routes: FactKind<RoutesArgs, RouteTables> = {
  name: 'routes',
  summary: 'The routing tables of one address family, with every next hop',
  active: false,
  isValue: routesShape,
  sources: { linux: linuxSources },
}
