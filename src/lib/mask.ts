import type { Json } from '../model/json.js'

/** Shorter values are no secrets, and masking them would shred every text. */
const shortest = 4

/** What stands in the place of a secret. */
const masked = '******'

export type Mask = (text: string) => string

/** Where there are no secrets. */
const noMask: Mask = (text) => text

/**
 * Hides secrets in text, also in the spelling they have inside a JSON string.
 * @returns `noMask` when there are none.
 */
export function makeMask(secrets: Iterable<string>): Mask {
  const spellings = new Set<string>()
  for (const secret of secrets) {
    if (secret.length < shortest) continue
    spellings.add(secret)
    spellings.add(JSON.stringify(secret).slice(1, -1))
  }
  if (spellings.size === 0) return noMask
  const longestFirst = [...spellings].sort((a, b) => b.length - a.length)
  return (text) => longestFirst.reduce((rest, secret) => rest.replaceAll(secret, masked), text)
}

const nothing: ReadonlySet<string> = new Set()

/**
 * Masks every string value in plain data whose keys are ours.
 * @param spared keys, or `parent.key`, whose values are words or times of netproof's own: a secret may equal one by chance.
 */
export function maskTexts<Value>(value: Value, mask: Mask, spared: ReadonlySet<string> = nothing): Value {
  if (mask === noMask) return value
  return maskJson(value as Json, { mask, maskKey: (key) => key, spared }, '') as Value
}

/** Masks every string in plain data, keys included: they may be names that a host gave. */
export function maskDeep<Value>(value: Value, mask: Mask): Value {
  if (mask === noMask) return value
  return maskJson(value as Json, { mask, maskKey: mask, spared: nothing }, '') as Value
}

interface Masking {
  readonly mask: Mask
  maskKey(key: string): string
  readonly spared: ReadonlySet<string>
}

function maskJson(value: Json | undefined, masking: Masking, parent: string): Json | undefined {
  const { mask, maskKey, spared } = masking
  if (typeof value === 'string') return mask(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => maskJson(item, masking, parent) ?? null)
  const isSpared = (key: string): boolean => spared.has(key) || spared.has(`${parent}.${key}`)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [maskKey(key), isSpared(key) ? item : maskJson(item, masking, key)]))
}
