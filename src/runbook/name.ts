import { printableLine } from '../lib/printable.js'
import type { Json } from '../model/json.js'
import { isMap } from './data.js'

const nameLimit = 80
const idLimit = 80

/**
 * A name for a check that has none: `route default via 203.0.113.1`. The first value is bare, as the field's own tools write it,
 * unless it says nothing by itself: `network-config matches-running`, `connections count min 3`.
 */
export function nameOf(kind: string, spec: Json): string {
  if (!isMap(spec)) return printableLine(`${kind} ${plain(spec)}`, nameLimit)
  const words = Object.entries(spec).flatMap(([key, value], index) => {
    const text = plain(value ?? null)
    if (text === '' || value === true) return text === '' ? [] : [key]
    return [index === 0 && typeof value !== 'boolean' && !isMap(value) ? text : `${key} ${text}`]
  })
  return printableLine([kind, ...words].join(' '), nameLimit)
}

function plain(value: Json): string {
  if (value === null) return ''
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.map((item) => plain(item as Json)).join(',')
  return Object.entries(value)
    .map(([key, member]) => `${key} ${plain(member ?? null)}`)
    .join(' ')
}

/** An id made from a name: lower case, letters of any script and digits kept, the rest a hyphen. */
export function slug(name: string): string {
  const words = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
  return (
    [...words]
      .slice(0, idLimit)
      .join('')
      .replace(/^[-\p{M}]+|-+$/gu, '') || 'check'
  )
}
