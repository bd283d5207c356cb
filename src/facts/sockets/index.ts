import type { FactKind } from '../../model/fact.js'
import { narrowNetstat, wideNetstat } from './netstat.js'
import { proc } from './proc.js'
import { socketsShape } from './shape.js'
import { ss } from './ss.js'
import type { SocketSummary, SocketsArgs } from './value.js'

export type {
  DetailSummary,
  Measured,
  PortRange,
  SocketDetail,
  SocketExample,
  SocketState,
  SocketSummary,
  SocketsArgs,
} from './value.js'
export { socketDetails, socketStates } from './value.js'

/**
 * Connections, added up by what checks ask: one command a host counts for all of them, a second one measures where a check
 * expects something of round trips or retransmissions, as `ss -i` prints six times as much.
 */
export const sockets: FactKind<SocketsArgs, SocketSummary> = {
  name: 'sockets',
  summary: 'TCP and connected UDP sockets: how many by state, peer and port, and what ss -i tells of them',
  active: false,
  group: ({ details = [] }) => (details.length === 0 ? 'counted' : 'measured'),
  isValue: socketsShape,
  // /proc before netstat, which reads the same files and tells less.
  sources: { linux: [ss, proc, wideNetstat, narrowNetstat] },
}
