import { NotUnderstood } from '../../lib/errors.js'
import type { Source } from '../../model/fact.js'
import { summarize } from './summarize.js'
import { SocketTable } from './table.js'
import type { SocketState, SocketSummary, SocketsArgs } from './value.js'

/** `tcp6  0  0 ::1:443  ::1:50726  ESTABLISHED`; a UDP socket without a peer has `*` for a port and no state. */
const row = /^(tcp|udp)6? +\d+ +\d+ +(\S+):(\d{1,5}) +(\S+):(\d{1,5}|\*)(?: +([A-Z]\w*))? *$/

/** As net-tools (`tcp_state` in netstat.c) and BusyBox (networking/netstat.c) print them in the C locale. */
const states: ReadonlyMap<string, SocketState> = new Map([
  ['ESTABLISHED', 'established'],
  ['SYN_SENT', 'syn-sent'],
  ['SYN_RECV', 'syn-recv'],
  ['FIN_WAIT1', 'fin-wait-1'],
  ['FIN_WAIT2', 'fin-wait-2'],
  ['TIME_WAIT', 'time-wait'],
  ['CLOSE_WAIT', 'close-wait'],
  ['LAST_ACK', 'last-ack'],
  ['CLOSING', 'closing'],
])

/** What is no connection. */
const others: ReadonlySet<string> = new Set(['LISTEN', 'CLOSE', ''])

/** netstat(8) of net-tools and BusyBox: neither processes, which it names by cut command lines, nor details. */
function netstat(name: string, args: readonly string[], accept: (line: string) => boolean): Source<SocketsArgs, SocketSummary> {
  return {
    name,
    command: () => ({ tool: ['netstat', '/bin/netstat', '/usr/bin/netstat'], args }),
    parse: ({ stdout }, requests) => {
      const lines = stdout.split('\n').map((line) => line.trimEnd())
      const start = lines.findIndex((line) => /^Proto +Recv-Q +Send-Q +Local Address +Foreign Address/.test(line))
      if (start === -1) throw new NotUnderstood('the header of netstat', stdout)
      const table = new SocketTable()
      for (const line of lines.slice(start + 1)) if (line !== '') addSocket(table, line, accept)
      return requests.map((request) => summarize(table, { processes: () => null, info: () => '' }, request))
    },
  }
}

function addSocket(table: SocketTable, line: string, accept: (line: string) => boolean): void {
  if (!accept(line)) throw new NotUnderstood('an address that is not cut', line)
  const [, protocol, localHost = '', localPort, peerHost = '', peerPort, word = ''] = row.exec(line) ?? []
  if (protocol === undefined) throw new NotUnderstood('a socket of netstat', line)
  const state = states.get(word)
  if (state === undefined) {
    if (others.has(word)) return
    throw new NotUnderstood('a state of a connection', line)
  }
  const seen = {
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
    state,
    localHost,
    localPort: Number(localPort),
    peerHost,
    peerPort: Number(peerPort),
  } as const
  if (!table.add(seen)) throw new NotUnderstood('two addresses and two ports', line)
}

/** `-W` keeps long IPv6 addresses whole (net-tools since 2.0, BusyBox where it is built in). */
export const wideNetstat = netstat('netstat -W', ['-W', '-n', '-t', '-u'], () => true)

/** BusyBox never cuts an address. Net-tools does without `-W`, and is told by its `tcp6` and `udp6`. */
export const narrowNetstat = netstat('netstat', ['-n', '-t', '-u'], (line) => !/^(tcp|udp)6 /.test(line))
