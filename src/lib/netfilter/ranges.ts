import { canonicalAddress, type Prefix } from '../address.js'

/** @returns the bits of an address as a number; null for what is no address. */
export function addressNumber(text: string): bigint | null {
  const canonical = canonicalAddress(text)
  if (canonical === null) return null
  if (!canonical.includes(':')) return BigInt(canonical.split('.').reduce((sum, part) => sum * 256 + Number(part), 0))
  const [head = '', tail] = canonical.split('::')
  const groups = (half: string): string[] => half.split(':').filter((group) => group !== '')
  const before = groups(head)
  const after = groups(tail ?? '')
  const all = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after]
  return BigInt(`0x${all.map((group) => group.padStart(4, '0')).join('')}`)
}

/** The inverse of `addressNumber`. */
export function addressText(family: 4 | 6, number: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((number >> shift) & 255n)).join('.')
  const groups = (number.toString(16).padStart(32, '0').match(/.{4}/g) ?? []).join(':')
  return canonicalAddress(groups) ?? groups
}

/** First and last address of a prefix. */
export function prefixRange(prefix: Prefix): readonly [string, string] {
  const bits = prefix.family === 4 ? 32 : 128
  const first = addressNumber(prefix.network) ?? 0n
  const last = first | ((1n << BigInt(bits - prefix.length)) - 1n)
  return [prefix.network, addressText(prefix.family, last)]
}

/** The fewest prefixes that are exactly this range: `10.0.0.0/24`, as a person writes them; the first `limit` of them. */
export function rangePrefixes(family: 4 | 6, low: bigint, high: bigint, limit: number): readonly string[] {
  const bits = family === 4 ? 32 : 128
  const found: string[] = []
  for (let from = low; from <= high && found.length < limit; ) {
    let size = 0
    while (size < bits && (from & ((1n << BigInt(size + 1)) - 1n)) === 0n && from + (1n << BigInt(size + 1)) - 1n <= high) size += 1
    found.push(size === 0 ? addressText(family, from) : `${addressText(family, from)}/${bits - size}`)
    from += 1n << BigInt(size)
  }
  return found
}
