import type { Comparison, Devices } from './devices.js'
import type { Path } from './path.js'

/** Where one way meets its next router. */
export interface Place {
  /** What the router answered from; null when it did not. */
  readonly address: string | null
  /** It did not answer: something else than its answer tells that it stands there. */
  readonly inferred: boolean
}

/** What stands at one distance from the first end, if both ways cross the same routers. */
export interface Position {
  /** From 1; null where the two ways have no distance in common. */
  readonly number: number | null
  /** On the way there and on the way back; null where that way has no router more. */
  readonly there: Place | null
  readonly back: Place | null
  readonly comparison: Comparison
}

const unknown: Comparison = { verdict: 'unknown', confidence: 'high', by: null }

/**
 * How many routers are on both ways, if they are the same; null when that is not known or the ways are not equally long. One trace
 * that arrived is enough to number the positions of the other.
 */
export function commonLength(there: Path, back: Path): number | null {
  if (there.arrived && back.arrived) return there.hops.length === back.hops.length ? there.hops.length : null
  return there.arrived ? there.hops.length : back.arrived ? back.hops.length : null
}

/** Position by position: the way there beside the way back, read from its end. */
export function positionsOf(there: Path, back: Path, length: number, devices: Devices): readonly Position[] {
  return Array.from({ length }, (_, index) => {
    const [one, other] = [placeAt(there, index), placeAt(back, length - 1 - index)]
    return { number: index + 1, there: one, back: other, comparison: compare(one, other, devices) }
  })
}

/** Ways of unequal length side by side: what they share at both ends is beside each other, what is between is not comparable. */
export function unevenPositions(there: Path, back: Path, devices: Devices): readonly Position[] {
  const one = there.hops.map((_, index) => placeAt(there, index))
  const other = back.hops.map((_, index) => placeAt(back, index)).toReversed()
  const shortest = Math.min(one.length, other.length)
  const isSame = (a: Place | undefined, b: Place | undefined): boolean => compare(a, b, devices).verdict === 'same'
  let head = 0
  while (head < shortest && isSame(one[head], other[head])) head += 1
  let tail = 0
  while (tail < shortest - head && isSame(one.at(-1 - tail), other.at(-1 - tail))) tail += 1
  const [left, right] = [one.slice(head, one.length - tail), other.slice(head, other.length - tail)]
  const beside = (number: number | null, a: Place | undefined, b: Place | undefined, comparison: Comparison): Position => ({
    number,
    there: a ?? null,
    back: b ?? null,
    comparison,
  })
  return [
    ...one.slice(0, head).map((place, index) => beside(index + 1, place, other[index], compare(place, other[index], devices))),
    ...Array.from({ length: Math.max(left.length, right.length) }, (_, index) => beside(null, left[index], right[index], unknown)),
    ...one.slice(one.length - tail).map((place, index) => {
      const partner = other[other.length - tail + index]
      return beside(null, place, partner, compare(place, partner, devices))
    }),
  ]
}

function placeAt({ hops, inferred }: Path, index: number): Place {
  return { address: hops[index] ?? null, inferred: inferred.has(index) }
}

function compare(one: Place | undefined, other: Place | undefined, devices: Devices): Comparison {
  return one?.address == null || other?.address == null ? unknown : devices.compare(one.address, other.address)
}
