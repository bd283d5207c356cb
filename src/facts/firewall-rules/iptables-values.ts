import { parsePrefix } from '../../lib/address.js'
import { type NumberTable, numberIn } from '../../lib/netfilter/names.js'
import { addressNumber, prefixRange } from '../../lib/netfilter/ranges.js'
import type { Field, Range, Statement } from './value.js'

export function entriesTest(field: Field, negate: boolean, ranges: readonly Range[]): Statement {
  return { kind: 'test', fields: [field], negate, entries: ranges.map((range) => [range]) }
}

/** `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, an address alone; null: none, or a mask with holes. */
export function addressRange(text: string): Range | null {
  const [address = '', mask] = text.split('/')
  const length = mask === undefined || /^\d{1,3}$/.test(mask) ? mask : maskLength(mask)
  if (length === null) return null
  const prefix = parsePrefix(length === undefined ? address : `${address}/${length}`)
  return prefix === null ? null : prefixRange(prefix)
}

/** `255.255.0.0` as `16`; null: no mask, or one with holes. */
function maskLength(text: string): string | null {
  const number = addressNumber(text)
  const bits = text.includes(':') ? 128 : 32
  if (number === null) return null
  const ones = number.toString(2).padStart(bits, '0')
  return /^1*0*$/.test(ones) ? String(ones.replaceAll('0', '').length) : null
}

/** `22`, `1000:2000`, `:1023`, `1024:`. */
export function portRange(text: string): Range | null {
  const [low, high, ...rest] = text.split(':')
  const port = (part: string | undefined, otherwise: number): number | null =>
    part === undefined || part === '' ? otherwise : /^\d{1,5}$/.test(part) && Number(part) <= 65_535 ? Number(part) : null
  const from = port(low, 0)
  const to = high === undefined ? from : port(high, 65_535)
  return rest.length > 0 || text === '' || from === null || to === null ? null : [from, to]
}

/** `ESTABLISHED,RELATED`. */
export function names(table: NumberTable, text: string): readonly number[] | null {
  const numbers = text.split(',').map((name) => numberIn(table, name))
  return numbers.includes(null) ? null : numbers.flatMap((number) => number ?? [])
}

/** `0x1/0xff`; without a mask all bits count. */
export function maskedNumber(text: string): { readonly value: number; readonly mask: number } | null {
  const [value, mask, ...rest] = text.split('/').map((part) => numberIn({}, part))
  if (value === undefined || value === null || mask === null || rest.length > 0) return null
  return { value: value >>> 0, mask: (mask ?? 0xffffffff) >>> 0 }
}
