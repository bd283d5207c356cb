/** Helpers to take JSON of unknown shape apart. */
export type Node = Readonly<Record<string, unknown>>

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function member(value: unknown, key: string): unknown {
  return isNode(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** nft writes an expression and a statement as a map with one key. */
export function onlyMember(value: unknown): readonly [string, unknown] | null {
  if (!isNode(value)) return null
  const [first, ...rest] = Object.entries(value)
  return first === undefined || rest.length > 0 ? null : first
}

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value])

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

export const countOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? Math.min(value, Number.MAX_SAFE_INTEGER) : null
