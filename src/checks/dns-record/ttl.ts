import { parseDuration } from '../../lib/duration.js'
import type { ValueType } from '../../lib/expectation.js'

/** Times to live: `5m` in YAML, seconds as a value, and shown in seconds, as every tool of the field does. */
export const ttlType: ValueType<string, number> = {
  read: (raw) => (parseDuration(raw) ?? Number.NaN) / 1_000,
  equal: (a, b) => a === b,
  compare: (a, b) => a - b,
  show: (value) => `${value} s`,
}
