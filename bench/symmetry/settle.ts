import type { Lab } from '../../test/lab/index.js'
import { type Path, pathsFrom, type Truth, truthOf } from './truth.js'
import { kernelPath } from './walk.js'
import { isAcross, isWatchable, type Seen, strangers, truthSeen, watchFlows } from './watch.js'
import type { End, World } from './world.js'

/** What is known of a topology, and how it was made sure of. */
export interface Settled {
  readonly truth: Truth
  readonly paths: Readonly<Record<End, readonly Path[]>>
  /** By what else than the generated routes: the kernels' own choice, flows that were watched. */
  readonly confirmed: readonly ('kernel' | 'flows')[]
}

type Paths = Settled['paths']

/** By packet: chance decides anew for each. By flow: a hash in the kernel does. */
function sharingOf({ routers }: World): 'packet' | 'flow' | null {
  const sharing = routers.filter(({ towards: { a, b } }) => a.length > 1 || b.length > 1)
  if (sharing.length === 0) return null
  return sharing.some((router) => router.sharing === 'packets') ? 'packet' : 'flow'
}

/** Whether its truth is not in its routes: they say where a flow may go, not where it goes. */
export const isForWatching = (world: World): boolean => sharingOf(world) === 'flow'

/**
 * The truth of a topology in a living lab. Mostly it follows from the routes; samples are confirmed by the kernels and by real flows.
 * Where load is shared by flow, real flows tell it, and the kernels confirm it: routers may choose independently, or alike.
 * @param sure what to confirm it by. @throws Error when the sources disagree: a fault of the generator, not of what it is to test.
 */
export async function settle(lab: Lab, world: World, sure: { readonly walk: boolean; readonly watch: boolean }): Promise<Settled> {
  const possible: Paths = { a: pathsFrom(world, 'a'), b: pathsFrom(world, 'b') }
  const sharing = sharingOf(world)
  const seen = sharing === 'flow' || (sure.watch && isWatchable(world)) ? await watchFlows(lab, world) : []
  const kernel = sharing === 'flow' || (sure.walk && sharing === null)
  const against = [...strangers(seen, possible, sharing === 'packet'), ...(kernel ? await strayed(lab, world, possible, seen) : [])]
  const taken = (end: End): readonly Path[] => possible[end].filter((path) => seen.some(({ from }) => isAcross(path, from[end])))
  const paths = sharing === 'flow' ? { a: taken('a'), b: taken('b') } : possible
  const truth = sharing === 'flow' ? truthSeen(seen) : truthOf(paths.a, paths.b)
  if (seen.length > 0 && sharing === null && truthSeen(seen) !== truth)
    against.push(`the flows are ${truthSeen(seen)}, the routes ${truth}`)
  if (against.length > 0) throw new Error(`topology ${world.index} (${world.shape}) is not what it should be:\n  ${against.join('\n  ')}`)
  return { truth, paths, confirmed: [...(kernel ? (['kernel'] as const) : []), ...(seen.length > 0 ? (['flows'] as const) : [])] }
}

/** Where the kernels lead the first flow otherwise than the routes allow, or than the flow was seen to go. */
async function strayed(lab: Lab, world: World, possible: Paths, [first]: readonly Seen[]): Promise<string[]> {
  const port = first?.flow ?? 20_001
  const ways = await Promise.all(
    (['a', 'b'] as const).map(async (end) => ({ end, path: await kernelPath(lab, world, end, { protocol: 'tcp', port }) })),
  )
  return ways
    .filter(({ end, path }) => {
      const allowed = possible[end].some((one) => one.join(' ') === path.join(' '))
      return !allowed || (first !== undefined && !isAcross(path, first.from[end]))
    })
    .map(({ end, path }) => `the kernels lead flow ${port} from ${end} over ${path.join(' ')}`)
}
