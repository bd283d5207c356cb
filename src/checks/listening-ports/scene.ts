import type { Protocol } from '../../lib/sockets/listener.js'
import type { Finding } from '../../model/check.js'
import type { Host } from '../../model/inventory.js'
import type { Seen } from './judge.js'
import type { Spec } from './schema.js'
import type { Who } from './who.js'

/** What findings are worded by, beside what was judged. */
export interface Scene {
  readonly spec: Spec
  readonly host: Host
  readonly whoHolds: (listener: Seen['listener']) => Who
}

/** A finding about one port, before neighbours of which the same is to be said are joined. */
export interface OfPort extends Omit<Finding, 'subject'> {
  readonly protocol: Protocol
  readonly port: number
  readonly property: '' | 'holder'
}
