import { existsSync } from 'node:fs'
import type { HostSpec, Topology } from '../../test/lab/schema.js'
import { cabling } from './cables.js'
import { firewallOf, markOf } from './firewall.js'
import { type End, type EndHost, type Router, routerOf, type World } from './world.js'

/** What a member of a topology is called in a lab that holds many. */
export const labName = (world: World, member: string): string => `t${world.index}-${member}`

/** Several topologies as one lab: islands that do not touch. @param watched those whose routers note the flows they forward. */
export function labOf(worlds: readonly World[], watched: (world: World) => boolean = () => false): Topology {
  return {
    hosts: Object.assign(
      {},
      ...worlds.map((world) => ({ [labName(world, 'a')]: host(world, 'a'), [labName(world, 'b')]: host(world, 'b') })),
    ),
    routers: Object.assign(
      {},
      ...worlds.flatMap((world) =>
        world.routers.map((router) => ({ [labName(world, router.name)]: device(world, router, watched(world)) })),
      ),
    ),
  }
}

function lengthOf(world: World, net: string): number {
  return world.nets.find(({ name }) => name === net)?.length ?? 32
}

function networkOf(world: World, end: End): string {
  const { net } = world.ends[end]
  return `${world.nets.find(({ name }) => name === net)?.network}/${lengthOf(world, net)}`
}

function host(world: World, end: End): HostSpec {
  const { net, address, gateway }: EndHost = world.ends[end]
  return {
    lans: { [labName(world, net)]: { address: `${address}/${lengthOf(world, net)}` } },
    ip: [...cabling(world, end)],
    routes: [{ to: 'default', via: gateway.address }],
    // A router's redirect would change a way whose truth is known.
    sysctl: { 'net.ipv4.conf.all.accept_redirects': 0, 'net.ipv4.conf.eth0.accept_redirects': 0 },
    ...(end === 'b' && world.listens ? { services: [{ tcp: world.port }] } : {}),
  }
}

function device(world: World, router: Router, watch: boolean): HostSpec {
  const lans = router.ports.map(({ net, addresses }) => [
    labName(world, net),
    { address: addresses.map((address) => `${address}/${lengthOf(world, net)}`) },
  ])
  const ends = (['a', 'b'] as const).map((end) => routesTowards(world, router, end))
  const firewall = firewallOf(world, router, watch)
  return {
    lans: Object.fromEntries(lans),
    ip: [...cabling(world, router.name), `address add ${router.loopback}/32 dev lo`, ...ends.flatMap(({ rules }) => rules)],
    routes: ends.flatMap(({ routes }) => routes),
    sysctl: {
      'net.ipv4.icmp_ratelimit': router.rateLimited ? 1_000 : 0,
      'net.ipv4.icmp_errors_use_inbound_ifaddr': router.answers === 'inbound' ? 1 : 0,
      'net.ipv4.fib_multipath_hash_policy': router.sharing === 'ports' ? 1 : 0,
      'net.ipv4.conf.all.accept_redirects': 0,
      ...(seeded ? { 'net.ipv4.fib_multipath_hash_seed': router.hashSeed } : {}),
    },
    ...(firewall === '' ? {} : { firewall }),
  }
}

/** Linux 6.11 and later; before, all routers of a machine share one seed. */
const seeded = existsSync('/proc/sys/net/ipv4/fib_multipath_hash_seed')

type Routes = NonNullable<HostSpec['routes']>

function routesTowards(world: World, router: Router, end: End): { readonly rules: string[]; readonly routes: Routes } {
  const to = networkOf(world, end)
  const hops = router.towards[end].filter((hop) => hop.to !== end)
  const [first, ...others] = hops.map((hop) => ({ via: addressOf(world, hop.to, hop.net) }))
  // An interface in the LAN brings its own route.
  if (first === undefined) return { rules: [], routes: [] }
  const src = router.answers === 'loopback' ? { src: router.loopback } : {}
  if (others.length === 0) return { rules: [], routes: [{ to, ...first, ...src }] }
  if (router.sharing !== 'packets') return { rules: [], routes: [{ to, ...src, nexthops: [first, ...others] }] }
  return {
    rules: others.map((_, way) => `rule add fwmark ${markOf(end, way + 1)} lookup ${markOf(end, way + 1)}`),
    routes: [first, ...others].map((hop, way) => ({ to, ...hop, ...src, ...(way === 0 ? {} : { table: markOf(end, way) }) })),
  }
}

/** What neighbours send to: the virtual address where there is one. */
function addressOf(world: World, router: string, net: string): string {
  const addresses = routerOf(world, router).ports.find((port) => port.net === net)?.addresses ?? []
  const virtual = addresses.find((address) => world.virtual.some((one) => one.address === address))
  return virtual ?? addresses[0] ?? ''
}
