import { nearest } from '../../lib/nearest.js'
import { printableLine, printableQuote } from '../../lib/printable.js'
import type { Json, JsonObject } from '../../model/json.js'

/** @returns the keys of a JSON Pointer (RFC 6901, sections 3 and 4), or null when it is none. */
export function parsePointer(pointer: string): readonly string[] | null {
  if (pointer === '') return []
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return null
  return pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}

const spell = (keys: readonly string[]): string => keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

export type Pointed = { readonly value: Json } | { readonly missing: string }

/** What a pointer leads to, or in a sentence where the way ends. */
export function follow(document: Json, keys: readonly string[]): Pointed {
  let value = document
  for (const [index, key] of keys.entries()) {
    const found = memberOf(value, key)
    if (found === undefined) return { missing: whereItEnds(value, keys.slice(0, index), key) }
    value = found
  }
  return { value }
}

function memberOf(value: Json, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(key) ? (value as readonly Json[])[Number(key)] : undefined
  return Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined
}

const shownKeys = 8

function whereItEnds(value: Json, way: readonly string[], key: string): string {
  const place = way.length === 0 ? 'The document' : `"${printableLine(spell(way), 80)}"`
  if (typeof value !== 'object' || value === null) return `${place} is ${showJson(value)}, with nothing in it.`
  if (Array.isArray(value)) {
    return value.length === 0 ? `${place} is an empty list.` : `${place} is a list of ${value.length}: /0 to /${value.length - 1}.`
  }
  const keys = Object.keys(value)
  if (keys.length === 0) return `${place} is an empty map.`
  const near = nearest(key, keys)
  const named = keys.slice(0, shownKeys).map((one) => printableLine(one, 40))
  const rest = keys.length > shownKeys ? ` and ${keys.length - shownKeys} more` : ''
  const hint = near === null ? '' : ` Did you mean "${printableLine(spell([...way, near]), 80)}"?`
  return `${place} has ${named.join(', ')}${rest}.${hint}`
}

/** A value on one line. What is in lists and maps is counted, not shown: a host decides how deep they are. */
export function showJson(value: Json): string {
  if (typeof value !== 'object' || value === null) return showScalar(value)
  if (!Array.isArray(value)) return `a map of ${Object.keys(value).length}`
  const flat = value.length <= 10 && value.every((item) => typeof item !== 'object' || item === null)
  const items = flat ? `[${value.map(showScalar).join(',')}]` : ''
  return flat && items.length <= 400 ? items : `a list of ${value.length}`
}

function showScalar(value: string | number | boolean | null): string {
  if (typeof value === 'number') return isRounded(value) ? `about ${value}` : String(value)
  return typeof value === 'string' ? printableQuote(value) : String(value)
}

/**
 * Whether other integers are read as the same number (RFC 8259, section 6): JSON.parse makes a double of it, and 12345678901234567890 and
 * 12345678901234567891 are one. Beyond what a double holds it is infinite.
 */
export const isRounded = (value: number): boolean => !Number.isSafeInteger(value) && (Number.isInteger(value) || !Number.isFinite(value))
