import type { Lab } from '../../test/lab/index.js'
import { type Path, pathsFrom, type Truth, truthOf } from './truth.js'
import { kernelPath } from './walk.js'
import { contradictions, isWatchable, watchFlows } from './watch.js'
import type { End, World } from './world.js'

/** What is known of a topology, and how it was made sure of. */
export interface Settled {
  readonly truth: Truth
  readonly paths: Readonly<Record<End, readonly Path[]>>
  /** By what else than the generated routes: the kernels' own choice, flows that were watched. */
  readonly confirmed: readonly ('kernel' | 'flows')[]
}

/**
 * The truth of a topology in a living lab. Which way a load shared by addresses takes, only the kernels know: a seed of their own
 * decides. Everything else follows from the routes, and what is asked of the kernels must agree.
 * @param sure watch real flows too. @throws Error when the sources disagree: a fault of the generator, not of what it is to test.
 */
export async function settle(lab: Lab, world: World, sure: { readonly walk: boolean; readonly watch: boolean }): Promise<Settled> {
  const possible = { a: pathsFrom(world, 'a'), b: pathsFrom(world, 'b') }
  const byAddress = world.routers.some(({ sharing }) => sharing === 'addresses')
  const byPacket = world.routers.some(({ sharing }) => sharing === 'packets')
  const walked = (byAddress || sure.walk) && !byPacket
  const taken = walked ? await walk(lab, world, possible) : null
  const paths = byAddress && taken !== null ? { a: [taken.a], b: [taken.b] } : possible
  const truth = truthOf(paths.a, paths.b)
  const watched = sure.watch && isWatchable(world)
  const against = watched ? contradictions(await watchFlows(lab, world), byPacket ? null : truth, paths) : []
  if (against.length > 0) throw new Error(`topology ${world.index} (${world.shape}) is not what it should be:\n  ${against.join('\n  ')}`)
  return { truth, paths, confirmed: [...(walked ? (['kernel'] as const) : []), ...(watched ? (['flows'] as const) : [])] }
}

async function walk(lab: Lab, world: World, possible: Readonly<Record<End, readonly Path[]>>): Promise<Readonly<Record<End, Path>>> {
  const flow = { protocol: 'tcp', port: 20_001 } as const
  const [a, b] = await Promise.all([kernelPath(lab, world, 'a', flow), kernelPath(lab, world, 'b', flow)])
  for (const [end, path] of [['a', a] as const, ['b', b] as const]) {
    if (possible[end].some((one) => one.join(' ') === path.join(' '))) continue
    throw new Error(`topology ${world.index} (${world.shape}): the kernels lead from ${end} over ${path.join(' ')}, the routes do not`)
  }
  return { a, b }
}
