import { TopList } from './top-list.js'
import type { Tally } from './value.js'

const mostTallies = 10

/** All zeros between two calls: to make and to search one for each of a hundred requests costs more than to count. */
let counts = new Uint32Array(65_536)

/** The most frequent numbers of a column, all of them below `limit`, and how often they come; equals by their size. */
export function tally(rows: readonly number[], column: readonly number[], limit: number): readonly Tally<number>[] {
  if (counts.length < limit) counts = new Uint32Array(limit)
  const names: number[] = []
  for (const row of rows) {
    const name = column[row] ?? 0
    const before = counts[name] ?? 0
    if (before === 0) names.push(name)
    counts[name] = before + 1
  }
  const frequent = new TopList<Tally<number>>(mostTallies, (a, b) => b.count - a.count || a.name - b.name)
  for (const name of names) {
    frequent.offer({ name, count: counts[name] ?? 0 })
    counts[name] = 0
  }
  return frequent.items
}
