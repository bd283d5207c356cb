import { parsePrefix } from '../../lib/address.js'
import { type NextHop, type Route, routeTypes } from '../../lib/iproute2/route.js'
import { filledListOf, listOf, mapOf, oneOf, orNull, type Shape, text, whole } from '../../lib/shape.js'
import type { RouteTables } from './value.js'

const prefix: Shape<string> = (value): value is string => text(value) && parsePrefix(value) !== null

const nextHop = mapOf<NextHop>({ via: orNull(text), interface: orNull(text), weight: whole, flags: listOf(text) })

const always = mapOf<Omit<Route, 'preference'>>({
  destination: prefix,
  types: filledListOf(oneOf(routeTypes)),
  nextHops: orNull(listOf(nextHop)),
  metric: whole,
  table: orNull(text),
  protocol: orNull(text),
  scope: orNull(text),
  source: orNull(text),
  from: orNull(prefix),
  tos: orNull(text),
})

const route: Shape<Route> = (value): value is Route => {
  if (!always(value)) return false
  const { preference } = value as { readonly preference?: unknown }
  return preference === undefined || preference === 'high' || preference === 'low'
}

/** What a recording must hold to be judged. */
export const routesShape = mapOf<RouteTables>({
  family: oneOf(['inet', 'inet6']),
  tables: oneOf(['all', 'main', 'unnamed']),
  hides: listOf(oneOf(['protocol', 'scope', 'source', 'link-state', 'further-next-hops'])),
  routes: listOf(route),
})
