import { NotUnderstood } from '../../lib/errors.js'
import type { Protocol } from '../../lib/sockets/listener.js'
import type { SocketProcess } from '../../lib/sockets/process.js'
import { SsRows, type SsText, unbracketed } from '../../lib/sockets/ss-rows.js'
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

/** `* %eth0:68`: iproute2 4.1 puts a space there. */
const row = /^(tcp|udp) +([A-Z][A-Z0-9-]*) +\d+ +\d+ +(\S+?) ?(?:%(\S+))?:(\d{1,5}) +(\S+):(?:\*|\d{1,5})(?= |$)/
/** `uid` is left out for root. iproute2 3 writes `uid=` for UDP. */
const details = /^\s*(?:timer:\S+ +)?(?:uid[:=](\d+) +)?ino[:=]\d+/

/** Reads rows of `ss -n -l -t -u -e`, with `-p` or without, while they come; both methods throw NotUnderstood. */
export function listenerReader(): { take(text: string): void; end(): readonly SsRow[] } {
  const read: SsRow[] = []
  const rows = new SsRows(row, false, (socket) => read.push(readRow(socket)))
  return {
    take: (text) => rows.take(text),
    end: () => {
      rows.end()
      return read
    },
  }
}

function readRow({ match, line, rest: after }: SsText): SsRow {
  const [, protocol, state = '', local = '', device, port, peer = ''] = match
  const { processes, rest } = readUsers(after)
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
