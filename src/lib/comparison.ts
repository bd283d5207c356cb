import type { Finding } from '../model/check.js'
import { describeExpectation, type Expectation, meets, type ValueType } from './expectation.js'

/** `unknown`: the host does not show what would decide it. */
export type Outcome = 'met' | 'unmet' | 'unknown'

export interface Comparison {
  readonly property: string
  readonly outcome: Outcome
  readonly expected: string
  readonly actual: string
}

/** The outcome of all comparisons together. */
export function overall(comparisons: readonly Comparison[]): Outcome {
  if (comparisons.some(({ outcome }) => outcome === 'unmet')) return 'unmet'
  return comparisons.some(({ outcome }) => outcome === 'unknown') ? 'unknown' : 'met'
}

/** @param known false when the host does not show the value. */
export function compare<Raw, Value>(
  property: string,
  type: ValueType<Raw, Value>,
  expectation: Expectation<Raw> | undefined,
  actual: Value | null,
  known: boolean,
): Comparison | null {
  if (expectation === undefined) return null
  const outcome = known ? (meets(type, expectation, actual) ? 'met' : 'unmet') : 'unknown'
  return {
    property,
    outcome,
    expected: describeExpectation(type, expectation),
    actual: known ? (actual === null ? 'none' : type.show(actual)) : 'not shown by this host',
  }
}

const verdicts = { met: 'pass', unmet: 'fail', unknown: 'error' } as const satisfies Record<Outcome, Finding['verdict']>

/** @param label `route default`; the property, when there is one, is added to it. */
export function findingOf(label: string, { property, outcome, expected, actual }: Comparison, message: string): Finding {
  return { verdict: verdicts[outcome], subject: property === '' ? label : `${label}: ${property}`, expected, actual, message }
}
