import { NotUnderstood } from '../../lib/errors.js'
import type { CommandOutput, FactKind, Source } from '../../model/fact.js'
import { readIpJson } from './ip-json.js'
import { readIpText } from './ip-text.js'
import { readProcArp } from './proc-arp.js'
import { neighborsShape } from './shape.js'
import type { Neighbor, Neighbors, NeighborsArgs } from './value.js'

export { type Neighbor, type NeighborState, type Neighbors, neighborStates } from './value.js'

/** Kept of a table; the largest routers have about that many. */
const mostEntries = 131_072

function source(
  name: string,
  [tool, ...args]: readonly [string, ...string[]],
  shows: Pick<Neighbors, 'families' | 'complete'>,
  read: (stdout: string) => readonly Neighbor[],
): Source<NeighborsArgs, Neighbors> {
  return {
    name,
    command: () => ({ tool: [tool], args }),
    parse: (output, requests) => {
      const entries = read(wholeDump(output))
      const complete = shows.complete && entries.length <= mostEntries
      const value = { families: shows.families, complete, entries: entries.slice(0, mostEntries) }
      return requests.map(() => value)
    },
  }
}

/** The table changed while `ip` read it (lib/libnetlink.c): what is missing may exist. */
function wholeDump({ stdout, stderr }: CommandOutput): string {
  if (stderr.includes('Dump was interrupted')) throw new NotUnderstood('the whole table of neighbours', stderr)
  return stdout
}

/** Without `nud all` the entries NONE and NOARP are left out, and their absence would prove nothing. */
const show = ['neigh', 'show', 'nud', 'all'] as const
const both: Pick<Neighbors, 'families' | 'complete'> = { families: ['inet', 'inet6'], complete: true }

/** The neighbours of a host on its links. Only what is in the table: nobody is asked. */
export const neighbors: FactKind<NeighborsArgs, Neighbors> = {
  name: 'neighbors',
  summary: 'The table of neighbours (ARP and neighbour discovery): who has which MAC address, and whether it is known to answer',
  active: false,
  isValue: neighborsShape,
  sources: {
    linux: [
      source('ip -j', ['ip', '-j', ...show], both, readIpJson),
      source('ip', ['ip', ...show], both, readIpText),
      source('busybox ip', ['busybox', 'ip', ...show], both, readIpText),
      source('/proc', ['cat', '/proc/net/arp'], { families: ['inet'], complete: false }, readProcArp),
    ],
  },
}
