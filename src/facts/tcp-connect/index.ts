import type { FactKind } from '../../model/fact.js'
import { tcpConnectShape } from './shape.js'
import { bash, curl, nc, perl, python } from './sources.js'
import type { TcpConnect, TcpConnectArgs } from './value.js'

export type { TcpAddressResult, TcpConnect, TcpConnectArgs, TcpStatus } from './value.js'

/** What becomes of TCP connections from a host: one process for all its targets. */
export const tcpConnect: FactKind<TcpConnectArgs, TcpConnect> = {
  name: 'tcp-connect',
  summary: 'Whether TCP targets can be reached from a host, and what answered',
  active: true,
  group: () => 'all',
  isValue: tcpConnectShape,
  sources: { linux: [python, perl, bash, nc, curl], darwin: [perl, python, nc, curl] },
}
