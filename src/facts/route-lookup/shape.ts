import { routeTypes } from '../../lib/iproute2/route.js'
import { either, mapOf, nothing, oneOf, orNull, type Shape, text, whole } from '../../lib/shape.js'
import type { RouteFound, RouteLookup, RouteNotFound } from './value.js'

const found = mapOf<RouteFound>({
  failure: nothing,
  type: oneOf(routeTypes),
  via: orNull(text),
  interface: orNull(text),
  source: orNull(text),
  table: orNull(text),
  metric: orNull(whole),
  protocol: orNull(text),
  matched: orNull(text),
})

const notFound = mapOf<RouteNotFound>({ failure: oneOf(['unreachable', 'prohibited', 'blackhole']), message: text })

/** What a recording must hold to be judged. */
export const routeLookupShape: Shape<RouteLookup> = either(found, notFound)
