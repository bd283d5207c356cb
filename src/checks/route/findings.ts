import type { Finding } from '../../model/check.js'
import type { Comparison, Outcome } from './compare.js'

const verdicts = { met: 'pass', unmet: 'fail', unknown: 'error' } as const satisfies Record<Outcome, Finding['verdict']>

/** @param label `route default`; the property, when there is one, is added to it. */
export function findingOf(label: string, { property, outcome, expected, actual }: Comparison, message: string): Finding {
  return { verdict: verdicts[outcome], subject: property === '' ? label : `${label}: ${property}`, expected, actual, message }
}
