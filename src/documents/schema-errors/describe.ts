import { durationPattern } from '../../lib/duration.js'
import type { Schema } from './types.js'

/** The longest piece of a value that a message quotes. */
const quoteLimit = 60

/** A value in a sentence: `"abc"`, `the number 5`, `a list`. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'an empty map' : 'a map'
  if (typeof value === 'number') return `the number ${value}`
  return quote(value)
}

/** A value as one would write it in YAML. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' && value.length > quoteLimit ? `${value.slice(0, quoteLimit)}…` : value
  return JSON.stringify(text) ?? 'nothing'
}

/** `a`, `a or b`, `a, b or c`. */
function oneOfList(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`
}

/**
 * What a schema wants, in words that fit behind "expected". A schema can say it itself with the annotation `x-expected`
 * (`an address or a name`); otherwise its keywords and `examples` are put in words.
 */
export function describeSchema(schema: Schema): string {
  if (typeof schema['x-expected'] === 'string') return schema['x-expected']
  if ('const' in schema) return plain(schema.const)
  if (Array.isArray(schema.enum)) return oneOfList(schema.enum.map(plain))
  const branches = schema.anyOf ?? schema.oneOf
  if (Array.isArray(branches)) return describeBranches(branches)
  const types = [schema.type].flat()
  return oneOfList(types.map((type) => (describers[String(type)] ?? describeString)(schema)))
}

/** What any of the schemas wants; a list of what another one wants is "a list of them". */
export function describeBranches(branches: readonly Schema[]): string {
  const single = new Set(branches.filter((branch) => branch.type !== 'array').map((branch) => describeSchema(branch)))
  const isOfThem = ({ items }: Schema): boolean => single.has(describeSchema((items ?? {}) as Schema))
  const lists = branches
    .filter((branch) => branch.type === 'array')
    .map((branch) => (isOfThem(branch) ? 'a list of them' : describeSchema(branch)))
  return [oneOfList([...single]), oneOfList([...new Set(lists)])].filter((words) => words !== '').join(', or ')
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : quote(value)
}

const describers: Readonly<Record<string, (schema: Schema) => string>> = {
  string: describeString,
  integer: (schema) => `a whole number${describeBounds(schema)}`,
  number: (schema) => `a number${describeBounds(schema)}`,
  boolean: () => 'true or false',
  null: () => 'nothing',
  array: describeArray,
  object: describeObject,
}

function describeString(schema: Schema): string {
  if (schema.pattern === durationPattern) return 'a duration such as 5s'
  if (schema.format === 'regex') return 'a regular expression'
  const examples = schema.examples
  if (Array.isArray(examples) && examples.length > 0) return `text such as ${quote(examples[0])}`
  if (typeof schema.pattern === 'string') return `text matching /${schema.pattern}/`
  if (typeof schema.maxLength === 'number') return `text of at most ${schema.maxLength} characters`
  return 'text'
}

function describeBounds(schema: Schema): string {
  const [min, max] = [schema.minimum, schema.maximum]
  const [above, below] = [schema.exclusiveMinimum, schema.exclusiveMaximum]
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`
  const words = [
    min === undefined ? '' : `of at least ${min}`,
    max === undefined ? '' : `of at most ${max}`,
    above === undefined ? '' : `above ${above}`,
    below === undefined ? '' : `below ${below}`,
  ].filter((part) => part !== '')
  return words.length === 0 ? '' : ` ${words.join(' and ')}`
}

function describeArray(schema: Schema): string {
  const items = schema.items
  if (typeof items !== 'object' || items === null) return 'a list'
  return `a list of ${describeItems(items as Schema)}`
}

function describeItems(items: Schema): string {
  const one = describeSchema(items)
  return one === 'text' || one.startsWith('text ') ? one : `items that are each ${one}`
}

function describeObject(schema: Schema): string {
  const keys = Object.keys(typeof schema.properties === 'object' && schema.properties !== null ? schema.properties : {})
  if (keys.length === 0) return 'a map'
  const shown = keys.length > 6 ? [...keys.slice(0, 5), '…'] : keys
  return `a map with ${shown.join(', ')}`
}
