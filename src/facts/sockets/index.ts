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
 * Connections, added up by what checks ask, by four commands a host at most: where a check expects something of round trips or
 * retransmissions, `ss -i` prints six times as much; and what is asked of the few that are closing, without their ports, must not
 * make all that are established be listed.
 */
export const sockets: FactKind<SocketsArgs, SocketSummary> = {
  name: 'sockets',
  summary: 'TCP and connected UDP sockets: how many by state, peer and port, and what ss -i tells of them',
  active: false,
  group: ({ details = [], states }) =>
    `${details.length === 0 ? 'counted' : 'measured'} ${states.includes('established') ? 'with' : 'without'} established`,
  isValue: socketsShape,
  // /proc before netstat, which reads the same files and tells less.
  sources: { linux: [ss, proc, wideNetstat, narrowNetstat] },
}
