import type { ValueType } from '../../lib/expectation.js'

/** For JSON Schemas: how often in a time, `10/s`, `0.5/s`, `600/m`. */
export const ratePattern = String.raw`^\d+(\.\d+)?/(s|m|h)$`

const seconds = { s: 1, m: 60, h: 3_600 } as const

/** Rates: `600/m` in YAML, 10 as a value: so many a second. */
export const rateType: ValueType<string, number> = {
  read: (raw) => {
    const [, number, unit] = /^([\d.]+)\/(s|m|h)$/.exec(raw) ?? []
    return Number(number) / (unit === 'm' || unit === 'h' ? seconds[unit] : 1)
  },
  equal: (a, b) => a === b,
  compare: (a, b) => a - b,
  show: (value) => `${Number(value.toPrecision(3))}/s`,
}

/** Any percentage: there may be more of one counter than of the other. */
export const ratioPattern = String.raw`^\d+(\.\d+)?%$`

export const ratioType: ValueType<string, number> = {
  read: (raw) => Number(raw.replace(/%$/, '')),
  equal: (a, b) => a === b,
  compare: (a, b) => a - b,
  show: (value) => `${Number(value.toPrecision(3))} %`,
}
