import { durationPattern } from '../../lib/duration.js'
import { nearest } from '../../lib/nearest.js'
import type { DataPath, Part } from '../document.js'
import { describeBranches, describeSchema, describeValue, quote } from './describe.js'
import { noBranch } from './judge.js'
import type { Schema, SchemaError } from './types.js'

/** One error with everything needed to put it in words. */
export interface Case {
  readonly error: SchemaError
  /** The schema that holds the failed keyword. */
  readonly schema: Schema
  readonly path: DataPath
  readonly value: unknown
}

export interface Phrase {
  readonly code: string
  readonly message: string
  readonly hint?: string | undefined
  /** Steps behind the case's own path. */
  readonly below?: DataPath
  readonly at?: Part
}

/** `null` is for keywords whose inner errors say it better. */
type Phraser = (found: Case) => Phrase | null

const text = (value: unknown): string => String(value)

const expectedFound: Phraser = ({ schema, value }) => ({
  code: 'wrong-value',
  message: `expected ${describeSchema(schema)}, found ${describeValue(value)}`,
})

const unknownKey: Phraser = ({ error, schema, path }) => {
  const key = text(error.params.additionalProperty ?? error.params.unevaluatedProperty)
  const known = Object.keys((schema.properties ?? {}) as Schema)
  const where = path.length === 0 ? '' : ` in ${lastName(path)}`
  return { code: 'unknown-key', message: `unknown key "${key}"${where}`, hint: suggest(key, known), below: [key], at: 'key' }
}

const missingKey: Phraser = ({ error, schema, path }) => {
  const key = text(error.params.missingProperty)
  const wanted = (schema.properties as Schema | undefined)?.[key] as Schema | undefined
  const hint = wanted === undefined ? undefined : `write ${key}: and ${describeSchema(wanted)}`
  const where = path.length === 0 ? '' : ` in ${lastName(path)}`
  return { code: 'missing-key', message: `missing key "${key}"${where}`, hint, at: 'key' }
}

const wrongType: Phraser = ({ schema, value }) => {
  const message = `expected ${describeSchema(schema)}, found ${describeValue(value)}`
  return { code: 'wrong-type', message, hint: typeHint([schema], value) }
}

/** How to write `value` so that one of the schemas takes it. */
function typeHint(schemas: readonly Schema[], value: unknown): string | undefined {
  const of = (type: string): Schema | undefined => schemas.find((schema) => [schema.type].flat().includes(type))
  const text = of('string')
  if (text !== undefined && (typeof value === 'number' || typeof value === 'boolean')) {
    if (text.pattern === durationPattern) return `a number needs a unit: ${value}s or ${value}ms`
    return typeof text.pattern === 'string' && !new RegExp(text.pattern, 'u').test(`${value}`) ? undefined : `put it in quotes: "${value}"`
  }
  const number = of('integer') ?? of('number')
  if (number !== undefined && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return `remove the quotes: ${value}`
  const list = of('array')
  const fits = typeof value === 'string' && value.length < 40 && (list?.items as Schema | undefined)?.type === 'string'
  return schemas.length === 1 && fits ? `write a list: [${value}]` : undefined
}

const notListed: Phraser = ({ schema, value }) => {
  const allowed = Array.isArray(schema.enum) ? schema.enum : [schema.const]
  const near =
    typeof value === 'string'
      ? nearest(
          value,
          allowed.filter((word) => typeof word === 'string'),
        )
      : null
  const message = `expected ${describeSchema(schema)}, found ${describeValue(value)}`
  return { code: 'wrong-value', message, hint: near === null ? undefined : `did you mean ${quote(near)}?` }
}

const noneFits: Phraser = ({ error, schema, value }) => {
  const all = (schema.anyOf ?? schema.oneOf) as readonly Schema[]
  const indexes = error.params.branches as readonly string[]
  const branches = indexes.flatMap((index): readonly Schema[] => {
    const branch = all[Number(index)]
    return branch === undefined ? [] : [branch]
  })
  const allowed = branches.flatMap((branch) => [branch.const, branch.enum].flat()).filter((word) => typeof word === 'string')
  const near = typeof value === 'string' ? nearest(value, allowed) : null
  const expected = typeof schema['x-expected'] === 'string' ? schema['x-expected'] : describeBranches(branches)
  const hint = near === null ? typeHint(branches, value) : `did you mean ${quote(near)}?`
  return { code: 'wrong-value', message: `expected ${expected}, found ${describeValue(value)}`, hint }
}

const emptyList: Phraser = ({ error, value }) => {
  const limit = Number(error.params.limit)
  const found = Array.isArray(value) && value.length > 0 ? `${value.length}` : 'an empty list'
  return { code: 'wrong-value', message: `expected at least ${limit} ${limit === 1 ? 'item' : 'items'}, found ${found}` }
}

const longList: Phraser = ({ error, value }) => ({
  code: 'wrong-value',
  message: `expected at most ${error.params.limit} items, found ${Array.isArray(value) ? value.length : 'more'}`,
})

const emptyMap: Phraser = ({ schema, value }) => {
  const known = Object.keys((schema.properties ?? {}) as Schema)
  const hint = known.length === 0 ? undefined : `say at least one of ${known.join(', ')}`
  return { code: 'asserts-nothing', message: `expected something to hold, found ${describeValue(value)}`, hint }
}

const repeated: Phraser = ({ error, value }) => {
  const [later, earlier] = [Number(error.params.i), Number(error.params.j)].sort((a, b) => b - a) as [number, number]
  const item = Array.isArray(value) ? describeValue(value[later]) : 'an item'
  return { code: 'repeated-item', message: `${item} is in the list already`, hint: `it is item ${earlier + 1}`, below: [later] }
}

const companion: Phraser = ({ error }) => {
  const { property, missingProperty } = error.params
  return { code: 'missing-key', message: `"${property}" needs "${missingProperty}" beside it`, below: [text(property)], at: 'key' }
}

const excluded: Phraser = ({ schema, value }) => {
  const not = schema.not as Schema | undefined
  const together = not?.required
  if (!Array.isArray(together) || together.length < 2) return expectedOrRefused(schema, value)
  return {
    code: 'excluded-key',
    message: `${together.map((key) => `"${key}"`).join(' and ')} exclude each other`,
    below: [text(together.at(-1))],
    at: 'key',
  }
}

function expectedOrRefused(schema: Schema, value: unknown): Phrase {
  const expected = schema['x-expected']
  const message =
    typeof expected === 'string' ? `expected ${expected}, found ${describeValue(value)}` : `${describeValue(value)} is not allowed here`
  return { code: 'wrong-value', message }
}

const wrongKey: Phraser = ({ error, schema }) => ({
  code: 'wrong-key',
  message: `expected ${describeSchema({ type: 'string', ...schema })} as key, found ${quote(error.propertyName)}`,
  at: 'key',
})

const phrasers: Readonly<Record<string, Phraser>> = {
  additionalProperties: unknownKey,
  unevaluatedProperties: unknownKey,
  required: missingKey,
  dependentRequired: companion,
  type: wrongType,
  enum: notListed,
  const: notListed,
  [noBranch]: noneFits,
  pattern: expectedFound,
  format: expectedFound,
  minLength: expectedFound,
  maxLength: expectedFound,
  minimum: expectedFound,
  maximum: expectedFound,
  exclusiveMinimum: expectedFound,
  exclusiveMaximum: expectedFound,
  multipleOf: expectedFound,
  minItems: emptyList,
  maxItems: longList,
  minProperties: emptyMap,
  uniqueItems: repeated,
  not: excluded,
  'false schema': ({ value }) => expectedOrRefused({}, value),
  propertyNames: () => null,
  if: () => null,
}

/** A key is judged, not a value: `propertyNames`. */
export function phrase(found: Case): Phrase | null {
  if (found.error.propertyName !== undefined) return wrongKey(found)
  const phraser = phrasers[found.error.keyword]
  if (phraser !== undefined) return phraser(found)
  return { code: 'wrong-value', message: found.error.message ?? `does not meet "${found.error.keyword}"` }
}

/** For hints: the nearest word, otherwise all of them when they are few enough to read. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const near = nearest(word, known)
  if (near !== null) return `did you mean ${quote(near)}?`
  return known.length === 0 || known.length > 20 ? undefined : `known are ${known.join(', ')}`
}

function lastName(path: DataPath): string {
  const name = path.findLast((step) => Number.isNaN(Number(step)))
  return name === undefined ? 'this item' : `"${name}"`
}
