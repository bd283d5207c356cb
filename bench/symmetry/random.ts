/** A stream of chances that a seed repeats exactly. */
export interface Random {
  /** From 0 to below 1. */
  next(): number
  /** A whole number, both bounds included. */
  int(least: number, most: number): number
  chance(probability: number): boolean
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  /** By the weights that are its values. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key
  shuffled<Item>(items: readonly Item[]): Item[]
}

/** mulberry32 on a mix of the numbers given. @param seeds such as the run's seed and the number of a topology. */
export function randomOf(...seeds: readonly number[]): Random {
  let state = seeds.reduce((mix, seed) => Math.imul(mix ^ seed, 0x9e3779b1) ^ (mix >>> 15), 0x243f6a88) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (items) => items[int(0, items.length - 1)] ?? items[0],
    weighted(weights) {
      const entries = Object.entries(weights) as [keyof typeof weights, number][]
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      const found =
        entries.find(([, weight]) => {
          left -= weight
          return left < 0
        }) ?? entries.at(-1)
      if (found === undefined) throw new RangeError('nothing to choose from')
      return found[0]
    },
    shuffled(items) {
      const keyed = items.map((item) => ({ item, key: next() }))
      return keyed.sort((one, other) => one.key - other.key).map(({ item }) => item)
    },
  }
}
