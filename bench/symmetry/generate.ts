import { addressIn } from './addresses.js'
import { type Random, randomOf } from './random.js'
import { type ShapeName, shapes } from './shapes.js'
import { fillRoutes, type Sketch, sketch } from './sketch.js'
import { temperament } from './temperament.js'
import type { End, EndHost, Net, Port, Router, World } from './world.js'

const shares = Object.fromEntries(Object.entries(shapes).map(([name, { share }]) => [name, share])) as Record<ShapeName, number>

/** Makes the topology of that number: the same one for the same seed. @param index up to 4095; its addresses come from it. */
export function generate(seed: number, index: number): World {
  const random = randomOf(seed, index)
  const shape = random.weighted(shares)
  const drawing = sketch(index, random)
  shapes[shape].draw(drawing)
  const towards = fillRoutes(drawing)
  const numbers = numbered(drawing.nets, random)
  const addressOf = (net: string, member: string): string => numbers.get(`${net} ${member}`) ?? ''
  const virtual = [...drawing.virtual].map(([net, owner]) => ({
    net,
    owner,
    address: addressOf(net, 'virtual'),
    // Whether the interface answers with it depends on which address was given to it first.
    first: random.chance(0.4),
    declared: random.chance(0.5),
  }))
  const virtualOf = (net: string, owner: string) => virtual.find((one) => one.net === net && one.owner === owner)
  const ports = (name: string): Port[] =>
    netsOf(drawing, name).map((net, position) => {
      const [own, extra] = [addressOf(net.name, name), virtualOf(net.name, name)]
      const addresses = extra === undefined ? [own] : extra.first ? [extra.address, own] : [own, extra.address]
      return { net: net.name, device: `eth${position}`, addresses }
    })
  const manner = temperament(shape, random)
  const end = (name: End): EndHost => {
    const router = drawing.gateways.get(name) ?? ''
    const net = netsOf(drawing, name)[0]?.name ?? ''
    return { net, address: addressOf(net, name), gateway: { router, address: virtualOf(net, router)?.address ?? addressOf(net, router) } }
  }
  const routers: Router[] = drawing.names.map((name) => ({
    name,
    ports: ports(name),
    loopback: drawing.loopback(),
    ...manner(name),
    towards: { a: towards.a.get(name) ?? [], b: towards.b.get(name) ?? [] },
  }))
  return {
    index,
    shape,
    nets: drawing.nets,
    ends: { a: end('a'), b: end('b') },
    routers,
    port: 443,
    listens: random.chance(0.4),
    virtual: virtual.map(({ address, declared }) => ({ address, declared })),
  }
}

const netsOf = ({ nets }: Sketch, member: string): readonly Net[] => nets.filter(({ members }) => members.includes(member))

/** An address for each member of each network, by `net member`; one more for a `virtual` one where there is room. */
function numbered(nets: readonly Net[], random: Random): ReadonlyMap<string, string> {
  return new Map(
    nets.flatMap(({ name, network, length, members }) => {
      const inside = length === 31 ? [0, 1] : length === 30 ? [1, 2] : []
      const start = length === 29 ? 1 : random.pick([1, 1, 5, 250])
      const routers = random.shuffled(members.filter((member) => member !== 'a' && member !== 'b'))
      const holders = [...routers, ...(length < 30 ? ['virtual'] : [])]
      return [
        ...holders.map((holder, position) => [`${name} ${holder}`, addressIn(network, inside[position] ?? start + position)] as const),
        ...members
          .filter((member) => !routers.includes(member))
          .map((end) => [`${name} ${end}`, addressIn(network, random.int(20, 200))] as const),
      ]
    }),
  )
}
