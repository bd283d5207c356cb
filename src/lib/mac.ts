import type { ValueType } from './expectation.js'

/** @returns `52:54:00:12:34:56` for `52-54-00-12-34-56`, `5254.0012.3456` and the like; null when `text` is no MAC address. */
export function canonicalMac(text: string): string | null {
  const digits = text.toLowerCase().replace(/[-:.]/g, '')
  const known = /^([0-9a-f]{2}([-:])[0-9a-f]{2}(\2[0-9a-f]{2}){4}|[0-9a-f]{4}(\.[0-9a-f]{4}){2}|[0-9a-f]{12})$/i.test(text)
  return known ? (digits.match(/../g) ?? []).join(':') : null
}

/** MAC addresses: equal when they are the same address, however they are spelt. Values are canonical. */
export const macType: ValueType<string, string> = {
  read: (raw) => canonicalMac(raw) ?? raw,
  equal: (a, b) => a === b,
  show: (value) => value,
}
