import type { ValueType } from './expectation.js'

const units = { '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12 } as const

/** For JSON Schemas: a rate in bits per second, `10Gbit/s`, `2.5Gbit/s`, `100Mbit/s`. The unit says bits, as speeds are told in them. */
export const ratePattern = String.raw`^\d+(\.\d+)?[kMGT]?bit/s$`

/** @returns bits per second, or null when `text` is not a rate. */
function parseRate(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)([kMGT]?)bit\/s$/.exec(text)
  return match === null ? null : Number(match[1]) * units[match[2] as keyof typeof units]
}

/** `10Gbit/s`, `2.5Gbit/s`. */
function formatRate(bits: number): string {
  const [prefix, unit] = (Object.entries(units) as [string, number][]).findLast(([, size]) => bits >= size) ?? ['', 1]
  return `${Number((bits / unit).toFixed(2))}${prefix}bit/s`
}

/** Rates: `10Gbit/s` in YAML, bits per second as a value. */
export const rateType: ValueType<string, number> = {
  read: (raw) => parseRate(raw) ?? Number.NaN,
  equal: (a, b) => a === b,
  compare: (a, b) => a - b,
  show: formatRate,
}
