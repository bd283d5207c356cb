import type { Listener } from '../../lib/sockets/listener.js'
import type { FactKind } from '../../model/fact.js'
import { narrowNetstat, wideNetstat } from './netstat.js'
import { proc } from './proc.js'
import type { ListenersArgs } from './request.js'
import { listenersShape } from './shape.js'
import { ss } from './ss.js'

export type { Listener, Protocol } from '../../lib/sockets/listener.js'
export type { ListenersArgs } from './request.js'

/** Every TCP and UDP socket that waits for traffic, in both families: one command a host, whatever its checks ask. */
export const listeners: FactKind<ListenersArgs, readonly Listener[]> = {
  name: 'listeners',
  summary: 'TCP and UDP sockets that listen: address, port, interface, processes, owner',
  active: false,
  group: () => '',
  isValue: listenersShape,
  // /proc before netstat, which reads the same files and tells less.
  sources: { linux: [ss, proc, wideNetstat, narrowNetstat] },
}
