import type { FactKind } from '../../model/fact.js'
import type { Ping, PingArgs } from './value.js'

export type * from './value.js'

/** Echo requests from a host, and what came back. */
export const ping: FactKind<PingArgs, Ping> = {
  name: 'ping',
  summary: 'Echo requests from a host, and what came back',
  active: true,
  isValue: (_value): _value is Ping => false,
  sources: {},
}
