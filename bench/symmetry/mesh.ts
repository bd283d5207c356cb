import type { Random } from './random.js'
import { isAttached, type Sketch } from './sketch.js'
import { type End, type Net, otherEnd } from './world.js'

/** Routers joined at random; the ways there and back are chosen among all there are. */
export function meshed({ random, nets, routers, net, path }: Sketch): void {
  const names = routers(random.int(4, 7))
  const edge = (count: number, list: readonly string[]): readonly string[] => list.slice(0, count)
  net('a', ...edge(random.chance(0.4) ? 2 : 1, names))
  net('b', ...edge(random.chance(0.4) ? 2 : 1, [...names].reverse()))
  for (const [position, name] of names.entries()) {
    const earlier = names.slice(0, position)
    const [first, ...others] = earlier
    if (first === undefined) continue
    // A LAN of three now and then.
    net(name, ...random.shuffled([first, ...others]).slice(0, random.chance(0.2) ? 2 : 1))
  }
  for (const _ of names.slice(3)) net(...random.shuffled(names).slice(0, 2))
  const there = pick(random, waysTo(nets, names, 'b'))
  const mirror = [...there].reverse()
  const back = waysTo(nets, names, 'a')
  const same = back.some((way) => way.join(' ') === mirror.join(' '))
  path('b', there)
  path(
    'a',
    same && random.chance(0.6)
      ? mirror
      : pick(
          random,
          back.filter((way) => !isShuffled(way, mirror)),
        ),
  )
}

function pick(random: Random, [first, ...others]: readonly (readonly string[])[]): readonly string[] {
  if (first === undefined) throw new Error('a mesh without a way')
  return random.pick([first, ...others])
}

/** The same routers in another order: whether that is symmetric is a matter of words, so it does not occur here. */
function isShuffled(one: readonly string[], other: readonly string[]): boolean {
  return one.join(' ') !== other.join(' ') && [...one].sort().join(' ') === [...other].sort().join(' ')
}

const longest = 6

/** All ways towards an end that cross no router twice. A router in the end's LAN delivers, so it comes last. */
function waysTo(nets: readonly Net[], names: readonly string[], to: End): readonly (readonly string[])[] {
  const neighbours = (name: string): readonly string[] => [
    ...new Set(
      nets.filter(({ members }) => members.includes(name)).flatMap(({ members }) => members.filter((other) => names.includes(other))),
    ),
  ]
  const walk = (way: readonly string[]): (readonly string[])[] => {
    const last = way.at(-1) ?? ''
    if (isAttached(nets, last, to)) return [way]
    if (way.length === longest) return []
    return neighbours(last)
      .filter((next) => !way.includes(next))
      .flatMap((next) => walk([...way, next]))
  }
  return names.filter((name) => isAttached(nets, name, otherEnd[to])).flatMap((name) => walk([name]))
}
