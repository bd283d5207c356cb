/** The two hosts whose paths are compared. */
export type End = 'a' | 'b'

/** Which address a router puts into its time-exceeded. */
export type Answers =
  /** That of the interface the packet came in by: many hardware routers; `icmp_errors_use_inbound_ifaddr=1`. */
  | 'inbound'
  /** That of the interface the answer leaves by: Linux, RFC 1812 section 4.3.2.4. */
  | 'return'
  /** That of its loopback interface, as routers with a fixed source do. */
  | 'loopback'

/** What a router on the way drops of the packets it forwards. */
export type Firewall = 'echo' | 'icmp' | 'udp' | 'tcp' | 'tcp-but-port'

/** How several next hops share the load: by addresses (`fib_multipath_hash_policy=0`), by ports too (1), or packet by packet. */
export type Sharing = 'addresses' | 'ports' | 'packets'

export interface Net {
  readonly name: string
  /** `10.3.7.0` */
  readonly network: string
  readonly length: number
  readonly members: readonly string[]
}

export interface Port {
  readonly net: string
  readonly device: string
  /** The first is what the interface answers with. */
  readonly addresses: readonly string[]
}

/** Towards an end: the neighbour, and the network between. */
export interface Hop {
  readonly to: string
  readonly net: string
}

export interface Router {
  readonly name: string
  readonly ports: readonly Port[]
  readonly loopback: string
  readonly answers: Answers
  /** Answers at most about one packet a second to each asker, as Linux does by default. */
  readonly rateLimited: boolean
  /** Its own time-exceeded never leaves. */
  readonly silent: boolean
  readonly firewall: Firewall | null
  /** Forwards nothing that carries IP options, such as record route. */
  readonly dropsOptions: boolean
  readonly sharing: Sharing
  /** Of the hash that shares load; 0 is the machine's own, so that all routers with it choose alike, there and back. */
  readonly hashSeed: number
  readonly towards: Readonly<Record<End, readonly Hop[]>>
}

export interface EndHost {
  readonly net: string
  readonly address: string
  /** The neighbour it sends through, and the address it has for it: a virtual one sometimes. */
  readonly gateway: { readonly router: string; readonly address: string }
}

/** A small network between two hosts, of which everything is known. */
export interface World {
  /** Its number in the run; with the run's seed it makes the same world again. */
  readonly index: number
  readonly shape: string
  readonly nets: readonly Net[]
  readonly ends: Readonly<Record<End, EndHost>>
  readonly routers: readonly Router[]
  /** The port of TCP and UDP on b that the check asks about. */
  readonly port: number
  /** Whether something listens there. */
  readonly listens: boolean
  /** Addresses that move between two routers, and whether an administrator declares them. */
  readonly virtual: readonly { readonly address: string; readonly declared: boolean }[]
}

export const otherEnd = { a: 'b', b: 'a' } as const satisfies Record<End, End>

/** @throws Error when there is none: a fault of the generator. */
export function routerOf(world: World, name: string): Router {
  const found = world.routers.find((router) => router.name === name)
  if (found === undefined) throw new Error(`topology ${world.index} has no router ${name}`)
  return found
}
