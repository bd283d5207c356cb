import { type End, otherEnd, routerOf, type World } from './world.js'

/** `flow-dependent`: some flows cross the same routers both ways, others do not. */
export type Truth = 'symmetric' | 'asymmetric' | 'flow-dependent'

/** The names of the routers crossed, in order. */
export type Path = readonly string[]

/** Every way that a packet from one end can take to the other, by the routes that were generated. */
export function pathsFrom(world: World, from: End): readonly Path[] {
  const to = otherEnd[from]
  const walk = (at: string, crossed: Path): Path[] => {
    if (at === to) return [[...crossed]]
    if (crossed.includes(at)) throw new Error(`topology ${world.index} has a loop: ${[...crossed, at].join(' ')}`)
    return routerOf(world, at).towards[to].flatMap((hop) => walk(hop.to, [...crossed, at]))
  }
  const paths = walk(world.ends[from].gateway.router, [])
  return [...new Map(paths.map((path) => [path.join(' '), path])).values()]
}

/** Whether the way back crosses the same routers in the opposite order: routers, not links or addresses. */
export function isMirrored(forward: Path, reverse: Path): boolean {
  return forward.join(' ') === [...reverse].reverse().join(' ')
}

/**
 * Flows are spread over `forward` and, independently, over `reverse`: any of one may meet any of the other.
 * Ways that differ only in links, not in routers, are one.
 */
export function truthOf(forward: readonly Path[], reverse: readonly Path[]): Truth {
  const pairs = forward.flatMap((way) => reverse.map((back) => isMirrored(way, back)))
  if (pairs.every((mirrored) => mirrored)) return 'symmetric'
  return pairs.some((mirrored) => mirrored) ? 'flow-dependent' : 'asymmetric'
}
