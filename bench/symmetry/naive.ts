import type { Trace } from '../../src/facts/trace/index.js'
import type { Known } from '../recorded.js'
import { labName } from './topology.js'
import { type End, otherEnd, type World } from './world.js'

/** What is done by eye or by a script: two lists of addresses compared, with a verdict whatever is in them. */
export type Naive = 'symmetric' | 'asymmetric'

export const baselines: Readonly<Record<string, (there: Hops, back: Hops) => boolean>> = {
  'reversed lists equal': (there, back) => there.length === back.length && there.every((address, index) => address === mirror(back, index)),
  'hops in the same /24': (there, back) =>
    there.length === back.length && there.every((address, index) => network(address) === network(mirror(back, index))),
}

type Hops = readonly (string | null)[]

const mirror = (back: Hops, index: number): string | null => back[back.length - 1 - index] ?? null

const network = (address: string | null): string | null => address?.split('.').slice(0, 3).join('.') ?? null

/** What the baselines say of the very traces that netproof judged; null where it traced nothing. */
export function naive(world: World, traces: readonly Known<Trace>[]): Readonly<Record<string, Naive>> | null {
  const [there, back] = [hopsFrom(world, 'a', traces), hopsFrom(world, 'b', traces)]
  if (there === null || back === null) return null
  return Object.fromEntries(Object.entries(baselines).map(([name, same]) => [name, same(there, back) ? 'symmetric' : 'asymmetric']))
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
