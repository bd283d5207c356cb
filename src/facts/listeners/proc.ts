import { NotUnderstood } from '../../lib/errors.js'
import { hexAddress } from '../../lib/sockets/hex-address.js'
import type { Listener } from '../../lib/sockets/listener.js'
import { type SocketProcess, uniqueProcesses } from '../../lib/sockets/process.js'
import { readProcesses } from '../../lib/sockets/processes-by-inode.js'
import type { Source } from '../../model/fact.js'
import { procScript } from './proc-script.js'
import type { ListenersArgs } from './request.js'
import { sortListeners, toListener } from './seen.js'

/**
 * /proc/net/{tcp,tcp6,udp,udp6} (proc(5)), and /proc/PID/fd for the processes. tcp6 and udp6 are missing where the kernel has no
 * IPv6. These files do not tell IPV6_V6ONLY, nor the interface a socket is bound to.
 */
export const proc: Source<ListenersArgs, readonly Listener[]> = {
  name: '/proc/net',
  command: (requests) => {
    const processes = requests.some((request) => request.processes)
    return {
      tool: ['sh'],
      args: ['-c', procScript, 'listeners', ...(processes ? ['processes'] : [])],
      ...(processes ? { privileged: true } : {}),
    }
  },
  parse: (output, requests) => {
    const lines = output.stdout.split('\n')
    const order = lines.find((line) => line.startsWith('order '))
    if (order !== 'order 1' && order !== 'order 256') throw new NotUnderstood('the byte order of this machine', order ?? '')
    for (const file of ['tcp', 'udp']) {
      if (!lines.includes(`file ${file}`)) throw new NotUnderstood(`/proc/net/${file}`, output.stdout)
    }
    const processes = readProcesses(lines)
    const listeners = sortListeners(
      lines.filter((line) => line.startsWith('socket ')).map((line) => readSocket(line, order === 'order 1', processes)),
    )
    return requests.map(() => listeners)
  },
}

/** `socket PROTOCOL LOCAL UID INODE`; LOCAL is words of 32 bits in the byte order of the machine, in hex, and the port in hex. */
function readSocket(line: string, littleEndian: boolean, processes: ReadonlyMap<string, readonly SocketProcess[]>): Listener {
  const match = /^socket (tcp|udp)6? ((?:[0-9A-F]{8}){1,4}):([0-9A-F]{4}) (\d+) (\d+)$/.exec(line)
  const [, protocol, hex = '', port, uid, inode = ''] = match ?? []
  const held = processes.get(inode)
  const listener =
    match === null
      ? null
      : toListener({
          protocol: protocol === 'udp' ? 'udp' : 'tcp',
          host: hexAddress(hex, littleEndian),
          port: Number.parseInt(port ?? '', 16),
          processes: held === undefined ? null : uniqueProcesses(held),
          uid: Number(uid),
          interfaceShown: false,
        })
  if (listener === null) throw new NotUnderstood('a socket of /proc/net', line)
  return listener
}
