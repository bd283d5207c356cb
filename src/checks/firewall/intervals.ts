/** Whole numbers as disjoint ranges in ascending order, both ends included. */
export type Intervals = readonly (readonly [bigint, bigint])[]

export function single(value: bigint | number): Intervals {
  return [[BigInt(value), BigInt(value)]]
}

/** The one number that it is; null where it is several or none. */
export function onlyValue(intervals: Intervals): bigint | null {
  const [first, ...rest] = intervals
  return first !== undefined && rest.length === 0 && first[0] === first[1] ? first[0] : null
}

// Math.max() takes no bigint.
const later = (a: bigint, b: bigint): bigint => {
  if (a > b) return a
  return b
}
const earlier = (a: bigint, b: bigint): bigint => {
  if (a < b) return a
  return b
}

/** Ranges in any order, overlapping or not. */
export function unionOf(ranges: Intervals): Intervals {
  const sorted = [...ranges].filter(([low, high]) => low <= high).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const joined: [bigint, bigint][] = []
  for (const [low, high] of sorted) {
    const last = joined.at(-1)
    if (last !== undefined && low <= last[1] + 1n) last[1] = later(high, last[1])
    else joined.push([low, high])
  }
  return joined
}

export function intersect(a: Intervals, b: Intervals): Intervals {
  const common: [bigint, bigint][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [one, other] = [a[i], b[j]]
    if (one === undefined || other === undefined) break
    const low = later(one[0], other[0])
    const high = earlier(one[1], other[1])
    if (low <= high) common.push([low, high])
    if (one[1] < other[1]) i += 1
    else j += 1
  }
  return common
}

export function subtract(a: Intervals, b: Intervals): Intervals {
  const rest: [bigint, bigint][] = []
  let from = 0
  for (const [low, high] of a) {
    let start = low
    while (from > 0 && (b[from - 1]?.[1] ?? -1n) >= low) from -= 1
    for (; from < b.length; from += 1) {
      const [cutLow, cutHigh] = b[from] ?? [0n, -1n]
      if (cutLow > high) break
      if (cutHigh < start) continue
      if (cutLow > start) rest.push([start, cutLow - 1n])
      start = cutHigh + 1n
      if (start > high) break
    }
    if (start <= high) rest.push([start, high])
  }
  return rest
}
