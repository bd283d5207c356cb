import { addressFamily, canonicalAddress } from '../../lib/address.js'

/** @returns the length of a netmask, `255.255.255.0` or `24`; null when it is none. */
export function maskLength(text: string): number | null {
  if (/^\d{1,3}$/.test(text)) return Number(text) <= 128 ? Number(text) : null
  if (addressFamily(text) !== 4) return null
  const bits = (canonicalAddress(text) ?? '')
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('')
  return /^1*0*$/.test(bits) ? (bits.indexOf('0') === -1 ? 32 : bits.indexOf('0')) : null
}

/** What the class of an IPv4 address says where no mask is given (RFC 791; `ipcalc`, `nm_utils_ip4_get_default_prefix`). */
export function classLength(address: string): number {
  const first = Number(address.split('.')[0])
  return first < 128 ? 8 : first < 192 ? 16 : 24
}
