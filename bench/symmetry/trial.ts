import { join } from 'node:path'
import type { Trace } from '../../src/facts/trace/index.js'
import { recordedFacts } from '../recorded.js'
import { declaredRouters, type Level } from './declared.js'
import { type Laid, lay } from './lay.js'
import { hopsFrom, type Naive, naive } from './naive.js'
import { netproof } from './run.js'
import { type Said, saidOf } from './said.js'
import type { World } from './world.js'

/** All about one topology: what it is, what netproof said of it, and what others would have said of the same traces. */
export interface Tried {
  readonly laid: Laid
  readonly said: Readonly<Record<Level, Said>>
  /** With the routers as hosts that can be asked; null where that was not tried. */
  readonly asked: Said | null
  readonly naive: Readonly<Record<string, Naive>> | null
  readonly hops: { readonly there: readonly (string | null)[] | null; readonly back: readonly (string | null)[] | null }
}

export interface Trial {
  readonly tried: readonly Tried[]
  readonly namespaces: number
  /** Seconds. */
  readonly builtIn: number
  readonly settledIn: number
  readonly tracedIn: number
  readonly judgedIn: number
}

/** Of so many topologies, one is tried with its routers as hosts too. */
const askedSample = 8
const silent: Said = { verdict: 'inconclusive', confidence: null, text: 'nothing was said' }

/** Builds topologies, lets netproof trace them once, and judge those facts with each inventory. */
export async function tryWave(seed: number, worlds: readonly World[]): Promise<Trial> {
  const { laid, directory, namespaces, builtIn, settledIn, stop } = await lay(worlds)
  try {
    const recording = join(directory, 'recording')
    const clock = stopwatch()
    // Who knows nothing asks most, so that what is recorded is enough to judge by with more declared.
    const none = saidOf(await netproof(directory, 'none', laid, { routers: {}, facts: { record: recording } }), worlds)
    const tracedIn = clock()
    const sample = laid.filter(({ world }) => world.index % askedSample === 0)
    const asked = await netproof(directory, 'asked', sample, {
      routers: {},
      routersAsHosts: true,
      facts: { record: join(directory, 'recording-asked') },
    })
    const askedOf = saidOf(
      asked,
      sample.map(({ world }) => world),
    )
    clock()
    const judge = async (level: Level): Promise<ReadonlyMap<number, Said>> => {
      const routers = Object.assign({}, ...worlds.map((world) => declaredRouters(seed, world, level)))
      return saidOf(await netproof(directory, level, laid, { routers, facts: { replay: recording } }), worlds)
    }
    const [half, all] = [await judge('half'), await judge('all')]
    const judgedIn = clock()
    const traces = recordedFacts<Trace>(recording, 'trace')
    const said = { none, half, all }
    const tried = laid.map((one): Tried => {
      const { world } = one
      const of = (level: Level): Said => said[level].get(world.index) ?? silent
      return {
        laid: one,
        said: { none: of('none'), half: of('half'), all: of('all') },
        asked: askedOf.get(world.index) ?? null,
        naive: naive(world, traces),
        hops: { there: hopsFrom(world, 'a', traces), back: hopsFrom(world, 'b', traces) },
      }
    })
    return { tried, namespaces, builtIn, settledIn, tracedIn, judgedIn }
  } finally {
    await stop()
  }
}

/** Seconds since it was last asked. */
function stopwatch(): () => number {
  let last = performance.now()
  return () => {
    const before = last
    last = performance.now()
    return (last - before) / 1_000
  }
}
