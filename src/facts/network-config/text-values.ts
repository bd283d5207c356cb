import { addressFamily, canonicalAddress, formatPrefix, parsePrefix } from '../../lib/address.js'
import type { AddressFamily } from '../../lib/iproute2/route.js'

/** `52:54:00:AB:cd:ef`, `52-54-00-ab-cd-ef` or `5254.00ab.cdef` in lower case with colons; null for anything else. */
export function macOf(text: string): string | null {
  const hex = /^([0-9a-f]{2}([:-][0-9a-f]{2}){5}|[0-9a-f]{4}(\.[0-9a-f]{4}){2})$/i.test(text)
    ? text.replace(/[:.-]/g, '').toLowerCase()
    : ''
  return hex === '' ? null : (hex.match(/../g) ?? []).join(':')
}

/** A whole number in decimal; null for anything else, and for what does not fit in 32 bits. */
export function wholeOf(text: string): number | null {
  return /^\d{1,10}$/.test(text) && Number(text) <= 0xffff_ffff ? Number(text) : null
}

/** An MTU in bytes, also as systemd counts: `9K` is 9216. */
export function mtuOf(text: string): number | null {
  const [, digits = '', unit = ''] = /^(\d{1,7})([KM]?)$/.exec(text) ?? []
  return digits === '' ? null : Number(digits) * (unit === 'K' ? 1024 : unit === 'M' ? 1024 * 1024 : 1)
}

export interface InterfaceAddress {
  readonly family: AddressFamily
  readonly address: string
  /** null: not said. */
  readonly prefixLength: number | null
}

/** `192.0.2.1/24`: an address and how much of it is the network. */
export function interfaceAddressOf(text: string): InterfaceAddress | null {
  const [bare = '', length] = text.split('/')
  const prefix = parsePrefix(text)
  const address = canonicalAddress(bare)
  if (prefix === null || address === null) return null
  return { family: prefix.family === 4 ? 'inet' : 'inet6', address, prefixLength: length === undefined ? null : prefix.length }
}

/** A canonical prefix, its host bits cleared: `10.0.0.0/8`. An address alone is one host. */
export function networkOf(text: string): { readonly family: AddressFamily; readonly prefix: string } | null {
  const prefix = parsePrefix(text)
  return prefix === null ? null : { family: prefix.family === 4 ? 'inet' : 'inet6', prefix: formatPrefix(prefix) }
}

export function familyOf(address: string): AddressFamily | null {
  const family = addressFamily(address)
  return family === null ? null : family === 4 ? 'inet' : 'inet6'
}

export const defaultOf: Readonly<Record<AddressFamily, string>> = { inet: '0.0.0.0/0', inet6: '::/0' }

/** Shell wildcards make a name a pattern. */
export const isPattern = (name: string): boolean => /[*?[]/.test(name)

/** A DNS server as systemd writes it: `192.0.2.53`, `192.0.2.53:5353#name`, `[2001:db8::53]:853%eth0`. @returns its address alone. */
export function serverOf(text: string): string | null {
  const bare = text.replace(/#.*$/, '').replace(/%.*$/, '')
  const [, bracketed, v4] = /^\[([^\]]+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(bare) ?? []
  return canonicalAddress(bracketed ?? v4 ?? bare)
}

/** The addresses among words, canonical; what is none is left out. */
export function addressesOf(words: readonly string[]): readonly string[] {
  return words.map(canonicalAddress).filter((address) => address !== null)
}

/** The words of a list with white space or commas between them. */
export const wordsOf = (text: string): readonly string[] => text.split(/[\s,]+/).filter((word) => word !== '')
