import { canonicalAddress } from '../../lib/address.js'
import { isAddressLiteral } from '../../lib/target-name.js'

/** Where questions go. */
export interface Server {
  /** Canonical, a link-local one with its zone. */
  readonly address: string
  readonly port: number
}

/** An entry of `resolvers` or `authoritative`. */
export type ResolverWord =
  | { readonly kind: 'system' | 'authoritative' }
  | { readonly kind: 'server'; readonly server: Server }
  | { readonly kind: 'name'; readonly name: string }

export const dnsPort = 53

/** Reads `10.0.0.53`, `10.0.0.53:5353`, `::1`, `[::1]`, `[::1]:5353`, `system`, `authoritative`, or a name. @returns what is wrong with it. */
export function readResolver(text: string): ResolverWord | string {
  if (text === 'system' || text === 'authoritative') return { kind: text }
  if (text.includes('://')) return 'only plain DNS is spoken, over UDP and TCP, not TLS or HTTPS'
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text)
  if (bracketed !== null) return readServer(bracketed[1] ?? '', bracketed[2])
  if (isAddressLiteral(text)) return readServer(text, undefined)
  const withPort = /^([^:]*):([^:]*)$/.exec(text)
  if (withPort !== null) return readServer(withPort[1] ?? '', withPort[2])
  if (/[\s:/\\,]/.test(text) || /^[\d.]+\.[\d.]*$/.test(text)) return 'this is neither a name nor an address'
  return { kind: 'name', name: text }
}

function readServer(host: string, portText: string | undefined): ResolverWord | string {
  if (!isAddressLiteral(host)) {
    return canonicalAddress(host) === null ? `a port needs an address before it, and "${host}" is none` : 'this is not an address'
  }
  const port = portText === undefined ? dnsPort : Number(portText)
  if (!/^\d{1,5}$/.test(portText ?? '53') || port < 1 || port > 65_535) return `"${portText}" is not a port: they are 1 to 65535`
  const zone = /%[^%]*$/.exec(host)?.[0] ?? ''
  return { kind: 'server', server: { address: `${canonicalAddress(host)}${zone}`, port } }
}

/** `10.0.0.53`, `10.0.0.53:5353`, `2001:db8::53`, `[2001:db8::53]:5353`. */
export function showServer({ address, port }: Server): string {
  if (port === dnsPort) return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
