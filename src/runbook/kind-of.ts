import { type DataProblem, suggest } from '../documents/index.js'
import { nearestHint } from '../lib/nearest.js'
import type { JsonObject } from '../model/json.js'
import { entryProperties } from './envelope.js'

export interface KindOfEntry {
  /** null when it cannot be told; `problems` then says why. */
  readonly kind: string | null
  readonly problems: readonly DataProblem[]
}

const settings = Object.keys(entryProperties)

/** Which check kind an entry is of: the one key that names a kind. Paths start at the entry. */
export function kindOf(entry: JsonObject, kinds: readonly string[], lineOf: (key: string) => number): KindOfEntry {
  const keys = Object.keys(entry)
  const named = keys.filter((key) => kinds.includes(key))
  const unknown = keys.filter((key) => !kinds.includes(key) && !settings.includes(key))
  const problems: DataProblem[] = unknown.map((key) => {
    if (named.length > 0) return { ...atKey(key), code: 'unknown-key', message: `unknown key "${key}"`, hint: suggest(key, settings) }
    return {
      ...atKey(key),
      code: 'unknown-check',
      message: `unknown check kind "${key}"`,
      hint: nearestHint(key, [...kinds, ...settings]) ?? suggest(key, kinds) ?? listKinds,
    }
  })
  const [first, ...others] = named
  for (const key of others) {
    const message = `two check kinds in one entry: "${first}" on line ${lineOf(first ?? key)} and "${key}"`
    problems.push({ ...atKey(key), code: 'two-checks', message, hint: 'make two entries of them, each with its own "-"' })
  }
  if (first === undefined && unknown.length === 0) {
    const message = 'this entry has no check kind'
    problems.push({ path: [], at: 'value', code: 'no-check', message, hint: `add one of ${kinds.join(', ')}` })
  }
  return { kind: others.length > 0 ? null : (first ?? null), problems }
}

const listKinds = 'netproof list checks shows all kinds'

function atKey(key: string): Pick<DataProblem, 'path' | 'at'> {
  return { path: [key], at: 'key' }
}
