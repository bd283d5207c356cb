import { type Lab, startLab } from '../../test/lab/index.js'
import { isForWatching, type Settled, settle } from './settle.js'
import { labName, labOf } from './topology.js'
import type { World } from './world.js'

/** A topology that lives. */
export interface Laid extends Settled {
  readonly world: World
  /** The network namespace of one of its members. */
  namespace(member: string): string
}

export interface Wave {
  readonly laid: readonly Laid[]
  /** For files, and gone with the topologies. */
  readonly directory: string
  readonly namespaces: number
  /** Seconds until all could be used, and until their truth was made sure of. */
  readonly builtIn: number
  readonly settledIn: number
  stop(): Promise<void>
}

/** A lab of this many is made faster than all at once: each of its hosts knows the names of all others. */
const perLab = 6
/** Labs made side by side. */
const atOnce = 2
/** Of so many topologies one is confirmed by watching real flows, and one by the kernels' own choices. */
const sampled = { watch: 5, walk: 4 }

/** Makes topologies and finds out their truth. Nothing is left when it fails. */
export async function lay(worlds: readonly World[]): Promise<Wave> {
  const labs: Lab[] = []
  const stop = async (): Promise<void> => void (await Promise.all(labs.map((lab) => lab.stop())))
  try {
    const started = performance.now()
    const watched = (world: World): boolean => world.index % sampled.watch === 0 || isForWatching(world)
    const batches = Array.from({ length: Math.ceil(worlds.length / perLab) }, (_, batch) =>
      worlds.slice(batch * perLab, (batch + 1) * perLab),
    )
    const made = await inTurns(batches, async (batch) => {
      const lab = await startLab(labOf(batch, watched))
      labs.push(lab)
      return batch.map((world) => ({ world, lab }))
    })
    const builtIn = (performance.now() - started) / 1_000
    const laid = await inTurns(made.flat(), async ({ world, lab }) => ({
      world,
      namespace: (member: string) => lab.ns(labName(world, member)),
      ...(await settle(lab, world, { watch: watched(world), walk: world.index % sampled.walk === 0 })),
    }))
    const settledIn = (performance.now() - started) / 1_000 - builtIn
    const [{ directory } = { directory: '' }] = labs
    return { laid, directory, namespaces: labs.reduce((sum, lab) => sum + lab.hosts.length, 0), builtIn, settledIn, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** In the order given, a few at a time. */
async function inTurns<Item, Result>(items: readonly Item[], task: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index]
      if (item !== undefined) results[index] = await task(item)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}
