import { NotUnderstood } from '../../lib/errors.js'
import type { Protocol } from '../../lib/sockets/listener.js'
import type { SocketProcess } from '../../lib/sockets/process.js'
import { readUsers } from '../../lib/sockets/ss-users.js'

/** A line of `ss -e`, as it is written. */
export interface SsRow {
  readonly line: string
  readonly protocol: Protocol
  readonly state: string
  readonly host: string
  readonly bracketed: boolean
  readonly interface: string | undefined
  readonly port: number
  readonly peer: string
  readonly processes: readonly SocketProcess[] | null
  readonly uid: number
  readonly v6only: boolean | null
}

const header = /^Netid +State +Recv-Q +Send-Q +Local Address:Port/
/** `* %eth0:68`: iproute2 4.1 puts a space there. */
const row = /^(tcp|udp) +([A-Z][A-Z0-9-]*) +\d+ +\d+ +(\S+?) ?(?:%(\S+))?:(\d{1,5}) +(\S+):(?:\*|\d{1,5})(?= |$)/
/** The list of processes has no end yet. */
const unfinished = /users:\(\((?!.*\)\)(?:\s|$))/s
/** `uid` is left out for root. iproute2 3 writes `uid=` for UDP. */
const details = /^\s*(?:timer:\S+ +)?(?:uid[:=](\d+) +)?ino[:=]\d+/

/** @throws NotUnderstood */
export function readRows(stdout: string): readonly SsRow[] {
  const [first = '', ...lines] = stdout.split('\n')
  if (!header.test(first)) throw new NotUnderstood('the header of ss with a column State', first)
  return joinRows(lines).map(readRow)
}

interface Joined {
  readonly match: RegExpExecArray
  line: string
}

/** A process may have line breaks in its name, and ss prints them: such a row goes on in the next line. */
function joinRows(lines: readonly string[]): readonly Joined[] {
  const rows: Joined[] = []
  for (const line of lines) {
    const last = rows.at(-1)
    const match = row.exec(line)
    if (match !== null) rows.push({ match, line: line.trimEnd() })
    else if (last !== undefined && unfinished.test(last.line)) last.line = `${last.line}\n${line.trimEnd()}`
    else if (line.trim() !== '') throw new NotUnderstood('a socket of ss', line)
  }
  return rows
}

function readRow({ match, line }: Joined): SsRow {
  const [all, protocol, state = '', local = '', device, port, peer = ''] = match
  const { processes, rest } = readUsers(line.slice(all.length))
  const detail = details.exec(rest)
  if (detail === null) throw new NotUnderstood('details of a socket (ino:…)', line)
  const v6only = rest.includes(' v6only:') ? [...rest.matchAll(/ v6only:([01])(?= |$)/g)].at(-1)?.[1] : undefined
  return {
    line,
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
    state,
    host: unbracketed(local),
    bracketed: local.startsWith('['),
    interface: device,
    port: Number(port),
    peer: unbracketed(peer),
    processes,
    uid: Number(detail[1] ?? 0),
    v6only: v6only === undefined ? null : v6only === '1',
  }
}

const unbracketed = (host: string): string => (host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host)
