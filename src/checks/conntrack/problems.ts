import { conntrackCounterNames } from '../../facts/conntrack/index.js'
import { parseDuration } from '../../lib/duration.js'
import { boundsProblem, numberType } from '../../lib/expectation.js'
import { neverNegativeProblem } from '../../lib/expectation-problems.js'
import { percentType } from '../../lib/value-types.js'
import type { SpecProblem } from '../../model/check.js'
import type { Spec } from './schema.js'

const shortest = 100
const longest = 600_000

/** Faults that the schema cannot express. */
export function problems(spec: Spec): readonly SpecProblem[] {
  return [...windowProblems(spec), ...boundsProblems(spec)]
}

function windowProblems(spec: Spec): readonly SpecProblem[] {
  if (spec.over === undefined) return []
  if (!conntrackCounterNames.some((name) => spec[name] !== undefined)) {
    const message = '`over` is about counters, and none is expected'
    return [{ path: ['over'], message, hint: `add one of ${conntrackCounterNames.join(', ')}` }]
  }
  const ms = parseDuration(spec.over) ?? 0
  return ms < shortest || ms > longest ? [{ path: ['over'], message: `${spec.over} is not between 100ms and 10m` }] : []
}

function boundsProblems(spec: Spec): readonly SpecProblem[] {
  const numbers = (['entries', 'maximum', ...conntrackCounterNames] as const).map((key) => ({
    key,
    message: boundsProblem(numberType, spec[key]) ?? neverNegativeProblem(numberType, spec[key]),
  }))
  const used = boundsProblem(percentType, spec.used) ?? neverNegativeProblem(percentType, spec.used)
  return [{ key: 'used', message: used }, ...numbers].flatMap(({ key, message }) =>
    message === null ? [] : [{ path: [key, 'min'], message }],
  )
}
