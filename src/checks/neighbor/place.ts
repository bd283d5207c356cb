import type { Interfaces } from '../../facts/interfaces/index.js'
import { addressFamily, parsePrefix, prefixContains } from '../../lib/address.js'
import type { Target } from './targets.js'

/**
 * Where an address is, by the prefixes of the host's interfaces: `on` these links, the host's `own`, in none of its `networks`
 * (then it is reached through a gateway and has no entry), or not known. Where an address stands alone (/32, /128) routes may say
 * what is on the link, as those of router advertisements do beside DHCPv6.
 */
export type Place =
  | { readonly kind: 'on'; readonly interfaces: readonly string[] }
  | { readonly kind: 'own'; readonly interfaces: readonly string[] }
  | { readonly kind: 'off'; readonly networks: readonly string[] }
  | { readonly kind: 'unknown' }

export function placeOf({ address, family, interface: wanted }: Target, interfaces: Interfaces): Place {
  const version = family === 'inet' ? 4 : 6
  const on: string[] = []
  const own: string[] = []
  const networks: string[] = []
  let known = true
  for (const { name, addresses } of interfaces) {
    if (wanted !== null && name !== null && name !== wanted) continue
    for (const { address: mine, prefixLength, peer } of addresses) {
      if (addressFamily(mine) !== version || isLoopback(mine)) continue
      if (mine === address) own.push(name ?? '?')
      const prefix = prefixLength === null ? null : parsePrefix(`${peer ?? mine}/${prefixLength}`)
      if (prefix === null || name === null) known = false
      else if (prefixContains(prefix, address)) on.push(name)
      else if (prefix.length === (version === 4 ? 32 : 128)) known = false
      else networks.push(`${prefix.network}/${prefix.length} on ${name}`)
    }
  }
  if (own.length > 0) return { kind: 'own', interfaces: [...new Set(own)] }
  if (on.length > 0) return { kind: 'on', interfaces: [...new Set(on)] }
  return known ? { kind: 'off', networks } : { kind: 'unknown' }
}

const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1'
