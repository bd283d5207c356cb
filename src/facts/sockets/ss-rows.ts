import { NotUnderstood } from '../../lib/errors.js'
import type { SocketProcess } from '../../lib/sockets/process.js'
import { SsRows, type SsText, unbracketed } from '../../lib/sockets/ss-rows.js'
import { readUsers } from '../../lib/sockets/ss-users.js'
import type { RowTexts } from './summarize.js'
import { type Seen, SocketTable } from './table.js'
import type { SocketState } from './value.js'

/** `10.0.0.1%eth0:80`, `[::1]:80`, before iproute2 4.14 `::1:80`; 4.1 puts a space before the `%`. */
const row = /^(tcp|udp) +([A-Z][A-Z0-9-]*) +\d+ +\d+ +(\S+?)(?: ?%\S+)?:(\d{1,5}|\*) +(\S+?)(?:%\S+)?:(\d{1,5}|\*)(?= |$)/

/** States as ss prints them (`sstate_name` in misc/ss.c). */
const states: ReadonlyMap<string, SocketState> = new Map([
  ['ESTAB', 'established'],
  ['SYN-SENT', 'syn-sent'],
  ['SYN-RECV', 'syn-recv'],
  ['FIN-WAIT-1', 'fin-wait-1'],
  ['FIN-WAIT-2', 'fin-wait-2'],
  ['TIME-WAIT', 'time-wait'],
  ['CLOSE-WAIT', 'close-wait'],
  ['LAST-ACK', 'last-ack'],
  ['CLOSING', 'closing'],
])
/** What is no connection: ss shows such sockets with some states of old versions. */
const others: ReadonlySet<string> = new Set(['LISTEN', 'UNCONN'])

/** Reads rows of `ss -n -t -u`, with `-p` and `-i` or without, while they come; both methods throw NotUnderstood. */
export function connectionReader(): { take(text: string): void; end(): { readonly table: SocketTable; readonly texts: RowTexts } } {
  const table = new SocketTable()
  /** What follows the peer of each row. */
  const rests: string[] = []
  const rows = new SsRows(row, true, (socket) => {
    const seen = readRow(socket)
    if (seen === null) return
    if (!table.add(seen)) throw new NotUnderstood('two addresses and two ports', socket.line)
    rests.push(socket.rest.trim() === '' ? '' : socket.rest)
  })
  return {
    take: (text) => rows.take(text),
    end: () => {
      rows.end()
      return { table, texts: textsOf(rests) }
    },
  }
}

function readRow({ match, line }: SsText): Seen | null {
  const [, protocol, word = '', local = '', localPort, peer = '', peerPort] = match
  const state = states.get(word)
  if (state === undefined) {
    if (others.has(word)) return null
    throw new NotUnderstood('a state of a connection', line)
  }
  return {
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
    state,
    localHost: unbracketed(local),
    localPort: Number(localPort),
    peerHost: unbracketed(peer),
    peerPort: Number(peerPort),
  }
}

/** What a hundred checks may ask of one row is read once. */
function textsOf(rests: readonly string[]): RowTexts {
  const held = new Map<number, readonly SocketProcess[] | null>()
  const infos = new Map<number, string>()
  const rest = (index: number): string => rests[index] ?? ''
  return {
    processes: (index) => {
      const known = held.get(index)
      if (known !== undefined) return known
      const { processes } = readUsers(rest(index))
      held.set(index, processes)
      return processes
    },
    info: (index) => {
      const known = infos.get(index)
      if (known !== undefined) return known
      const info = readUsers(rest(index)).rest
      infos.set(index, info)
      return info
    },
  }
}
