import type { Lab } from '../../test/lab/index.js'
import { must } from '../../test/lab/process.js'
import { watchTable } from './firewall.js'
import { labName } from './topology.js'
import type { Path, Truth } from './truth.js'
import type { End, World } from './world.js'

/** The routers that one flow was seen at, in each direction: a set, as no order is noted. */
export interface Seen {
  readonly flow: number
  readonly from: Readonly<Record<End, ReadonlySet<string>>>
}

const firstPort = 20_001
const flows = 12

/** Opens connections from a to b, from one port after the other, and waits for what comes back. */
const connector = `
import socket, sys, time
address, port, source, first, count = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
sockets = []
for number in range(count):
    one = socket.socket()
    one.setblocking(False)
    one.bind((source, first + number))
    one.connect_ex((address, port))
    sockets.append(one)
time.sleep(0.3)
`

/** Whether packets of TCP get through, so that watching tells both ways. */
export const isWatchable = (world: World): boolean => world.routers.every(({ firewall }) => firewall !== 'tcp')

/**
 * Sends real connections through a topology whose routers were told to note what they forward, and reads what they noted:
 * knowledge that owes nothing to the routes that were generated, nor to anything that traces.
 */
export async function watchFlows(lab: Lab, world: World): Promise<readonly Seen[]> {
  const { a, b } = world.ends
  const args = [b.address, world.port, a.address, firstPort, flows].map(String)
  const sent = await lab.exec(labName(world, 'a'), ['python3', '-E', '-s', '-S', '-c', connector, ...args])
  if (sent.exitCode !== 0) throw new Error(`topology ${world.index}: no flows could be sent: ${sent.stderr}`)
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
 * What the flows seen say against the truth that was computed; empty when they confirm it.
 * @param truth null where each packet of a flow may go its own way: then only what it may cross is known.
 */
export function contradictions(
  seen: readonly Seen[],
  truth: Truth | null,
  paths: Readonly<Record<End, readonly Path[]>>,
): readonly string[] {
  return seen.flatMap(({ flow, from }) => {
    const strange = (['a', 'b'] as const)
      .filter((end) => (truth === null ? !isAmong(from[end], paths[end].flat()) : !paths[end].some((path) => key(path) === key(from[end]))))
      .map((end) => `flow ${flow} from ${end} crossed ${key(from[end]) || 'nothing'}, expected ${paths[end].map(key).join(' or ')}`)
    const mirrored = key(from.a) === key(from.b)
    const wrong = (truth === 'symmetric' && !mirrored) || (truth === 'asymmetric' && mirrored)
    return [...strange, ...(wrong ? [`flow ${flow} is not ${truth}: ${key(from.a)} there, ${key(from.b)} back`] : [])]
  })
}

const key = (names: Iterable<string>): string => [...names].sort().join(' ')

const isAmong = (names: ReadonlySet<string>, all: readonly string[]): boolean =>
  names.size > 0 && [...names].every((name) => all.includes(name))
