import { randomOf } from './random.js'
import { labName } from './topology.js'
import type { World } from './world.js'

/** How many of the routers an inventory declares. */
export const levels = ['none', 'half', 'all'] as const
export type Level = (typeof levels)[number]

/** `routers:` of an inventory: half of the routers is chosen by the seed. */
export function declaredRouters(seed: number, world: World, level: Level): Readonly<Record<string, readonly string[]>> {
  const random = randomOf(seed, world.index, 0x68616c66)
  const half = world.routers.length / 2
  const count = { none: 0, half: Math.floor(half) + (Number.isInteger(half) || random.chance(0.5) ? 0 : 1), all: world.routers.length }[
    level
  ]
  const hidden = world.virtual.filter(({ declared }) => !declared).map(({ address }) => address)
  const chosen = random.shuffled(world.routers).slice(0, count)
  return Object.fromEntries(
    chosen.map(({ name, ports, loopback }) => [
      labName(world, name),
      [...ports.flatMap(({ addresses }) => addresses.filter((address) => !hidden.includes(address))), loopback],
    ]),
  )
}
