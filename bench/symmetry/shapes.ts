import { meshed } from './mesh.js'
import type { Sketch } from './sketch.js'

/** How the routers of a topology lie to each other. Each shape draws both directions. */
export type Shape = (sketch: Sketch) => void

const reversed = (names: readonly string[]): readonly string[] => [...names].reverse()

/** One way there and the same way back. Sometimes a router more on one of the networks, which nothing crosses. */
const line: Shape = ({ random, routers, net, path }) => {
  const way = routers(random.int(1, 6))
  const stops = ['a', ...way, 'b']
  for (const [position, name] of stops.slice(1).entries()) {
    net(stops[position] ?? name, name, ...(random.chance(0.08) ? routers(1) : []))
  }
  path('b', way)
  path('a', reversed(way))
}

/** Two routers side by side, in the middle of a line: on links of their own, or all on common LANs. */
function fork({ random, routers, net, chain }: Sketch, beside: number) {
  const [before, after] = [routers(random.int(1, 3)), routers(random.int(1, 3))]
  const middle = routers(beside)
  chain('a', ...before)
  chain(...after, 'b')
  const [left, right] = [before.at(-1) ?? '', after[0] ?? '']
  const lan = random.chance(0.3)
  if (lan) {
    net(left, ...middle)
    net(...middle, right)
  } else {
    for (const name of middle) chain(left, name, right)
  }
  return { before, middle, after }
}

/** Equally long ways through one or the other of two routers. */
const diamond: Shape = (sketch) => {
  const { before, middle, after } = fork(sketch, 2)
  const [one = '', other = ''] = middle
  sketch.path('b', [...before, one, ...after])
  sketch.path('a', reversed([...before, sketch.random.chance(0.35) ? one : other, ...after]))
}

/** One way back is a router longer, or shorter. */
const unequal: Shape = ({ random, routers, chain, path }) => {
  const [before, after, short] = [routers(random.int(1, 2)), routers(random.int(1, 2)), routers(random.int(0, 2))]
  const detour = routers(short.length + 1)
  chain('a', ...before)
  chain(...after, 'b')
  const [left, right] = [before.at(-1) ?? '', after[0] ?? '']
  chain(left, ...short, right)
  chain(left, ...detour, right)
  const [one, other] = random.chance(0.5) ? [short, detour] : [detour, short]
  path('b', [...before, ...one, ...after])
  path('a', reversed([...before, ...(random.chance(0.25) ? one : other), ...after]))
}

/**
 * Two routers on one LAN, of which one holds a virtual address that the neighbours send to. It stands at an end's LAN, or in the
 * middle. Without the virtual address, neighbours point at either.
 */
const vrrp: Shape = ({ random, routers, net, chain, path, own }) => {
  const [master = '', backup = ''] = routers(2)
  const [before, after] = [routers(random.chance(0.6) ? 0 : random.int(1, 2)), routers(random.int(1, 3))]
  chain('a', ...before)
  chain(...after, 'b')
  const [near, far] = [before.at(-1) ?? 'a', after[0] ?? '']
  const lan = net(near, master, backup)
  if (random.chance(0.7)) own(lan, master)
  if (random.chance(0.5)) {
    const behind = net(master, backup, far)
    if (random.chance(0.5)) own(behind, random.chance(0.75) ? master : backup)
  } else {
    chain(master, far)
    chain(backup, far)
  }
  path('b', [...before, master, ...after])
  path('a', reversed([...before, random.chance(0.55) ? master : backup, ...after]))
}

/** Load shared between two or three routers: in both directions, or in one. */
const shared: Shape = (sketch) => {
  const { before, middle, after } = fork(sketch, sketch.random.int(2, 3))
  const [one = ''] = middle
  const back = sketch.random.weighted({ shared: 5, one: 3 })
  for (const name of middle) sketch.path('b', [...before, name, ...after])
  for (const name of back === 'shared' ? middle : [one]) sketch.path('a', reversed([...before, name, ...after]))
}

/** Load shared between two links of the same two routers: the routers are the same whichever is taken. */
const bundle: Shape = ({ random, routers, chain, net, path }) => {
  const way = routers(random.int(2, 4))
  const [one = '', other = ''] = way
  const links = [net(one, other), net(one, other)]
  chain('a', one)
  chain(other, ...way.slice(2), 'b')
  for (const link of links) {
    path('b', way, { [one]: link })
    path('a', reversed(way), { [other]: link })
  }
}

/** Two links between the same two routers, one for each direction: the same routers, not the same links. */
const twoLinks: Shape = ({ random, routers, chain, net, path }) => {
  const way = routers(random.int(2, 5))
  const [one = '', other = ''] = way
  const [there, back] = [net(one, other), net(one, other)]
  chain('a', one)
  chain(other, ...way.slice(2), 'b')
  path('b', way, { [one]: there })
  path('a', reversed(way), { [other]: back })
}

/** Two chains that share nothing but the LANs of the ends, one for each direction. */
const detour: Shape = ({ random, routers, net, chain, path }) => {
  const one = routers(random.int(1, 4))
  const other = routers(random.chance(0.5) ? one.length : random.int(1, 4))
  net('a', one[0] ?? '', other[0] ?? '')
  net('b', one.at(-1) ?? '', other.at(-1) ?? '')
  chain(...one)
  chain(...other)
  path('b', one)
  path('a', reversed(other))
}

/** By their share of a hundred topologies. */
export const shapes = {
  line: { share: 22, draw: line },
  diamond: { share: 14, draw: diamond },
  unequal: { share: 8, draw: unequal },
  vrrp: { share: 15, draw: vrrp },
  shared: { share: 11, draw: shared },
  bundle: { share: 4, draw: bundle },
  'two-links': { share: 4, draw: twoLinks },
  detour: { share: 8, draw: detour },
  mesh: { share: 14, draw: meshed },
} as const satisfies Record<string, { readonly share: number; readonly draw: Shape }>

export type ShapeName = keyof typeof shapes
