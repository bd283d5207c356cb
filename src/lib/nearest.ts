/** Longer words are not compared: nobody mistypes them by a letter, and the comparison is quadratic. */
const longestWord = 64

/**
 * The candidate that `word` was most likely meant to be: at most a third of its letters wrong, missing, added or swapped.
 * Case counts as half a mistake. @returns null when none is near.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > longestWord) return null
  const allowed = Math.max(1, Math.floor(word.length / 3))
  let best: string | null = null
  let least = allowed + 0.5
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) > allowed) continue
    const distance =
      editDistance(word.toLowerCase(), candidate.toLowerCase()) + 0.5 * Number(word.toLowerCase() === candidate.toLowerCase())
    if (distance >= least) continue
    least = distance
    best = candidate
  }
  return best
}

/** `did you mean "web1"?`, for the hint of a diagnostic; undefined when nothing is near. */
export function nearestHint(word: string, candidates: Iterable<string>): string | undefined {
  const candidate = nearest(word, candidates)
  return candidate === null ? undefined : `did you mean "${candidate}"?`
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. */
function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const edited = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      row.push(swapped ? Math.min(edited, (beforeLast[j - 2] ?? 0) + 1) : edited)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}
