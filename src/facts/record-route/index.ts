import type { FactKind } from '../../model/fact.js'
import { pingSource } from './ping.js'
import { recordRouteShape } from './shape.js'
import type { RecordRoute, RecordRouteArgs } from './value.js'

export type * from './value.js'

/**
 * What a few echo requests with the record-route option bring back: an address of every router on the way that a trace does not show,
 * whichever of its own it answers from. Many firewalls drop packets with options; then there is nothing. IPv4 only.
 */
export const recordRoute: FactKind<RecordRouteArgs, RecordRoute> = {
  name: 'record-route',
  summary: 'The addresses that routers wrote into echo requests on their way there and back',
  active: true,
  isValue: recordRouteShape,
  sources: { linux: [pingSource] },
}
