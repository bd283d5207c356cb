import type { SetOf } from './schema.js'

export interface SetResult<Actual> {
  /** Expected and not there, as the runbook has them. */
  readonly missing: readonly string[]
  /** There and not expected; none where only some are named. */
  readonly extra: readonly Actual[]
  readonly expected: string
}

/** Compares a set with what is there. @param matches whether an expected item is this one. */
export function compareSets<Item, Actual>(
  set: SetOf<Item>,
  actual: readonly Actual[],
  matches: (item: Item, actual: Actual) => boolean,
  show: (item: Item) => string,
): SetResult<Actual> {
  const isWhole = !('contains' in set)
  const wanted = 'contains' in set ? set.contains : set
  const missing = wanted.filter((item) => !actual.some((entry) => matches(item, entry)))
  const extra = isWhole ? actual.filter((entry) => !wanted.some((item) => matches(item, entry))) : []
  const names = wanted.map(show).join(', ')
  return { missing: missing.map(show), extra, expected: isWhole ? names || 'none' : `containing ${names}` }
}
