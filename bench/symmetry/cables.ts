import type { World } from './world.js'

/** Locally administered, and told by the address, so that no ARP is needed. */
const hardwareAddress = (address: string): string =>
  ['02', '00', ...address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))].join(':')

interface Holder {
  readonly member: string
  readonly device: string
  readonly net: string
  readonly addresses: readonly string[]
}

function holdersOf({ ends, routers }: World): readonly Holder[] {
  return [
    ...(['a', 'b'] as const).map((end) => ({ member: end, device: 'eth0', net: ends[end].net, addresses: [ends[end].address] })),
    ...routers.flatMap(({ name, ports }) => ports.map((port) => ({ member: name, ...port }))),
  ]
}

/**
 * Lines of `ip -batch` for a member: its hardware addresses, and permanent entries for all its neighbours. All namespaces of a machine
 * share one ARP table of 1,024 entries (arp(7), gc_thresh3), where permanent ones do not count: with learnt ones a few hundred
 * topologies would fill it, and packets would be lost in every lab on the machine.
 */
export function cabling(world: World, member: string): readonly string[] {
  const holders = holdersOf(world)
  return holders
    .filter((holder) => holder.member === member)
    .flatMap(({ device, net, addresses: [own = ''] }) => [
      `link set ${device} address ${hardwareAddress(own)}`,
      ...holders
        .filter((other) => other.net === net && other.member !== member)
        .flatMap(({ addresses }) =>
          addresses.map((address) => `neigh add ${address} lladdr ${hardwareAddress(addresses[0] ?? '')} dev ${device} nud permanent`),
        ),
    ])
}
