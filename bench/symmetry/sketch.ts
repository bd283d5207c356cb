import { addressBlock } from './addresses.js'
import type { Random } from './random.js'
import { type End, type Hop, type Net, otherEnd } from './world.js'

/** A network being drawn: routers, networks between them, and the way that packets take towards each end. */
export interface Sketch {
  readonly random: Random
  readonly names: readonly string[]
  readonly nets: readonly Net[]
  /** By end: the next hops of each router. */
  readonly towards: Readonly<Record<End, ReadonlyMap<string, readonly Hop[]>>>
  /** The first router on the way from an end. */
  readonly gateways: ReadonlyMap<End, string>
  /** Owners of a further address, by the network it is in. */
  readonly virtual: ReadonlyMap<string, string>
  routers(count: number): readonly string[]
  /** A network with these members: routers, `a`, `b`. @returns its name. */
  net(...members: readonly string[]): string
  /** One network for each pair of neighbours in the list. */
  chain(...members: readonly string[]): void
  /**
   * Packets to an end cross these routers. Said twice, routers share the load among their neighbours.
   * @param over networks to take where two neighbours share several, by the router that sends.
   */
  path(to: End, routers: readonly string[], over?: Readonly<Record<string, string>>): void
  /** The owner answers on a network at a further address, and neighbours send to that one. */
  own(net: string, owner: string): void
  loopback(): string
}

/** @param index of the topology: it has addresses of its own. */
export function sketch(index: number, random: Random): Sketch {
  const block = addressBlock(index, random)
  const names: string[] = []
  const nets: Net[] = []
  const towards = { a: new Map<string, Hop[]>(), b: new Map<string, Hop[]>() }
  const gateways = new Map<End, string>()
  const virtual = new Map<string, string>()

  const net = (...members: readonly string[]): string => {
    const name = `n${nets.length}`
    const small = members.length === 2 && !members.includes('a') && !members.includes('b')
    nets.push({ name, ...(small ? block.link() : block.lan()), members })
    return name
  }
  const between = (one: string, other: string): string => {
    const shared = nets.filter(({ members }) => members.includes(one) && members.includes(other)).map(({ name }) => name)
    const [first, ...others] = shared
    if (first === undefined) throw new Error(`topology ${index}: nothing joins ${one} and ${other}`)
    return random.pick([first, ...others])
  }
  const path = (to: End, crossed: readonly string[], over: Readonly<Record<string, string>> = {}): void => {
    const [gateway] = crossed
    if (gateway === undefined) throw new Error(`topology ${index}: a path without routers`)
    gateways.set(otherEnd[to], gateway)
    for (const [position, name] of crossed.entries()) {
      const next = crossed[position + 1] ?? to
      if (next !== to && isAttached(nets, name, to)) throw new Error(`topology ${index}: ${name} delivers to ${to} itself`)
      const hops = towards[to].get(name) ?? []
      const hop = { to: next, net: over[name] ?? between(name, next) }
      if (!hops.some((known) => known.to === hop.to && known.net === hop.net)) hops.push(hop)
      towards[to].set(name, hops)
    }
  }
  return {
    random,
    names,
    nets,
    towards,
    gateways,
    virtual,
    routers(count) {
      const added = Array.from({ length: count }, (_, extra) => `r${names.length + extra + 1}`)
      names.push(...added)
      return added
    },
    net,
    chain: (...members) => {
      for (const [position, member] of members.slice(1).entries()) net(members[position] ?? member, member)
    },
    path,
    own: (name, owner) => virtual.set(name, owner),
    loopback: block.loopback,
  }
}

/** Whether a router is in the LAN of an end, and so delivers to it without another router. */
export function isAttached(nets: readonly Net[], router: string, end: End): boolean {
  return nets.some(({ members }) => members.includes(router) && members.includes(end))
}

/**
 * Routers that no path crosses towards an end, and those that only one direction crosses, need a way for their own answers:
 * a neighbour that has one already, so that no loop can arise.
 */
export function fillRoutes({ random, names, nets, towards }: Sketch): Record<End, ReadonlyMap<string, readonly Hop[]>> {
  const fill = (end: End): ReadonlyMap<string, readonly Hop[]> => {
    const known = new Map(towards[end])
    for (let missing = names.filter((name) => !known.has(name)); missing.length > 0; ) {
      const before = missing.length
      for (const name of random.shuffled(missing)) {
        const around = nets.filter(({ members }) => members.includes(name))
        const hops = around.flatMap(({ name: net, members }) => members.map((to) => ({ to, net })))
        const direct = hops.filter(({ to }) => to === end)
        const [first, ...others] = direct.length > 0 ? direct : hops.filter(({ to }) => known.has(to))
        if (first !== undefined) known.set(name, [random.pick([first, ...others])])
      }
      missing = names.filter((name) => !known.has(name))
      if (missing.length === before) throw new Error(`no way towards ${end} for ${missing.join(', ')}`)
    }
    return known
  }
  return { a: fill('a'), b: fill('b') }
}
