import { describeExpectation, meets, numberType } from '../../lib/expectation.js'
import type { Json, JsonObject } from '../../model/json.js'
import { type Pointed, showJson } from './pointer.js'
import type { MemberExpectation } from './schema.js'

type Operators = Extract<MemberExpectation, { readonly [key: string]: unknown }>

export const isOperators = (expectation: MemberExpectation): expectation is Operators =>
  typeof expectation === 'object' && expectation !== null && !Array.isArray(expectation)

/** Whether what a pointer leads to is as expected. Values are equal only when their types are: 1 is not "1". */
export function meetsMember(expectation: MemberExpectation, found: Pointed): boolean {
  if (!isOperators(expectation)) return 'value' in found && isEqual(expectation as Json, found.value)
  const { min, max, not, 'one-of': oneOf, matches, contains, count, absent } = expectation
  if (absent === true) return 'missing' in found
  if ('missing' in found) return false
  const { value } = found
  return (
    (min === undefined || (typeof value === 'number' && value >= min)) &&
    (max === undefined || (typeof value === 'number' && value <= max)) &&
    (not === undefined || !(Array.isArray(not) ? not : [not]).some((one) => isEqual(one as Json, value))) &&
    (oneOf === undefined || oneOf.some((one) => isEqual(one as Json, value))) &&
    (matches === undefined || (typeof value === 'string' && new RegExp(matches, 'u').test(value.slice(0, 10_000)))) &&
    (contains === undefined || holds(value, contains as Json)) &&
    (count === undefined || meets(numberType, count, countOf(value)))
  )
}

export function describeMember(expectation: MemberExpectation): string {
  if (!isOperators(expectation)) return showJson(expectation as Json)
  const { min, max, not, 'one-of': oneOf, matches, contains, count, absent } = expectation
  const show = (value: unknown): string => showJson(value as Json)
  return [
    min === undefined ? '' : `at least ${min}`,
    max === undefined ? '' : `at most ${max}`,
    not === undefined ? '' : `not ${(Array.isArray(not) ? not : [not]).map(show).join(' or ')}`,
    oneOf === undefined ? '' : `one of ${oneOf.map(show).join(', ')}`,
    matches === undefined ? '' : `matching /${matches}/`,
    contains === undefined ? '' : `containing ${show(contains)}`,
    count === undefined ? '' : `with ${describeExpectation(numberType, count)} items`,
    absent === true ? 'absent' : '',
  ]
    .filter((words) => words !== '')
    .join(' and ')
}

/** As deep as `expected` is, which comes from a runbook. */
function isEqual(expected: Json, actual: Json): boolean {
  if (typeof expected !== 'object' || expected === null) return expected === actual
  if (typeof actual !== 'object' || actual === null || Array.isArray(expected) !== Array.isArray(actual)) return false
  const keys = Object.keys(expected)
  return (
    keys.length === Object.keys(actual).length &&
    keys.every((key) => Object.hasOwn(actual, key) && isEqual((expected as JsonObject)[key] ?? null, (actual as JsonObject)[key] ?? null))
  )
}

function holds(value: Json, part: Json): boolean {
  if (typeof value === 'string') return typeof part === 'string' && value.includes(part)
  return Array.isArray(value) && value.some((item: Json) => isEqual(part, item))
}

function countOf(value: Json): number | null {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : null
}
