import type { FactKind } from '../../model/fact.js'
import type { Trace, TraceArgs } from './value.js'

export type * from './value.js'

/** The routers that answer on the way from a host to a target. */
export const trace: FactKind<TraceArgs, Trace> = {
  name: 'trace',
  summary: 'The routers that answer on the way from a host to a target',
  active: true,
  isValue: (_value): _value is Trace => false,
  sources: {},
}
