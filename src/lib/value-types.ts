import { canonicalAddress } from './address.js'
import { formatDuration, parseDuration } from './duration.js'
import type { ValueType } from './expectation.js'

/** IP addresses: equal when they are the same address, however they are spelt. Values are canonical. */
export const addressType: ValueType<string, string> = {
  read: (raw) => canonicalAddress(raw) ?? raw,
  equal: (a, b) => a === b,
  show: (value) => value,
}

/** Durations: `50ms` in YAML, milliseconds as a value. */
export const durationType: ValueType<string, number> = {
  read: (raw) => parseDuration(raw) ?? Number.NaN,
  equal: (a, b) => a === b,
  compare: (a, b) => a - b,
  show: formatDuration,
}
