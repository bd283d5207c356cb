import { NotUnderstood } from '../../lib/errors.js'
import type { Listener } from '../../lib/sockets/listener.js'
import { whileItPrints } from '../../lib/source.js'
import type { Source } from '../../model/fact.js'
import type { ListenersArgs } from './request.js'
import { sortListeners, toListener } from './seen.js'
import { listenerReader, type SsRow } from './ss-rows.js'

/**
 * ss(8) of iproute2 3.1 and later. No `-H` (4.7) and no `-O` (5.2): the header tells ss from anything else, and proves
 * that an empty list is one. `-l` makes the kernel pick the listening sockets, so that established ones cost nothing.
 * iproute2 before 3.1 leaves out UDP with `-l`; it is told by its missing column State and refused.
 */
export const ss: Source<ListenersArgs, readonly Listener[]> = {
  name: 'ss',
  command: (requests) => {
    const processes = requests.some((request) => request.processes)
    return {
      tool: ['ss', '/usr/sbin/ss', '/sbin/ss'],
      args: ['-n', '-l', '-t', '-u', '-e', ...(processes ? ['-p'] : [])],
      ...(processes ? { privileged: true } : {}),
    }
  },
  ...whileItPrints((requests) => {
    const reader = listenerReader()
    return {
      take: (text) => reader.take(text),
      end: () => {
        const rows = reader.end().filter((row) => row.state === (row.protocol === 'tcp' ? 'LISTEN' : 'UNCONN'))
        const star = meaningOfStar(rows)
        const listeners = sortListeners(rows.map((row) => read(row, star)))
        return requests.map(() => listeners)
      },
    }
  }),
}

function read(row: SsRow, star: Star): Listener {
  if (row.host === '*' && row.v6only === null && star === 'ambiguous') {
    throw new NotUnderstood('a wildcard that is IPv4 or IPv6 and not either', row.line)
  }
  const host = row.host !== '*' ? row.host : row.v6only !== null || star === 'ipv6' ? '::' : '0.0.0.0'
  const listener = toListener({ ...row, host, interfaceShown: true })
  if (listener === null) throw new NotUnderstood('an address and a port', row.line)
  return listener
}

type Star = 'ipv4' | 'ipv6' | 'ambiguous'

/**
 * What `*` without a `v6only:` stands for. iproute2 up to 4.12 writes `*` and `::`, since 4.14 `0.0.0.0` and, for an IPv6
 * socket not known to be v6only, `*`; 4.13 wrote `*` for both (commits aba9c23a6e1c and 1267c0b924de).
 * The kernel tells v6only since 4.3, ss prints it since 4.2.
 */
function meaningOfStar(rows: readonly SsRow[]): Star {
  if (rows.some((row) => row.host === '0.0.0.0' || row.peer === '0.0.0.0')) return 'ipv6'
  if (rows.some((row) => row.v6only !== null || row.peer === '::')) return 'ipv4'
  return rows.some((row) => /^\d+\.\d+\.\d+\.\d+$/.test(row.host)) && !rows.some((row) => row.bracketed) ? 'ipv4' : 'ambiguous'
}
