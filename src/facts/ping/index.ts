import type { FactKind } from '../../model/fact.js'
import { pingShape } from './shape.js'
import { pingTool, privilegedPython, python } from './sources.js'
import type { Ping, PingArgs } from './value.js'
import { pingExe } from './windows.js'

export type * from './value.js'

/** Echo requests from a host, and what came back: one process for all its targets. */
export const ping: FactKind<PingArgs, Ping> = {
  name: 'ping',
  summary: 'Echo requests from a host, and what came back',
  active: true,
  group: () => 'all',
  isValue: pingShape,
  sources: { linux: [python, privilegedPython, pingTool], windows: [pingExe] },
}
