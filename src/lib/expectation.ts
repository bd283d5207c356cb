/**
 * The one grammar of expectations: a plain value means equal to; an object of operators means all of them.
 * `min` and `max` include their bound. Every check that compares values uses this, so that YAML reads the same everywhere.
 */
export type Expectation<Raw> = Raw | Operators<Raw>

export interface Operators<Raw> {
  readonly min?: Raw
  readonly max?: Raw
  readonly not?: Raw | readonly Raw[]
  readonly 'one-of'?: readonly Raw[]
  /** A JavaScript regular expression, searched for in the value as it is shown. */
  readonly matches?: string
  readonly contains?: string
}

/** How values of one type are read from YAML, compared and shown. */
export interface ValueType<Raw, Value> {
  /** From YAML; the room's `problems` has refused what cannot be read. */
  read(raw: Raw): Value
  equal(a: Value, b: Value): boolean
  /** Negative when a < b. Absent for types without an order. */
  compare?(a: Value, b: Value): number
  show(value: Value): string
  /** What a pattern may fit, any of it, where that is more than the value as it is shown. */
  texts?(value: Value): readonly string[]
}

/** For a room's schema: `value` itself, or operators over it. */
export function expectationSchema<const Value extends object>(value: Value) {
  return { anyOf: [value, operatorsSchema(value)] } as const
}

function operatorsSchema<const Value extends object>(value: Value) {
  return {
    type: 'object',
    properties: {
      min: value,
      max: value,
      not: { anyOf: [value, { type: 'array', items: value, minItems: 1 }] },
      'one-of': { type: 'array', items: value, minItems: 1 },
      matches: { type: 'string', minLength: 1, format: 'regex' },
      contains: { type: 'string', minLength: 1 },
    },
    additionalProperties: false,
    minProperties: 1,
  } as const
}

function isOperators<Raw>(expectation: Expectation<Raw>): expectation is Operators<Raw> {
  return typeof expectation === 'object' && expectation !== null && !Array.isArray(expectation)
}

const asList = <Raw>(value: Raw | readonly Raw[]): readonly Raw[] => (Array.isArray(value) ? value : [value]) as readonly Raw[]

/**
 * Whether `actual` is as expected. A value that is not there (null) meets only `not`.
 * @throws SyntaxError when `matches` is no regular expression; schemas refuse that earlier.
 */
export function meets<Raw, Value>(type: ValueType<Raw, Value>, expectation: Expectation<Raw>, actual: Value | null): boolean {
  if (!isOperators(expectation)) return actual !== null && type.equal(type.read(expectation), actual)
  const { min, max, not, 'one-of': oneOf, matches, contains } = expectation
  if (actual === null) return [min, max, oneOf, matches, contains].every((operator) => operator === undefined)
  const compare = (bound: Raw): number => type.compare?.(actual, type.read(bound)) ?? Number.NaN
  const texts = type.texts?.(actual) ?? [type.show(actual)]
  return (
    (min === undefined || compare(min) >= 0) &&
    (max === undefined || compare(max) <= 0) &&
    (not === undefined || !asList(not).some((raw) => type.equal(type.read(raw), actual))) &&
    (oneOf === undefined || oneOf.some((raw) => type.equal(type.read(raw), actual))) &&
    (matches === undefined || texts.some((text) => new RegExp(matches, 'u').test(text.slice(0, 10_000)))) &&
    (contains === undefined || texts.some((text) => text.includes(contains)))
  )
}

/** Why no value can meet an expectation, by its bounds; null where one can. For a room's `problems`: the path is that of `min`. */
export function boundsProblem<Raw, Value>(type: ValueType<Raw, Value>, expectation: Expectation<Raw> | undefined): string | null {
  if (expectation === undefined || !isOperators(expectation)) return null
  const { min, max } = expectation
  if (min === undefined || max === undefined) return null
  return (type.compare?.(type.read(min), type.read(max)) ?? 0) > 0 ? `\`min\` ${min} is more than \`max\` ${max}` : null
}

/** The expectation in words: `at least 5 and at most 10`, `not 10.0.0.1`, `one of a, b`. */
export function describeExpectation<Raw, Value>(type: ValueType<Raw, Value>, expectation: Expectation<Raw>): string {
  const show = (raw: Raw): string => type.show(type.read(raw))
  if (!isOperators(expectation)) return show(expectation)
  const { min, max, not, 'one-of': oneOf, matches, contains } = expectation
  return [
    min === undefined ? '' : `at least ${show(min)}`,
    max === undefined ? '' : `at most ${show(max)}`,
    not === undefined ? '' : `not ${asList(not).map(show).join(' or ')}`,
    oneOf === undefined ? '' : `one of ${oneOf.map(show).join(', ')}`,
    matches === undefined ? '' : `matching /${matches}/`,
    contains === undefined ? '' : `containing ${contains}`,
  ]
    .filter((words) => words !== '')
    .join(' and ')
}

export const textType: ValueType<string, string> = {
  read: (raw) => raw,
  equal: (a, b) => a === b,
  show: (value) => value,
}

export const numberType: ValueType<number, number> = {
  read: (raw) => raw,
  equal: (a, b) => a === b,
  compare: (a, b) => a - b,
  show: (value) => String(value),
}
