import ipaddr from 'ipaddr.js'

export interface Prefix {
  readonly family: 4 | 6
  /** The network's address in canonical form (RFC 5952 for IPv6). */
  readonly network: string
  readonly length: number
  /** true when the text had bits set beyond the length: `10.0.0.1/8`. */
  readonly hostBits: boolean
}

/** Runbooks and hosts name the same few addresses over and over; all are forgotten when they become many. */
function remembered<Value>(compute: (text: string) => Value, limit = 4_096): (text: string) => Value {
  const known = new Map<string, Value>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const value = compute(text)
    if (known.size >= limit) known.clear()
    known.set(text, value)
    return value
  }
}

const parse = remembered(parseText)

function parseText(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const bare = text.replace(/%[^%]*$/, '')
  // The library learns from an exception that a name is no address, and that costs some 30 µs.
  if (/^[\d.]+$/.test(bare) && ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare)
  if (!bare.includes(':') || !ipaddr.IPv6.isValid(bare)) return null
  const address = ipaddr.IPv6.parse(bare)
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address
}

/** As the kernel and all tools print IPv4: its one spelling already, and by far the most frequent. */
const plainIpv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/

function show(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString()
}

/**
 * @returns the one spelling of an address (RFC 5952 for IPv6), or null when `text` is none.
 * `::ffff:127.0.0.1` is `127.0.0.1`; a zone (`%eth0`) is dropped; `010.0.0.1` and `10.1` are refused.
 */
export function canonicalAddress(text: string): string | null {
  if (plainIpv4.test(text)) return text
  const address = parse(text)
  return address === null ? null : show(address)
}

/** @returns 4 or 6, or null when `text` is not an address. A mapped IPv4 address is of family 4. */
export function addressFamily(text: string): 4 | 6 | null {
  if (plainIpv4.test(text)) return 4
  const address = parse(text)
  return address === null ? null : address.kind() === 'ipv4' ? 4 : 6
}

/** Reads `10.0.0.0/8`, `2001:db8::/32`, or an address alone (`/32`, `/128`); null when it is none. */
export const parsePrefix: (text: string) => Prefix | null = remembered(readPrefix)

function readPrefix(text: string): Prefix | null {
  const [addressText = '', lengthText, ...rest] = text.split('/')
  const address = parse(addressText)
  if (address === null || rest.length > 0) return null
  const family = address.kind() === 'ipv4' ? 4 : 6
  const bits = family === 4 ? 32 : 128
  if (lengthText !== undefined && !/^(0|[1-9]\d{0,2})$/.test(lengthText)) return null
  const length = lengthText === undefined ? bits : Number(lengthText)
  if (length > bits) return null
  const bytes = address.toByteArray()
  const network = bytes.map((byte, index) => byte & (0xff << Math.min(8, Math.max(0, 8 * (index + 1) - length))) & 0xff)
  return { family, network: show(ipaddr.fromByteArray(network)), length, hostBits: network.some((byte, index) => byte !== bytes[index]) }
}

/** @returns `10.0.0.0/8`; the inverse of `parsePrefix` but for host bits. */
export function formatPrefix(prefix: Prefix): string {
  return `${prefix.network}/${prefix.length}`
}

/** Whether `address` lies in `prefix`; false across families and for what is no address. */
export function prefixContains(prefix: Prefix, address: string): boolean {
  const parsed = parse(address)
  if (parsed === null || (parsed.kind() === 'ipv4' ? 4 : 6) !== prefix.family) return false
  const inside = parsePrefix(`${show(parsed)}/${prefix.length}`)
  return inside !== null && inside.network === prefix.network
}
