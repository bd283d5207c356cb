import { isAttached } from '../../../bench/symmetry/sketch.js'
import { type End, type Hop, type Router, routerOf, type World } from '../../../bench/symmetry/world.js'

export interface Packet {
  readonly protocol: 'tcp' | 'icmp' | 'udp'
  /** Of ICMP: whether it is an echo request; anything else is an answer. */
  readonly echo: boolean
  readonly from: End | string
  readonly to: End
  /** Ports, or the id of ICMP. */
  readonly ports: readonly [number, number]
}

export interface Step {
  readonly router: Router
  /** The network it came in by, and the one it leaves by. */
  readonly in: string
  readonly out: string
}

/** A small and even hash: which of several next hops a flow takes. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0
  return (hash ^ (hash >>> 13)) >>> 0
}

/** Counts packets, as what sends each its own way does; begun anew for each world, so that one repeats whatever ran before it. */
let packets = 0

export function startCounting(): void {
  packets = 0
}

function hopOf(router: Router, packet: Packet): Hop {
  const hops = router.towards[packet.to]
  const [first] = hops
  if (first === undefined) throw new Error(`${router.name} has no way to ${packet.to}`)
  packets += 1
  const key =
    router.sharing === 'packets'
      ? `${packets}`
      : router.sharing === 'ports'
        ? `${packet.protocol} ${packet.ports.join(' ')} ${packet.to}`
        : packet.to
  return hops[hashOf(`${router.name} ${key}`) % hops.length] ?? first
}

const isDropped = ({ firewall }: Router, { protocol, echo, ports }: Packet, port: number): boolean => {
  switch (firewall) {
    case 'echo':
      return protocol === 'icmp' && echo
    case 'tcp-but-port':
      return protocol === 'tcp' && !ports.includes(port)
    case null:
      return false
    default:
      return firewall === protocol
  }
}

const netTo = (world: World, router: string, end: End): string =>
  world.nets.find(({ members }) => members.includes(router) && members.includes(end))?.name ?? ''

/**
 * Sends a packet on its way from a router on, or from an end.
 * @returns the routers it meets, and whether it arrives; one that a firewall drops still meets that router.
 */
export function send(world: World, packet: Packet): { readonly steps: readonly Step[]; readonly arrives: boolean } {
  const steps: Step[] = []
  const isEnd = packet.from === 'a' || packet.from === 'b'
  let at = isEnd ? world.ends[packet.from as End].gateway.router : packet.from
  let inNet = isEnd ? world.ends[packet.from as End].net : ''
  for (let left = 64; left > 0; left -= 1) {
    const router = routerOf(world, at)
    const direct = isAttached(world.nets, at, packet.to)
    const hop = direct ? { to: packet.to, net: netTo(world, at, packet.to) } : hopOf(router, packet)
    steps.push({ router, in: inNet, out: hop.net })
    const isOwn = at === packet.from
    if (!isOwn && isDropped(router, packet, world.port)) return { steps, arrives: false }
    if (hop.to === packet.to) return { steps, arrives: true }
    inNet = hop.net
    at = hop.to
  }
  return { steps, arrives: false }
}

/** The first address of a router on a network. */
const addressOn = (router: Router, net: string): string => router.ports.find((port) => port.net === net)?.addresses[0] ?? router.loopback

/** What a router answers from, to whom it let the time to live run out; null when the answer never arrives. */
export function answerOf(world: World, { router, in: inNet }: Step, to: End): string | null {
  if (router.silent) return null
  const answer = send(world, { protocol: 'icmp', echo: false, from: router.name, to, ports: [0, 0] })
  if (!answer.arrives) return null
  if (router.answers === 'inbound') return addressOn(router, inNet)
  const out = answer.steps[0]?.out ?? ''
  return router.answers === 'loopback' && !isAttached(world.nets, router.name, to) ? router.loopback : addressOn(router, out)
}

/** The source that a router would send a packet of its own from (`ip_rt_get_source`), which is what it records. */
export function egressOf(world: World, { router, out }: Step, to: End): string {
  return router.answers === 'loopback' && !isAttached(world.nets, router.name, to) ? router.loopback : addressOn(router, out)
}
