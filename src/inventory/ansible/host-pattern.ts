/**
 * Host names as inventories write them: `name`, `name:port`, `[address]:port`, each with ranges.
 * The grammar is that of `ansible.parsing.utils.addresses` (ansible-core 2.14).
 */

const numericRange = String.raw`\[[0-9]+:[0-9]+(?::[0-9]+)?\]`
const hexadecimalRange = String.raw`\[[0-9a-f]+:[0-9a-f]+(?::[0-9]+)?\]`
const alphanumericRange = String.raw`\[(?:[a-z]:[a-z]|[0-9]+:[0-9]+)(?::[0-9]+)?\]`

const byte = `(?:[01]?[0-9]{1,2}|2[0-4][0-9]|25[0-5]|${numericRange})`
const ipv4 = new RegExp(String.raw`^(?:${byte}\.){3}${byte}$`, 'i')

const part = `(?:[0-9a-f]{1,4}|${hexadecimalRange})`
const ipv6 = new RegExp(
  `^(?:${[
    `(?:${part}:){7}${part}`,
    `(?:${part}:){1,6}:`,
    `(?:${part}:)(?::${part}){1,6}`,
    `(?:${part}:){2}(?::${part}){1,5}`,
    `(?:${part}:){3}(?::${part}){1,4}`,
    `(?:${part}:){4}(?::${part}){1,3}`,
    `(?:${part}:){5}(?::${part}){1,2}`,
    `(?:${part}:){6}(?::${part})`,
    `:(?::${part}){1,6}`,
    `${part}?::`,
    String.raw`(?:0:){6}(?:${part}\.){3}${part}`,
    String.raw`::(?:ffff:)?(?:${part}\.){3}${part}`,
    String.raw`(?:0:){5}ffff:(?:${part}\.){3}${part}`,
  ].join('|')})$`,
  'i',
)

const wordCharacter = String.raw`[\p{L}\p{N}_]`
const label = `(?:${wordCharacter}|${alphanumericRange})(?:${wordCharacter}|-|${alphanumericRange})*(?<![_-])`
const hostname = new RegExp(String.raw`^${label}(?:\.${label})*$`, 'iu')

const bracketedWithPort = /^\[(.+)\]:([0-9]+)$/
const nameWithPort = /^((?:[^:[\]]|\[[^\]]*\])*):([0-9]+)$/

/** Longer than any DNS name (253) with ranges in it; a bound on what the expressions above must look at. */
const longest = 1_024

/** @returns the host part and its port, or null when `text` is no host name, address or range of them. */
export function parseAddress(text: string): { readonly host: string; readonly port: number | null } | null {
  if (text.length > longest) return null
  let host = text
  let port: number | null = null
  for (const form of [bracketedWithPort, nameWithPort]) {
    const match = form.exec(host)
    if (match === null) continue
    host = match[1] ?? ''
    port = Number(match[2])
  }
  return ipv4.test(host) || ipv6.test(host) || hostname.test(host) ? { host, port } : null
}

export type HostPattern =
  | { readonly hosts: readonly string[]; readonly port: number | null }
  | { readonly error: string; readonly hint?: string }

/** Host names of one entry, ranges expanded; at most `limit` of them. */
export function expandHostPattern(text: string, limit: number): HostPattern {
  const address = parseAddress(text)
  const pattern = address?.host ?? text
  const port = address?.port ?? null
  if (port !== null && (port < 1 || port > 65_535)) return { error: `expected a port from 1 to 65535, found ${port}` }
  if (port === null && text.endsWith(':')) return { error: `expected a port behind the colon of "${text}"` }
  const expanded = expandRanges(pattern, limit)
  return 'error' in expanded ? expanded : { hosts: expanded, port }
}

function expandRanges(pattern: string, limit: number): readonly string[] | { error: string; hint?: string } {
  const pieces: { readonly literal: string; readonly values: readonly string[] | null }[] = []
  let total = 1
  let rest = pattern
  for (let open = rest.indexOf('['); open !== -1; open = rest.indexOf('[')) {
    const close = rest.indexOf(']', open)
    if (close === -1) return { error: `expected a "]" behind "${rest.slice(open)}"` }
    const range = readRange(rest.slice(open + 1, close))
    if ('error' in range) return range
    total *= range.count
    if (total > limit) return { error: `"${pattern}" stands for more than ${limit} hosts`, hint: 'look for a digit too many in the range' }
    pieces.push({ literal: rest.slice(0, open), values: range.values() })
    rest = rest.slice(close + 1)
  }
  const suffix = rest
  return pieces.reduceRight<readonly string[]>(
    (tails, { literal, values }) => (values ?? ['']).flatMap((value) => tails.map((tail) => literal + value + tail)),
    [suffix],
  )
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

interface RangeOfNames {
  readonly count: number
  values(): readonly string[]
}

/** `ansible.plugins.inventory.expand_hostname_range`; what it would silently turn into nothing is an error here. */
function readRange(text: string): RangeOfNames | { error: string; hint?: string } {
  const bounds = text.split(':')
  const form = { hint: 'write ranges as [01:20], [a:f] or [1:10:2]' }
  if (bounds.length < 2 || bounds.length > 3) return { error: `expected a range begin:end or begin:end:step, found "[${text}]"`, ...form }
  const [begin = '', end = '', stepText = '1'] = bounds
  const step = /^\d{1,9}$/.test(stepText) ? Number(stepText) : 0
  if (step === 0) return { error: `expected a step of at least 1 in "[${text}]", found "${stepText}"` }
  if (end === '') return { error: `expected an end in the range "[${text}]"`, ...form }
  const numbers = /^\d{0,15}$/.test(begin) && /^\d{1,15}$/.test(end)
  const oneLetterEach = letters.includes(begin) && letters.includes(end) && begin.length === 1 && end.length === 1
  if (!numbers && !oneLetterEach) return { error: `expected two numbers or two letters in the range "[${text}]"`, ...form }
  const padded = begin.length > 1 && begin.startsWith('0')
  if (padded && begin.length !== end.length) {
    return {
      error: `expected begin and end of equal length in "[${text}]", because begin starts with 0`,
      hint: `write [${begin}:${end.padStart(begin.length, '0')}]`,
    }
  }
  const first = numbers ? Number(begin) : letters.indexOf(begin)
  const last = numbers ? Number(end) : letters.indexOf(end)
  if (first > last) return { error: `expected a begin before the end in the range "[${text}]"` }
  const show = (value: number): string => (numbers ? String(value).padStart(padded ? begin.length : 1, '0') : letters.charAt(value))
  const count = Math.floor((last - first) / step) + 1
  return { count, values: () => Array.from({ length: count }, (_, index) => show(first + index * step)) }
}
