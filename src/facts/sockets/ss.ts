import { whileItPrints } from '../../lib/source.js'
import type { Source } from '../../model/fact.js'
import { ssFilter } from './ss-filter.js'
import { connectionReader } from './ss-rows.js'
import { summarize } from './summarize.js'
import type { SocketSummary, SocketsArgs } from './value.js'

/**
 * `-i` fills lines up to the width of the longest with spaces, some hundred for each socket: they do not leave the host. Where ss
 * fails, its exit code comes after the output and makes it none that is understood.
 */
const trimmed = 'command -v ss >/dev/null || exit 127; { ss "$@" || echo "ss ended with exit code $?"; } | sed "s/  *$//"'

const wantsDetails = (requests: readonly SocketsArgs[]): boolean => requests.some(({ details = [] }) => details.length > 0)

/**
 * ss(8) of iproute2 3.1 and later. No `-H` (4.7) and no `-O` (5.2): the header tells ss from anything else, and proves that an
 * empty list is one. Always `-t` and `-u`, so that the column Netid is there.
 */
export const ss: Source<SocketsArgs, SocketSummary> = {
  name: 'ss',
  command: (requests) => {
    const processes = requests.some(({ process }) => process !== undefined)
    const details = wantsDetails(requests)
    const args = ['-n', '-t', '-u', ...(processes ? ['-p'] : []), ...(details ? ['-i'] : []), ...ssFilter(requests)]
    return {
      ...(details
        ? { tool: ['sh'] as const, args: ['-c', trimmed, 'sockets', ...args] }
        : { tool: ['ss', '/usr/sbin/ss', '/sbin/ss'] as const, args }),
      ...(processes ? { privileged: true } : {}),
    }
  },
  ...whileItPrints((requests) => {
    const reader = connectionReader()
    return {
      take: (text) => reader.take(text),
      end: () => {
        const { table, texts } = reader.end()
        return requests.map((request) => summarize(table, texts, request))
      },
    }
  }),
}
