import type { ValueType } from './expectation.js'

const units = { 'bit/s': 1, 'kbit/s': 1e3, 'Mbit/s': 1e6, 'Gbit/s': 1e9, 'Tbit/s': 1e12 } as const

/** For JSON Schemas: bits a second, such as `100Mbit/s`, `2.5Gbit/s`; powers of 1000, as networks are measured. */
export const bitRatePattern = String.raw`^\d+(\.\d+)?[kMGT]?bit/s$`

function formatBitRate(rate: number): string {
  const [unit, size] = Object.entries(units).findLast(([, size]) => rate >= size) ?? ['bit/s', 1]
  return `${Number((rate / size).toPrecision(4))} ${unit}`
}

/** Rates of transfer: `10Gbit/s` in YAML, bits a second as a value. */
export const bitRateType: ValueType<string, number> = {
  read: (raw) => {
    const [, number, unit] = /^([\d.]+)([kMGT]?bit\/s)$/.exec(raw) ?? []
    return unit === undefined ? Number.NaN : Number(number) * units[unit as keyof typeof units]
  },
  equal: (a, b) => a === b,
  compare: (a, b) => a - b,
  show: formatBitRate,
}
