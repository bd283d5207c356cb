import type { DetailSummary, Measured, SocketSummary } from '../../facts/sockets/index.js'
import { type Expectation, meets, numberType } from '../../lib/expectation.js'
import type { Measure } from './measures.js'

export type Outcome = 'met' | 'unmet' | 'unknown'

/** More hidden sockets than that are not tried one by one. */
const mostTried = 1_000

/**
 * @param hidden how many more there may be, as it is not shown who holds them. What holds of every number from `count` to
 * `count + hidden` is certain.
 */
export function judgeCount(expected: Expectation<number>, { count }: SocketSummary, hidden: number): Outcome {
  const first = meets(numberType, expected, count)
  if (hidden === 0) return first ? 'met' : 'unmet'
  if (hidden > mostTried) {
    const bounded = typeof expected === 'object' && expected.not === undefined && expected['one-of'] === undefined
    if (!bounded) return 'unknown'
    const last = meets(numberType, expected, count + hidden)
    if (first && last) return 'met'
    return first || last || !liesBeyond(expected, count, count + hidden) ? 'unknown' : 'unmet'
  }
  const all = Array.from({ length: hidden + 1 }, (_, more) => meets(numberType, expected, count + more))
  return all.every((met) => met) ? 'met' : all.some((met) => met) ? 'unknown' : 'unmet'
}

/** Whether bounds leave out all of a range. */
function liesBeyond({ min, max }: { readonly min?: number; readonly max?: number }, from: number, to: number): boolean {
  return (min !== undefined && to < min) || (max !== undefined && from > max)
}

export interface MeasureJudged {
  readonly outcome: Outcome
  /** The sockets that are out of bounds, the worst first; of many, five on each side. */
  readonly worst: readonly Measured[]
}

/** Every socket has to be within the bounds; one that does not show the detail may be anywhere. */
export function judgeMeasure({ min, max }: Measure, summary: DetailSummary): MeasureJudged {
  const above = max === null ? [] : summary.highest.filter(({ value }) => value > max)
  const below = min === null ? [] : summary.lowest.filter(({ value }) => value < min)
  const worst = [...above, ...below]
  if (worst.length > 0) return { outcome: 'unmet', worst }
  return { outcome: summary.hidden > 0 || summary.shown === 0 ? 'unknown' : 'met', worst }
}
