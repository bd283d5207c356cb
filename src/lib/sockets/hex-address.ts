/**
 * An address as /proc/net prints it: words of 32 bits in the byte order of the machine, in hex (proc(5), net/ipv4/tcp_ipv4.c).
 * @returns `127.0.0.1`, or IPv6 in eight groups that are not shortened.
 */
export function hexAddress(hex: string, littleEndian: boolean): string {
  const words = hex.match(/.{8}/g) ?? []
  const bytes = words.map((word) => (littleEndian ? (word.match(/../g) ?? []).reverse().join('') : word)).join('')
  if (bytes.length === 8) return (bytes.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).join('.')
  return (bytes.match(/.{4}/g) ?? []).join(':')
}
