import { NotUnderstood } from '../../lib/errors.js'
import type { SocketProcess } from '../../lib/sockets/process.js'
import { readUsers } from '../../lib/sockets/ss-users.js'
import type { RowTexts } from './summarize.js'
import { type Seen, SocketTable } from './table.js'
import type { SocketState } from './value.js'

const header = /^Netid +State +Recv-Q +Send-Q +Local Address:Port/
/** `10.0.0.1%eth0:80`, `[::1]:80`, before iproute2 4.14 `::1:80`; 4.1 puts a space before the `%`. */
const row = /^(tcp|udp) +([A-Z][A-Z0-9-]*) +\d+ +\d+ +(\S+?)(?: ?%\S+)?:(\d{1,5}|\*) +(\S+?)(?:%\S+)?:(\d{1,5}|\*)(?= |$)/
/** The list of processes has no end yet. */
const unfinished = /users:\(\((?!.*\)\)(?:\s|$))/s

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

const unbracketed = (host: string): string => (host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host)

/**
 * Rows of `ss -n -t -u`, with `-p` and `-i` or without.
 * @throws NotUnderstood
 */
export function readRows(stdout: string): { readonly table: SocketTable; readonly texts: RowTexts } {
  const end = stdout.indexOf('\n')
  const first = end === -1 ? stdout : stdout.slice(0, end)
  if (!header.test(first)) throw new NotUnderstood('the header of ss with a column State', first)
  const table = new SocketTable()
  /** Where what follows the peer of a row begins, and where the row ends with what ss prints under it. */
  const begins: number[] = []
  const ends: number[] = []
  let skipping = false
  for (let at = end === -1 ? stdout.length : end + 1; at < stdout.length; ) {
    const newline = stdout.indexOf('\n', at)
    const stop = newline === -1 ? stdout.length : newline
    const line = stdout.slice(at, stop)
    const match = row.exec(line)
    if (match !== null) {
      const seen = readRow(match, line)
      skipping = seen === null
      if (seen !== null) {
        if (!table.add(seen)) throw new NotUnderstood('two addresses and two ports', line)
        begins.push(at + match[0].length)
        ends.push(stop)
      }
    } else if (line.trim() !== '' && !skipping) {
      continueRow(stdout, line, begins, ends, stop)
    }
    at = stop + 1
  }
  return { table, texts: textsOf(stdout, begins, ends) }
}

/** Details stand under a row behind white space; a process may have line breaks in its name, and ss prints them. */
function continueRow(stdout: string, line: string, begins: readonly number[], ends: number[], stop: number): void {
  const last = ends.length - 1
  const begin = begins[last]
  if (begin === undefined) throw new NotUnderstood('a socket of ss', line)
  if (!/^\s/.test(line) && !unfinished.test(stdout.slice(begin, ends[last]))) throw new NotUnderstood('a socket of ss', line)
  ends[last] = stop
}

function readRow([, protocol, word = '', local = '', localPort, peer = '', peerPort]: RegExpExecArray, line: string): Seen | null {
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

function textsOf(stdout: string, begins: readonly number[], ends: readonly number[]): RowTexts {
  const held = new Map<number, readonly SocketProcess[] | null>()
  const infos = new Map<number, string>()
  const rest = (index: number): string => stdout.slice(begins[index], ends[index])
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
