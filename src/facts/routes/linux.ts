import { NotUnderstood } from '../../lib/errors.js'
import { busyBoxSilence, iproute2Silence } from '../../lib/iproute2/draft.js'
import { jsonRoutesReader } from '../../lib/iproute2/json.js'
import { readTextRoutes } from '../../lib/iproute2/text.js'
import { oneByOne, oneByOneReading } from '../../lib/source.js'
import type { CommandOutput, Source } from '../../model/fact.js'
import { markLinks, splitCarriers, withCarriers } from './carriers.js'
import { readNetTools, readNetTools6 } from './net-tools.js'
import { readProcRoute } from './proc-route.js'
import { readProcRoute6 } from './proc-route6.js'
import type { Hidden, RoutesArgs, RouteTables } from './value.js'

type RoutesSource = Source<RoutesArgs, RouteTables>

/** The table changed while `ip` read it (lib/libnetlink.c): what is missing may exist. */
function refusePart({ stderr }: CommandOutput): void {
  if (stderr.includes('Dump was interrupted')) throw new NotUnderstood('a whole routing table', stderr)
}

function wholeDump(output: CommandOutput): string {
  refusePart(output)
  return output.stdout
}

const familyOption = { inet: '-4', inet6: '-6' } as const

/** `-d`: type, table, protocol and scope are always printed, so that nothing has to be concluded from silence. */
const ipJson: RoutesSource = oneByOneReading({
  name: 'ip -j',
  command: ({ family }) => ({ tool: ['ip'], args: ['-j', '-d', familyOption[family], 'route', 'show', 'table', 'all'] }),
  read: ({ family }) => {
    const reader = jsonRoutesReader(family)
    return {
      take: (text) => reader.take(text),
      end: (output) => {
        refusePart(output)
        return { family, tables: 'all', hides: [], routes: reader.end() }
      },
    }
  },
})

/** Understood by every iproute2 since 2.6.20 or so; BusyBox refuses `-d`. Before 4.4 it leaves out what is usual. */
const ipText: RoutesSource = oneByOne({
  name: 'ip -d',
  command: ({ family }) => ({ tool: ['ip'], args: ['-d', familyOption[family], 'route', 'show', 'table', 'all'] }),
  parse: (output, { family }) => ({
    family,
    tables: 'all',
    hides: [],
    routes: readTextRoutes(wholeDump(output), family, iproute2Silence),
  }),
})

/** A source that does not show which links are down: the kernel's files beside it do. */
const seeingLinks = (
  name: string,
  argv: (args: RoutesArgs) => readonly string[],
  read: (text: string, family: RoutesArgs['family']) => RouteTables,
): RoutesSource =>
  oneByOne({
    name,
    command: (args) => ({ tool: ['sh'], args: ['-c', withCarriers, 'routes', ...argv(args)] }),
    parse: (output, { family }) => {
      const { text, carriers } = splitCarriers(wholeDump(output))
      return markLinks(read(text, family), carriers)
    },
  })

/** BusyBox shows no protocol, no `linkdown`, and of a multipath route no next hop at all (networking/libiproute/iproute.c, 1.35). */
const readBusyBoxIp = (text: string, family: RoutesArgs['family']): RouteTables => ({
  ...{ family, tables: 'all', hides: ['protocol', 'link-state'] },
  routes: readTextRoutes(text, family, busyBoxSilence),
})

const showAll = (family: RoutesArgs['family']): readonly string[] => [familyOption[family], 'route', 'show', 'table', 'all']

/** `ip` that refuses `-d` is BusyBox's. */
const ipPlain = seeingLinks('ip', ({ family }) => ['ip', ...showAll(family)], readBusyBoxIp)
const busyBoxIp = seeingLinks('busybox ip', ({ family }) => ['busybox', 'ip', ...showAll(family)], readBusyBoxIp)

const procHides = {
  inet: ['protocol', 'scope', 'source', 'link-state', 'further-next-hops'],
  inet6: ['protocol', 'scope', 'source', 'link-state'],
} as const satisfies Record<RoutesArgs['family'], readonly Hidden[]>

/** What the kernel's own lists can tell, read directly or printed by net-tools. */
function fromProc(family: RoutesArgs['family'], routes: RouteTables['routes']): RouteTables {
  return { family, tables: family === 'inet' ? 'main' : 'unnamed', hides: procHides[family], routes }
}

const procFile = { inet: '/proc/net/route', inet6: '/proc/net/ipv6_route' } as const

/** Needs no tool; before net-tools, which prints the same lists with less in them. */
const proc = seeingLinks(
  '/proc',
  ({ family }) => ['cat', procFile[family]],
  (text, family) => fromProc(family, family === 'inet' ? readProcRoute(text) : readProcRoute6(text)),
)

const routeArgs = { inet: ['-n'], inet6: ['-A', 'inet6', '-n'] } as const

const readRoute = (text: string, family: RoutesArgs['family']): RouteTables =>
  fromProc(family, family === 'inet' ? readNetTools(text) : readNetTools6(text))

const route = seeingLinks('route -n', ({ family }) => ['route', ...routeArgs[family]], readRoute)
const busyBoxRoute = seeingLinks('busybox route', ({ family }) => ['busybox', 'route', ...routeArgs[family]], readRoute)

export const linuxSources: readonly RoutesSource[] = [ipJson, ipText, ipPlain, busyBoxIp, proc, route, busyBoxRoute]
