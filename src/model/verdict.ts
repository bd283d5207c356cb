/**
 * `fail`: an expectation is unmet. `error`: it could not be determined whether it is met.
 * `skip`: it does not apply here.
 */
export type Verdict = 'pass' | 'fail' | 'error' | 'skip'

/** From the weightiest to the lightest. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const
export type Severity = (typeof severities)[number]
