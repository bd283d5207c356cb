import { NotUnderstood } from '../../lib/errors.js'
import type { Listener } from '../../lib/sockets/listener.js'
import type { Source } from '../../model/fact.js'
import type { ListenersArgs } from './request.js'
import { sortListeners, toListener } from './seen.js'

/** Net-tools prints a user and an inode with `-e`, BusyBox neither. A foreign port is `*`, whatever language the state is in. */
const row = /^(tcp|udp)(6?) +\d+ +\d+ +(\S+):(\d{1,5}) +\S+:\*(?: +([A-Z]\w*))?(?: +(\d+) +\d+)? *$/

/**
 * netstat(8) of net-tools and BusyBox. It names at most one process of a socket, and that by a cut command line, so it is asked
 * for none: {@link proc} knows better. IPV6_V6ONLY and interfaces are not shown.
 */
function netstat(name: string, args: readonly string[], accept: (line: string) => boolean): Source<ListenersArgs, readonly Listener[]> {
  return {
    name,
    command: () => ({ tool: ['netstat', '/bin/netstat', '/usr/bin/netstat'], args }),
    parse: (output, requests) => {
      const lines = output.stdout.split('\n').map((line) => line.trimEnd())
      const start = lines.findIndex((line) => /^Proto +Recv-Q +Send-Q +Local Address +Foreign Address/.test(line))
      if (start === -1) throw new NotUnderstood('the header of netstat', output.stdout)
      const sockets = lines.slice(start + 1).filter((line) => line !== '')
      const refused = sockets.find((line) => !accept(line))
      if (refused !== undefined) throw new NotUnderstood('an address that is not cut', refused)
      const listeners = sortListeners(sockets.map(readSocket))
      return requests.map(() => listeners)
    },
  }
}

function readSocket(line: string): Listener {
  const match = row.exec(line)
  const [, protocol, , host = '', port, , uid] = match ?? []
  const listener =
    match === null
      ? null
      : toListener({
          protocol: protocol === 'udp' ? 'udp' : 'tcp',
          host,
          port: Number(port),
          uid: uid === undefined ? null : Number(uid),
          interfaceShown: false,
        })
  if (listener === null) throw new NotUnderstood('a listening socket of netstat', line)
  return listener
}

/** `-W` keeps long IPv6 addresses whole (net-tools since 2.0, BusyBox where it is built in). */
export const wideNetstat = netstat('netstat -W', ['-W', '-l', '-n', '-t', '-u', '-e'], () => true)

/** BusyBox never cuts an address. Net-tools does without `-W`, and is told by its `tcp6` and `udp6`. */
export const narrowNetstat = netstat('netstat', ['-l', '-n', '-t', '-u', '-e'], (line) => !/^(tcp|udp)6 /.test(line))
