import type { SysctlAssignment, SysctlConfig } from '../../facts/sysctl-config/index.js'
import { sentences } from '../../lib/sentences.js'
import { keyOf } from '../../lib/sysctl-key.js'
import type { Finding } from '../../model/check.js'
import { configured, later, place, unset } from './boot-files.js'
import { asksForwarding, combinationOf, combine, describeCombination, possibleValues, sidesOf } from './combination.js'
import { type PerInterface, pathFor } from './key.js'
import type { Spec } from './schema.js'
import { describeExpected, isExpected } from './value.js'

/**
 * What is in effect on an interface of its own configuration; it begins with what `default` says where that is all there is. Where one of
 * two values is set by no file, every value that it may have is tried: often the other one decides alone.
 */
export function judgeInterface(spec: Spec, setting: PerInterface, config: SysctlConfig): Finding {
  const path = pathFor(setting, setting.device)
  const finding = { subject: `sysctl ${keyOf(path)} in effect at the next boot`, expected: describeExpected(spec.value) }
  const combination = combinationOf(setting) ?? 'own'
  const sides = sidesOf(combination)
  const all = sides.includes('all') ? configured(pathFor(setting, 'all'), config) : null
  const own = sides.includes('own') ? (configured(path, config) ?? configured(pathFor(setting, 'default'), config)) : null
  const forwarding = asksForwarding(combination) ? configured(pathFor({ ...setting, setting: 'forwarding' }, setting.device), config) : null
  const wanting = sides.includes('own') && own === null ? pathFor(setting, 'default') : pathFor(setting, 'all')
  const nothing: Finding = { ...finding, verdict: 'fail', actual: `${keyOf(wanting)} is set by no file`, message: unset(wanting, config) }
  const found = [all, own].filter((side) => side !== null)
  if (found.length === 0 && forwarding === null) return nothing
  if (found.some(({ value }) => Number.isNaN(Number(value))))
    return { ...finding, verdict: 'error', actual: found.map(({ value }) => value).join(' and '), message: 'These are no numbers.' }

  const forwards = forwarding !== null && Number(forwarding.value) !== 0
  const mayBe = (side: SysctlAssignment | null): readonly number[] => (side === null ? possibleValues(setting) : [Number(side.value)])
  const results = mayBe(all).flatMap((a) => mayBe(own).map((o) => combine(combination, { all: a, own: o, forwarding: forwards })))
  const met = results.filter((result) => isExpected(spec.value, String(result)))
  const places = found.length === 0 && forwarding !== null ? [place(forwarding)] : found.map(place)
  const actual = `${showResults(results)} (${[...new Set(places)].join(', ')})`
  const isWhole = found.length === sides.length
  if (met.length === results.length)
    return {
      ...finding,
      verdict: 'pass',
      actual,
      message: isWhole ? '' : `${keyOf(wanting)} is set by no file, which makes no difference here.`,
    }
  if (found.length === 0 && met.length > 0) return nothing
  const numbers = { all: all === null ? null : Number(all.value), own: own === null ? null : Number(own.value), forwarding: forwards }
  const words = describeCombination(combination, setting.device, numbers)
  const why = `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
  if (met.length === 0) return { ...finding, verdict: 'fail', actual, message: `${why} Change the files. ${later}` }
  return { ...finding, verdict: 'error', actual, message: sentences(why, unset(wanting, config)) }
}

/** `0`, `1 or 2`, `1 to 8`. */
function showResults(results: readonly number[]): string {
  const values = [...new Set(results)].sort((a, b) => a - b)
  return values.length > 2 ? `${values[0]} to ${values.at(-1)}` : values.join(' or ')
}
