import { NotUnderstood } from '../../lib/errors.js'
import { hexAddress } from '../../lib/sockets/hex-address.js'
import { uniqueProcesses } from '../../lib/sockets/process.js'
import { readProcesses } from '../../lib/sockets/processes-by-inode.js'
import type { Source } from '../../model/fact.js'
import { procScript } from './proc-script.js'
import { summarize } from './summarize.js'
import { type Seen, SocketTable } from './table.js'
import type { SocketState, SocketSummary, SocketsArgs } from './value.js'

/** The kernel's numbers of states (include/net/tcp_states.h), in hex as /proc/net has them. */
const states: ReadonlyMap<string, SocketState> = new Map([
  ['01', 'established'],
  ['02', 'syn-sent'],
  ['03', 'syn-recv'],
  ['04', 'fin-wait-1'],
  ['05', 'fin-wait-2'],
  ['06', 'time-wait'],
  ['08', 'close-wait'],
  ['09', 'last-ack'],
  ['0B', 'closing'],
])

/** /proc/net/{tcp,tcp6,udp,udp6} (proc(5)), and /proc/PID/fd for the processes. It shows none of the details of `ss -i`. */
export const proc: Source<SocketsArgs, SocketSummary> = {
  name: '/proc/net',
  command: (requests) => {
    const processes = requests.some(({ process }) => process !== undefined)
    const wanted = new Set(requests.flatMap((request) => request.states))
    const numbers = [...states].filter(([, state]) => wanted.has(state)).map(([number]) => number)
    return {
      tool: ['sh'],
      args: ['-c', procScript, 'sockets', ` ${numbers.join(' ')} `, ...(processes ? ['processes'] : [])],
      ...(processes ? { privileged: true } : {}),
    }
  },
  parse: ({ stdout }, requests) => {
    const lines = stdout.split('\n')
    const order = lines.find((line) => line.startsWith('order '))
    if (order !== 'order 1' && order !== 'order 256') throw new NotUnderstood('the byte order of this machine', order ?? '')
    // tcp6 and udp6 are missing where the kernel has no IPv6.
    for (const line of ['file tcp', 'file udp', 'end']) {
      if (!lines.includes(line)) throw new NotUnderstood(`a line "${line}" about /proc/net`, stdout)
    }
    const table = new SocketTable()
    const inodes: string[] = []
    for (const line of lines) {
      if (!line.startsWith('socket ')) continue
      const { seen, inode } = readSocket(line, order === 'order 1')
      if (!table.add(seen)) throw new NotUnderstood('two addresses and two ports', line)
      inodes.push(inode)
    }
    const byInode = readProcesses(lines)
    const texts = {
      processes: (row: number) => {
        const held = byInode.get(inodes[row] ?? '')
        return held === undefined ? null : uniqueProcesses(held)
      },
      info: () => '',
    }
    return requests.map((request) => summarize(table, texts, request))
  },
}

/** `socket FILE STATE LOCAL PEER INODE`. */
function readSocket(line: string, littleEndian: boolean): { readonly seen: Seen; readonly inode: string } {
  const match = /^socket (tcp|udp)6? ([0-9A-F]{2}) ((?:[0-9A-F]{8}){1,4}):([0-9A-F]{4}) ((?:[0-9A-F]{8}){1,4}):([0-9A-F]{4}) (\d+)$/.exec(
    line,
  )
  const [, protocol, number = '', local = '', localPort = '', peer = '', peerPort = '', inode = ''] = match ?? []
  const state = states.get(number)
  if (state === undefined) throw new NotUnderstood('a socket of /proc/net', line)
  return {
    seen: {
      protocol: protocol === 'udp' ? 'udp' : 'tcp',
      state,
      localHost: hexAddress(local, littleEndian),
      localPort: Number.parseInt(localPort, 16),
      peerHost: hexAddress(peer, littleEndian),
      peerPort: Number.parseInt(peerPort, 16),
    },
    inode,
  }
}
