import { addressFamily, canonicalAddress } from '../address.js'

/**
 * The name whose PTR records belong to an address: `5.0.20.10.in-addr.arpa` (RFC 1035 section 3.5), nibbles under `ip6.arpa`
 * (RFC 3596 section 2.5). A mapped IPv4 address is an IPv4 address; a zone is dropped.
 * @returns null for what is no address.
 */
export function reverseName(address: string): string | null {
  const canonical = canonicalAddress(address)
  if (canonical === null) return null
  if (addressFamily(canonical) === 4) return `${canonical.split('.').reverse().join('.')}.in-addr.arpa`
  const [head = '', tail] = canonical.split('::')
  const before = groups(head)
  const after = groups(tail ?? '')
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0000')
  return `${[...before, ...zeros, ...after].join('').split('').reverse().join('.')}.ip6.arpa`
}

const groups = (text: string): string[] => (text === '' ? [] : text.split(':').map((group) => group.padStart(4, '0')))
