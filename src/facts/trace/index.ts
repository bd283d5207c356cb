import type { FactKind } from '../../model/fact.js'
import { traceShape } from './shape.js'
import { python, tools } from './sources.js'
import type { Trace, TraceArgs } from './value.js'

export type * from './value.js'

/** The routers that answer on the way from a host to a target: one process for all its targets. */
export const trace: FactKind<TraceArgs, Trace> = {
  name: 'trace',
  summary: 'The routers that answer on the way from a host to a target',
  active: true,
  group: () => 'all',
  isValue: traceShape,
  sources: { linux: [python, tools] },
}
