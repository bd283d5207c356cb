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

/** For JSON Schemas: a percentage, `5%`, `0.1%`. A bare number could be a fraction. */
export const percentPattern = String.raw`^(100(\.0+)?|\d{1,2}(\.\d+)?)%$`

/** Percentages: `5%` in YAML, 5 as a value. */
export const percentType: ValueType<string, number> = {
  read: (raw) => Number(raw.replace(/%$/, '')),
  equal: (a, b) => a === b,
  compare: (a, b) => a - b,
  show: (value) => `${Number(value.toFixed(2))} %`,
}
