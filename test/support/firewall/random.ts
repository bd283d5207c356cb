/** Choices that are the same for the same seed (mulberry32). */
export interface Dice {
  below(limit: number): number
  one<Value>(values: readonly [Value, ...Value[]]): Value
  chance(part: number): boolean
}

export function dice(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return { below, one: (values) => values[below(values.length)] ?? values[0], chance: (part) => next() < part }
}

export const several = <Value>(count: number, make: (index: number) => Value): readonly Value[] =>
  Array.from({ length: count }, (_, index) => make(index))
