import type { Interfaces } from '../../facts/interfaces/index.js'
import { addressFamily, formatPrefix, type Prefix, parsePrefix, prefixContains } from '../../lib/address.js'
import type { Target } from './targets.js'

/**
 * Where an address is, by the prefixes of the host's interfaces: `on` these links, the host's `own`, that of everybody (`all`) in one
 * of its networks, in none of its `networks`
 * (then it is reached through a gateway and has no entry), or not known. Where an address stands alone (/32, /128) routes may say
 * what is on the link, as those of router advertisements do beside DHCPv6.
 */
export type Place =
  | { readonly kind: 'on'; readonly interfaces: readonly string[] }
  | { readonly kind: 'own'; readonly interfaces: readonly string[] }
  | { readonly kind: 'all'; readonly network: string }
  | { readonly kind: 'off'; readonly networks: readonly string[] }
  | { readonly kind: 'unknown' }

export function placeOf({ address, family, interface: wanted }: Target, interfaces: Interfaces): Place {
  const version = family === 'inet' ? 4 : 6
  const on: string[] = []
  const own: string[] = []
  const all: string[] = []
  const networks: string[] = []
  let known = true
  for (const { name, addresses } of interfaces) {
    if (wanted !== null && name !== null && name !== wanted) continue
    for (const { address: mine, prefixLength, peer } of addresses) {
      if (addressFamily(mine) !== version || isLoopback(mine)) continue
      if (mine === address) own.push(name ?? '?')
      const prefix = prefixLength === null ? null : parsePrefix(`${peer ?? mine}/${prefixLength}`)
      if (prefix === null || name === null) known = false
      else if (isBroadcast(prefix, address)) all.push(`${formatPrefix(prefix)} on ${name}`)
      else if (prefixContains(prefix, address)) on.push(name)
      else if (prefix.length === (version === 4 ? 32 : 128)) known = false
      else networks.push(`${formatPrefix(prefix)} on ${name}`)
    }
  }
  if (own.length > 0) return { kind: 'own', interfaces: [...new Set(own)] }
  if (on.length > 0) return { kind: 'on', interfaces: [...new Set(on)] }
  const [network] = all
  if (network !== undefined) return { kind: 'all', network }
  return known ? { kind: 'off', networks } : { kind: 'unknown' }
}

/** The kernel takes the last address of a network for that of all its hosts, unless it has but one or two (`fib_add_ifaddr`; RFC 919, RFC 3021). */
function isBroadcast(prefix: Prefix, address: string): boolean {
  if (prefix.family !== 4 || prefix.length > 30 || !prefixContains(prefix, address)) return false
  const hosts = 2 ** (32 - prefix.length)
  return address.split('.').reduce((number, byte) => number * 256 + Number(byte), 0) % hosts === hosts - 1
}

const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1'
