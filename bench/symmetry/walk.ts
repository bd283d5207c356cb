import type { Lab } from '../../test/lab/index.js'
import { must } from '../../test/lab/process.js'
import { labName } from './topology.js'
import type { Path } from './truth.js'
import { type End, otherEnd, routerOf, type World } from './world.js'

/** A flow of the conversation that a opens to b. */
export interface Flow {
  readonly protocol: 'tcp' | 'udp' | 'icmp'
  /** On a; TCP and UDP. */
  readonly port: number
}

/** The ports of a flow as packets from an end carry them. */
function ports(world: World, from: End, { protocol, port }: Flow): readonly string[] {
  if (protocol === 'icmp') return ['ipproto', 'icmp']
  const [source, destination] = from === 'a' ? [port, world.port] : [world.port, port]
  return ['ipproto', protocol, 'sport', String(source), 'dport', String(destination)]
}

/**
 * The routers that the kernels themselves choose for a flow, one `ip route get` after another. Load sharing by address or by port is
 * resolved as it is for packets; sharing by packet is not seen.
 */
export async function kernelPath(lab: Lab, world: World, from: End, flow: Flow): Promise<Path> {
  const to = otherEnd[from]
  const [source, target] = [world.ends[from].address, world.ends[to].address]
  const ask = async (member: string, incoming: readonly string[]): Promise<{ via: string; device: string } | null> => {
    const question = ['route', 'get', target, 'from', source, ...incoming, ...ports(world, from, flow)]
    const answer = await must(['ip', '-n', lab.ns(labName(world, member)), ...question])
    const found = / via (?<via>\S+) dev (?<device>\S+)/.exec(answer)?.groups
    return found?.via === undefined || found.device === undefined ? null : { via: found.via, device: found.device }
  }
  const holderOf = (address: string) =>
    world.routers
      .flatMap(({ name, ports: all }) => all.map((port) => ({ name, port })))
      .find(({ port }) => port.addresses.includes(address))
  const crossed: string[] = []
  for (let next = await ask(from, []); next !== null; ) {
    const holder = holderOf(next.via)
    if (holder === undefined || crossed.includes(holder.name)) throw new Error(`topology ${world.index}: strange way by ${next.via}`)
    crossed.push(holder.name)
    next = await ask(holder.name, ['iif', holder.port.device])
  }
  const last = crossed.at(-1)
  if (last === undefined || !routerOf(world, last).ports.some(({ net }) => net === world.ends[to].net)) {
    throw new Error(`topology ${world.index}: the kernels lead from ${from} to ${crossed.join(' ')} and no further`)
  }
  return crossed
}
