import { parseDuration } from '../../lib/duration.js'
import { boundsProblem, numberType } from '../../lib/expectation.js'
import { neverNegativeProblem } from '../../lib/expectation-problems.js'
import type { SpecProblem } from '../../model/check.js'
import { isGauge } from './names.js'
import { rateType, ratioType } from './rate.js'
import type { Spec } from './schema.js'

const shortest = 100
const longest = 600_000

/** Faults that the schema cannot express. */
export function problems(spec: Spec): readonly SpecProblem[] {
  return [...subjectProblems(spec), ...windowProblems(spec), ...ratioProblems(spec), ...boundsProblems(spec)]
}

function subjectProblems(spec: Spec): readonly SpecProblem[] {
  if (spec.counter === undefined && spec.ratio === undefined)
    return [{ path: [], message: 'nothing is counted', hint: 'give a `counter` with `value` or `rate`, or a `ratio`' }]
  if (spec.counter !== undefined && spec.ratio !== undefined)
    return [{ path: ['ratio'], message: '`counter` and `ratio` exclude each other', hint: 'write two checks' }]
  if (spec.counter !== undefined && spec.value === undefined && spec.rate === undefined)
    return [{ path: ['counter'], message: `nothing is expected of ${spec.counter}`, hint: 'add `value` or `rate`' }]
  const extra = spec.ratio === undefined ? undefined : (['value', 'rate'] as const).find((key) => spec[key] !== undefined)
  return extra === undefined ? [] : [{ path: [extra], message: `\`${extra}\` is about a \`counter\`, and there is none` }]
}

function windowProblems(spec: Spec): readonly SpecProblem[] {
  if (spec.over === undefined)
    return spec.rate === undefined ? [] : [{ path: ['rate'], message: '`rate` needs a time over which is counted', hint: 'add `over: 5s`' }]
  const ms = parseDuration(spec.over) ?? 0
  if (ms < shortest || ms > longest) return [{ path: ['over'], message: `${spec.over} is not between 100ms and 10m` }]
  if (spec.counter !== undefined && isGauge(spec.counter))
    return [{ path: ['counter'], message: `${spec.counter} does not count: it says how things stand`, hint: 'leave `over` out' }]
  return []
}

function ratioProblems({ ratio }: Spec): readonly SpecProblem[] {
  if (ratio === undefined) return []
  if (ratio.min === undefined && ratio.max === undefined)
    return [{ path: ['ratio'], message: 'nothing is expected of the ratio', hint: 'add `max: "1%"` or `min`' }]
  if (ratio.of.toLowerCase() === ratio.to.toLowerCase()) return [{ path: ['ratio', 'to'], message: 'a counter is always 100 % of itself' }]
  const gauge = (['of', 'to'] as const).find((key) => isGauge(ratio[key]))
  return gauge === undefined ? [] : [{ path: ['ratio', gauge], message: `${ratio[gauge]} does not count: it says how things stand` }]
}

function boundsProblems(spec: Spec): readonly SpecProblem[] {
  const ratio = boundsOf(spec)
  // TcpMaxConn is -1 where there is no limit.
  const counted = spec.counter !== undefined && !isGauge(spec.counter)
  const found: readonly (readonly [readonly string[], string | null])[] = [
    [['value', 'min'], boundsProblem(numberType, spec.value)],
    [['value'], counted ? neverNegativeProblem(numberType, spec.value) : null],
    [['rate', 'min'], boundsProblem(rateType, spec.rate)],
    [['rate'], neverNegativeProblem(rateType, spec.rate)],
    [['ratio', 'min'], boundsProblem(ratioType, ratio)],
    [['ratio', 'min'], neverNegativeProblem(ratioType, ratio)],
  ]
  return found.flatMap(([path, message]) => (message === null ? [] : [{ path, message }]))
}

export function boundsOf({ ratio }: Spec): { readonly min?: string; readonly max?: string } {
  return {
    ...(ratio?.min === undefined ? {} : { min: ratio.min }),
    ...(ratio?.max === undefined ? {} : { max: ratio.max }),
  }
}
