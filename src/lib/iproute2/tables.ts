import type { AddressFamily, Route } from './route.js'

/** The routing tables as a source showed them; see the fact `routes`. */
export interface ReadTables {
  readonly tables: 'all' | 'main' | 'unnamed'
  readonly hides: readonly string[]
  readonly routes: readonly Route[]
}

/** Routes by their prefix. */
export class RouteIndex {
  /** Most prefixes have one route, which then needs no list. */
  readonly #routes = new Map<string, Route | Route[]>()

  add(route: Route): void {
    const same = this.#routes.get(route.destination)
    if (same === undefined) this.#routes.set(route.destination, route)
    else if (Array.isArray(same)) same.push(route)
    else this.#routes.set(route.destination, [same, route])
  }

  at(destination: string): readonly Route[] {
    const found = this.#routes.get(destination)
    return found === undefined ? [] : Array.isArray(found) ? found : [found]
  }
}

const indexes = new WeakMap<readonly Route[], RouteIndex>()

/** For a source that made the index of its routes while the host was still printing them. */
export function rememberIndex(routes: readonly Route[], index: RouteIndex): void {
  indexes.set(routes, index)
}

/** Every route to exactly this prefix, of any table. The first question about a table reads it whole, all further ones do not. */
export function routesAt({ routes }: ReadTables, destination: string): readonly Route[] {
  let index = indexes.get(routes)
  if (index === undefined) {
    index = new RouteIndex()
    for (const route of routes) index.add(route)
    indexes.set(routes, index)
  }
  return index.at(destination)
}

/** Whether the route is in this table. Where tables are not named, everything that is not in table local counts as main. */
export function isIn(route: Route, table: string): boolean {
  return (route.table ?? 'main') === table
}

/** Routes for packets of one TOS or one source alone are not what a destination alone leads to. */
export const isForAllPackets = (route: Route): boolean => route.tos === null && route.from === null

export const isDead = (route: Route): boolean =>
  route.nextHops !== null && route.nextHops.length > 0 && route.nextHops.every((hop) => hop.flags.includes('dead'))

const rankOf = ({ preference }: Route): number => (preference === 'high' ? 1 : preference === 'low' ? -1 : 0)

/** Of routes of one metric those that the kernel prefers by what routers advertise (`rt6_score_route`, RFC 4191); all of them for IPv4. */
export function preferred(routes: readonly Route[]): readonly Route[] {
  const highest = Math.max(...routes.map(rankOf))
  return routes.filter((route) => rankOf(route) === highest)
}

/**
 * The route that the kernel uses: the lowest metric among those that are not dead. IPv4 takes the first of equals;
 * IPv6 spreads traffic over them, and old kernels list the next hops of one multipath route as such equals.
 */
export function effectiveRoute(candidates: readonly Route[], family: AddressFamily): Route | null {
  const alive = candidates.filter((route) => !isDead(route))
  const pool = alive.length > 0 ? alive : candidates
  const lowest = Math.min(...pool.map((route) => route.metric))
  const [first, ...equals] = preferred(pool.filter((route) => route.metric === lowest))
  // A route that turns packets away shares them with no other: the kernel takes whichever comes first.
  const others = equals.filter((route) => route.nextHops?.length !== 0)
  if (first === undefined || family === 'inet' || others.length === 0 || first.nextHops?.length === 0) return first ?? null
  const nextHops = [first, ...others].map((route) => route.nextHops)
  return { ...first, nextHops: nextHops.every((hops) => hops !== null) ? nextHops.flat() : null }
}

/** What the host's tools left out, as far as it limits what a pass says. */
export function caveat(tables: ReadTables): string {
  if (tables.tables === 'unnamed') return 'Read without `ip`: the host does not tell which table a route is in; table main is assumed.'
  if (tables.hides.includes('further-next-hops')) {
    return 'Read without `ip`: of a multipath route only the first next hop would be seen, and a route for one TOS alone looks like any other.'
  }
  return ''
}
