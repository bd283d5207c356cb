import type { Comparison, Devices } from './devices.js'
import type { Path } from './path.js'

/** What stands at one distance from the first end, if both ways cross the same routers. */
export interface Position {
  /** From 1; null where the two ways have no distance in common. */
  readonly number: number | null
  /** The address that answered on the way there and on the way back. */
  readonly there: string | null
  readonly back: string | null
  /** The device did not answer: something else than its answer tells that it stands there. */
  readonly inferred: { readonly there: boolean; readonly back: boolean }
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
    const [one, other] = [there.hops[index] ?? null, back.hops[length - 1 - index] ?? null]
    return {
      number: index + 1,
      there: one,
      back: other,
      inferred: { there: there.inferred.has(index), back: back.inferred.has(length - 1 - index) },
      comparison: one === null || other === null ? unknown : devices.compare(one, other),
    }
  })
}

/** Ways of unequal length side by side: what they share at both ends is beside each other, what is between is not comparable. */
export function unevenPositions(there: Path, back: Path, devices: Devices): readonly Position[] {
  const [one, other] = [there.hops, back.hops.toReversed()]
  const shortest = Math.min(one.length, other.length)
  const compare = (a: string | null | undefined, b: string | null | undefined): Comparison =>
    a == null || b == null ? unknown : devices.compare(a, b)
  const isSame = (a: string | null | undefined, b: string | null | undefined): boolean => compare(a, b).verdict === 'same'
  let head = 0
  while (head < shortest && isSame(one[head], other[head])) head += 1
  let tail = 0
  while (tail < shortest - head && isSame(one.at(-1 - tail), other.at(-1 - tail))) tail += 1
  const pair = (a: number | null, b: number | null, comparison: Comparison): Position => ({
    number: a !== null && a === b ? a + 1 : null,
    there: a === null ? null : (one[a] ?? null),
    back: b === null ? null : (other[b] ?? null),
    inferred: { there: a !== null && there.inferred.has(a), back: b !== null && back.inferred.has(other.length - 1 - b) },
    comparison,
  })
  const middle = Math.max(one.length, other.length) - head - tail
  return [
    ...Array.from({ length: head }, (_, index) => pair(index, index, compare(one[index], other[index]))),
    ...Array.from({ length: middle }, (_, index) => {
      const at = head + index
      return { ...pair(at < one.length - tail ? at : null, at < other.length - tail ? at : null, unknown), number: null }
    }),
    ...Array.from({ length: tail }, (_, index) => {
      const [a, b] = [one.length - tail + index, other.length - tail + index]
      return { ...pair(a, b, compare(one[a], other[b])), number: null }
    }),
  ]
}
