import type { Trace } from '../../src/facts/trace/index.js'
import type { Known } from '../recorded.js'
import { labName } from './topology.js'
import { type End, otherEnd, type World } from './world.js'

/** What is done by eye or by a script: two lists of addresses compared, with a verdict whatever is in them. */
export type Naive = 'symmetric' | 'asymmetric'

type Hops = readonly (string | null)[]

interface Lists {
  readonly there: Hops
  /** From the end that the other list begins at. */
  readonly back: Hops
  readonly ends: Readonly<Record<End, string>>
}

/** Each answers whether both ways are the same. */
export const baselines: Readonly<Record<string, (lists: Lists) => boolean>> = {
  'reversed lists equal': ({ there, back }) => areAlike(there, back, (address) => address),
  'hops in the same /24': ({ there, back }) => areAlike(there, back, network),
  // Router by router: where it is entered on the way there, the router before it is entered on the way back.
  'links in the same /24': ({ there, back, ends }) => areAlike([...there, ends.b], [ends.a, ...back], network),
}

function areAlike(there: Hops, back: Hops, of: (address: string | null) => string | null): boolean {
  return there.length === back.length && there.every((address, index) => of(address) === of(back[index] ?? null))
}

const network = (address: string | null): string | null => address?.split('.').slice(0, 3).join('.') ?? null

/** What the baselines say of the very traces that netproof judged; null where it traced nothing. */
export function naive(world: World, traces: readonly Known<Trace>[]): Readonly<Record<string, Naive>> | null {
  const [there, back] = [hopsFrom(world, 'a', traces), hopsFrom(world, 'b', traces)]
  if (there === null || back === null) return null
  const lists = { there, back: [...back].reverse(), ends: { a: world.ends.a.address, b: world.ends.b.address } }
  return Object.fromEntries(Object.entries(baselines).map(([name, same]) => [name, same(lists) ? 'symmetric' : 'asymmetric']))
}

/** The routers in the first round of the first trace that arrived, or else of the first. */
export function hopsFrom(world: World, from: End, traces: readonly Known<Trace>[]): Hops | null {
  const target = world.ends[otherEnd[from]].address
  const rounds = traces
    .filter(({ host, value }) => host === labName(world, from) && value.address === target)
    .flatMap(({ value }) => value.flows[0]?.rounds[0] ?? [])
  const round = rounds.find(({ end }) => end === 'reached') ?? rounds[0]
  return round?.hops.filter(({ answer }) => answer === null || answer === 'time-exceeded').map((hop) => hop.from) ?? null
}
