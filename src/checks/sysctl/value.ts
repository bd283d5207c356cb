import { describeExpectation, type Expectation, meets, type ValueType } from '../../lib/expectation.js'

type Raw = string | number

/** The fields of a value, which spaces and tabs separate. */
type Fields = readonly string[]

const numeric = (field: string): number => (/^[+-]?\d+(\.\d+)?$/.test(field) ? Number(field) : Number.NaN)

const sameField = (a: string, b: string | undefined): boolean => a === b || (b !== undefined && numeric(a) === numeric(b))

const fieldsOf = (text: string): Fields => text.split(/\s+/).filter((field) => field !== '')

/** Values of several fields are more than others where every field is at least as much; many are neither more nor less. */
const valueType: ValueType<Raw, Fields> = {
  read: (raw) => fieldsOf(String(raw)),
  equal: (a, b) => a.length === b.length && a.every((field, index) => sameField(field, b[index])),
  compare: (a, b) => {
    const differences = a.map((field, index) => numeric(field) - numeric(b[index] ?? ''))
    if (a.length !== b.length || differences.some(Number.isNaN)) return Number.NaN
    if (differences.every((difference) => difference >= 0)) return Math.max(...differences, 0)
    return differences.every((difference) => difference <= 0) ? Math.min(...differences) : Number.NaN
  },
  show: (fields) => fields.join(' '),
}

/** `contains` looks for a field, not for letters: there is no `bbr` in `bbr2`. */
export function isExpected(expected: Expectation<Raw>, actual: string): boolean {
  const fields = fieldsOf(actual)
  if (typeof expected !== 'object' || expected.contains === undefined) return meets(valueType, expected, fields)
  const { contains, ...rest } = expected
  return fields.some((field) => sameField(field, contains)) && (Object.keys(rest).length === 0 || meets(valueType, rest, fields))
}

export const describeExpected = (expected: Expectation<Raw>): string => describeExpectation(valueType, expected)

export const showValue = (value: string): string => (value === '' ? 'empty' : fieldsOf(value).join(' '))
