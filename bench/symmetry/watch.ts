import type { Lab } from '../../test/lab/index.js'
import { must } from '../../test/lab/process.js'
import { watchedWindow, watchTable } from './firewall.js'
import { labName } from './topology.js'
import type { Path, Truth } from './truth.js'
import { type End, otherEnd, type World } from './world.js'

/** The routers that one flow was seen at, in each direction: a set, as no order is noted. */
export interface Seen {
  readonly flow: number
  readonly from: Readonly<Record<End, ReadonlySet<string>>>
}

const firstPort = 20_001
const flows = 32

/**
 * One packet of each flow, from a raw socket: a connection's own packets carry a hash of their socket, which cables between namespaces
 * keep and routers then choose by instead of addresses and ports. Without a checksum nobody answers.
 */
const sender = `
import socket, struct, sys
source, target, first, count, port, window, outbound = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP)
raw.bind((source, 0))
for flow in range(first, first + count):
    ports = (flow, port) if outbound else (port, flow)
    raw.sendto(struct.pack('!HHIIBBHHH', *ports, 1, 0, 0x50, 2, window, 0, 0), (target, 0))
`

/** Whether packets of TCP get through, so that watching tells both ways. */
export const isWatchable = (world: World): boolean => world.routers.every(({ firewall }) => firewall !== 'tcp')

/**
 * Sends packets of real flows through a topology whose routers were told to note what they forward, and reads what they noted:
 * knowledge that owes nothing to the routes that were generated, nor to anything that traces.
 */
export async function watchFlows(lab: Lab, world: World): Promise<readonly Seen[]> {
  const { a, b } = world.ends
  for (const end of ['a', 'b'] as const) {
    const args = [
      world.ends[end].address,
      world.ends[otherEnd[end]].address,
      firstPort,
      flows,
      world.port,
      watchedWindow,
      end === 'a' ? 1 : 0,
    ]
    const { exitCode, stderr } = await lab.exec(labName(world, end), ['python3', '-E', '-s', '-S', '-c', sender, ...args.map(String)])
    if (exitCode !== 0) throw new Error(`topology ${world.index}: no flows could be sent: ${stderr}`)
  }
  const noted = await Promise.all(world.routers.map(async ({ name }) => ({ name, lines: await notes(lab, world, name) })))
  const at = (line: string): ReadonlySet<string> => new Set(noted.flatMap(({ name, lines }) => (lines.has(line) ? [name] : [])))
  return Array.from({ length: flows }, (_, number) => {
    const flow = firstPort + number
    return {
      flow,
      from: { a: at(`${a.address} ${b.address} ${flow} ${world.port}`), b: at(`${b.address} ${a.address} ${world.port} ${flow}`) },
    }
  })
}

async function notes(lab: Lab, world: World, router: string): Promise<ReadonlySet<string>> {
  const text = await must(['ip', 'netns', 'exec', lab.ns(labName(world, router)), 'nft', '-n', 'list', 'set', 'ip', watchTable, 'flows'])
  return new Set(text.match(/\d+(?:\.\d+){3} \. \d+(?:\.\d+){3} \. \d+ \. \d+/g)?.map((line) => line.replaceAll(' . ', ' ')))
}

/**
 * What the flows seen say against the ways that are possible; empty when they confirm them.
 * @param byPacket each packet of a flow may go its own way: then only what all may cross is known.
 */
export function strangers(seen: readonly Seen[], paths: Readonly<Record<End, readonly Path[]>>, byPacket: boolean): readonly string[] {
  return seen.flatMap(({ flow, from }) =>
    (['a', 'b'] as const)
      .filter((end) => !(byPacket ? isAmong(from[end], paths[end].flat()) : paths[end].some((path) => isAcross(path, from[end]))))
      .map((end) => `flow ${flow} from ${end} crossed ${key(from[end]) || 'nothing'}, expected ${paths[end].map(key).join(' or ')}`),
  )
}

/** Whether flows crossed the same routers both ways: all, none or some of them. */
export function truthSeen(seen: readonly Seen[]): Truth {
  const mirrored = seen.filter(({ from }) => key(from.a) === key(from.b)).length
  return mirrored === seen.length ? 'symmetric' : mirrored === 0 ? 'asymmetric' : 'flow-dependent'
}

/** Whether a flow crossed the routers of a path. */
export const isAcross = (path: Path, names: ReadonlySet<string>): boolean => key(path) === key(names)

const key = (names: Iterable<string>): string => [...names].sort().join(' ')

const isAmong = (names: ReadonlySet<string>, all: readonly string[]): boolean =>
  names.size > 0 && [...names].every((name) => all.includes(name))
