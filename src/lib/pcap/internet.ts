import { canonicalAddress } from '../address.js'
import { type Inside, tcpFlags } from './packet.js'

/** IPv6 headers that may stand before the protocol (RFC 8200 section 4, RFC 4302). */
const hopByHop = 0
const routing = 43
const fragment = 44
const authentication = 51
const destinationOptions = 60
const mobility = 135

const names: Readonly<Record<number, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmp6' }

/** An IPv4 packet (RFC 791). */
export function readIpv4(data: Buffer): Inside {
  const length = ((data[0] ?? 0) & 15) * 4
  if (data.length < 20 || length < 20) return { protocol: 'ip' }
  const number = data[9] ?? 0
  const isLater = (data.readUInt16BE(6) & 0x1fff) !== 0
  return {
    source: canonicalAddress([...data.subarray(12, 16)].join('.')),
    destination: canonicalAddress([...data.subarray(16, 20)].join('.')),
    ttl: data[8] ?? null,
    ...carried(number, data.subarray(length), isLater),
  }
}

/** An IPv6 packet (RFC 8200). */
export function readIpv6(data: Buffer): Inside {
  if (data.length < 40) return { protocol: 'ip6' }
  const { number, rest, isLater } = passExtensions(data[6] ?? 0, data.subarray(40))
  return {
    source: address6(data.subarray(8, 24)),
    destination: address6(data.subarray(24, 40)),
    ttl: data[7] ?? null,
    ...carried(number, rest, isLater),
  }
}

function passExtensions(first: number, data: Buffer): { readonly number: number; readonly rest: Buffer; readonly isLater: boolean } {
  let number = first
  let rest = data
  for (;;) {
    const length = extensionLength(number, rest)
    if (length === null || length > rest.length)
      return { number, rest: length === null ? rest : rest.subarray(rest.length), isLater: false }
    const isLater = number === fragment && (rest.readUInt16BE(2) & 0xfff8) !== 0
    number = rest[0] ?? 0
    rest = rest.subarray(length)
    if (isLater) return { number, rest, isLater }
  }
}

/** Bytes of an extension header; null for what is none. */
function extensionLength(number: number, data: Buffer): number | null {
  const units = data[1] ?? 0
  if (number === fragment) return 8
  if (number === authentication) return (units + 2) * 4
  return [hopByHop, routing, destinationOptions, mobility].includes(number) ? (units + 1) * 8 : null
}

function carried(number: number, data: Buffer, isLaterFragment: boolean): Inside {
  const protocol = names[number] ?? `ip-${number}`
  if (isLaterFragment) return { protocol, isLaterFragment }
  if (protocol === 'icmp' || protocol === 'icmp6')
    return { protocol, icmp: data.length < 2 ? null : { type: data[0] ?? 0, code: data[1] ?? 0 } }
  if (protocol !== 'tcp' && protocol !== 'udp') return { protocol }
  const bits = data[13]
  return {
    protocol,
    sourcePort: data.length < 2 ? null : data.readUInt16BE(0),
    destinationPort: data.length < 4 ? null : data.readUInt16BE(2),
    flags: protocol === 'udp' || bits === undefined ? null : tcpFlags.filter((_, bit) => (bits >> bit) & 1),
  }
}

function address6(bytes: Buffer): string | null {
  return canonicalAddress((bytes.toString('hex').match(/.{4}/g) ?? []).join(':'))
}
