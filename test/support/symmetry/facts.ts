import type { End, World } from '../../../bench/symmetry/world.js'
import { otherEnd } from '../../../bench/symmetry/world.js'
import type { Interfaces } from '../../../src/facts/interfaces/index.js'
import type { RecordRoute, RecordRouteArgs } from '../../../src/facts/record-route/index.js'
import type { RouteLookup } from '../../../src/facts/route-lookup/index.js'
import type { Trace, TraceArgs, TraceHop, TraceRound } from '../../../src/facts/trace/index.js'
import type { FactRequest } from '../../../src/model/fact.js'
import type { Json } from '../../../src/model/json.js'
import { answerOf, egressOf, type Packet, send, startCounting } from './packets.js'

export interface Manner {
  /** Routers forward and honour the record-route option; otherwise packets with it are dropped. */
  readonly recordRoute: boolean
  /** Routers that are hosts of the inventory, too, and answer when asked for their interfaces. */
  readonly asked: ReadonlySet<string>
}

/** Answers requests as the hosts of a world would, in microseconds. @returns null for what cannot be learnt. */
export function factsOf(world: World, manner: Manner): (request: FactRequest) => Json | null {
  startCounting()
  return ({ fact, host, args }) => {
    switch (fact) {
      case 'trace':
        return traceOf(world, host as End, args as unknown as TraceArgs) as unknown as Json
      case 'record-route':
        return recordOf(world, host as End, args as unknown as RecordRouteArgs, manner) as unknown as Json
      case 'route-lookup':
        return lookupOf(world, host as End) as unknown as Json
      case 'interfaces':
        return interfacesOf(world, host, manner) as unknown as Json | null
      default:
        return null
    }
  }
}

const silent = { from: null, answer: null, icmp: null, rttMs: null, asks: 6 } as const

function roundOf(world: World, from: End, { maxHops }: TraceArgs, packet: Packet): TraceRound {
  const to = otherEnd[from]
  const hops: TraceHop[] = []
  for (let ttl = 1; ttl <= maxHops; ttl += 1) {
    // Every probe is a packet of its own, which matters where each packet goes its own way.
    const { steps, arrives } = send(world, packet)
    const step = steps[ttl - 1]
    if (step !== undefined) {
      const address = answerOf(world, step, from)
      hops.push({ ttl, ...silent, ...(address === null ? {} : { from: address, answer: 'time-exceeded', icmp: { type: 11, code: 0 } }) })
      continue
    }
    const isAnswered = arrives && answers(world, from, packet)
    hops.push({ ttl, ...silent, ...(isAnswered ? { from: world.ends[to].address, answer: answerTo(world, to, packet) } : {}) })
    if (isAnswered) return { hops, end: 'reached' }
    if (!arrives || ttl > steps.length + 3) break
  }
  while (hops.at(-1)?.from === null) hops.pop()
  return { hops, end: 'silent' }
}

function answers(world: World, from: End, packet: Packet): boolean {
  const [source, port] = packet.ports
  const back: Packet =
    packet.protocol === 'tcp'
      ? { ...packet, from: otherEnd[from], to: from, ports: [port, source] }
      : { protocol: 'icmp', echo: false, from: otherEnd[from], to: from, ports: [0, 0] }
  return send(world, back).arrives
}

function answerTo(world: World, to: End, { protocol, ports }: Packet): TraceHop['answer'] {
  if (protocol === 'icmp') return 'reply'
  if (protocol === 'udp') return 'port-unreachable'
  return to === 'b' && world.listens && ports[1] === world.port ? 'open' : 'closed'
}

function traceOf(world: World, host: End, args: TraceArgs): Trace {
  const own = args.sourcePort ?? 40_000
  const ids = [own, ...Array.from({ length: args.flows }, (_, index) => ((own + 7 * (index + 1)) % 60_000) + 1)]
  return {
    probe: 'simulated',
    protocol: args.protocol,
    address: world.ends[otherEnd[host]].address,
    source: world.ends[host].address,
    port: args.port ?? null,
    constantFlow: true,
    problem: null,
    flows: ids.map((id, index) => {
      const ports: [number, number] = args.protocol === 'icmp' ? [id, id] : [id, args.port ?? 0]
      const packet: Packet = { protocol: args.protocol, echo: true, from: host, to: otherEnd[host], ports }
      return { id, rounds: Array.from({ length: index === 0 ? args.rounds : 1 }, () => roundOf(world, host, args, packet)) }
    }),
  }
}

/** Nine slots (RFC 791): the sender, routers on the way there, the target twice, routers on the way back; as Linux does it. */
function recordOf(world: World, host: End, _: RecordRouteArgs, { recordRoute }: Manner): RecordRoute {
  const to = otherEnd[host]
  const there = send(world, { protocol: 'icmp', echo: true, from: host, to, ports: [7, 7] })
  const back = send(world, { protocol: 'icmp', echo: false, from: to, to: host, ports: [0, 0] })
  const isDropped = [...there.steps, ...back.steps].some(({ router }) => router.dropsOptions)
  if (!recordRoute || isDropped || !there.arrives || !back.arrives) return { routes: [], problem: null }
  const [own, target] = [world.ends[host].address, world.ends[to].address]
  const addresses = [
    own,
    ...there.steps.map((step) => egressOf(world, step, to)),
    target,
    target,
    ...back.steps.map((step) => egressOf(world, step, host)),
  ]
  return { routes: [addresses.slice(0, 9), addresses.slice(0, 9)], problem: null }
}

function lookupOf(world: World, host: End): RouteLookup {
  const { address, gateway } = world.ends[host]
  const unknown = { table: null, metric: null, protocol: null, matched: null } as const
  return { failure: null, type: 'unicast', via: gateway.address, interface: 'eth0', source: address, ...unknown }
}

function interfacesOf(world: World, host: string, { asked }: Manner): Interfaces | null {
  const lengthOf = (net: string): number => world.nets.find(({ name }) => name === net)?.length ?? 32
  const entry = (net: string, address: string) => ({ address, prefixLength: lengthOf(net), peer: null, dynamic: false })
  if (host === 'a' || host === 'b') return [{ name: 'eth0', addresses: [entry(world.ends[host].net, world.ends[host].address)] }]
  const router = world.routers.find(({ name }) => name === host)
  if (router === undefined || !asked.has(host)) return null
  const ports = router.ports.map(({ device, net, addresses }) => ({
    name: device,
    addresses: addresses.map((address) => entry(net, address)),
  }))
  return [{ name: 'lo', addresses: [{ address: router.loopback, prefixLength: 32, peer: null, dynamic: false }] }, ...ports]
}
