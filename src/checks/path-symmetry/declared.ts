import { canonicalAddress } from '../../lib/address.js'
import type { Inventory } from '../../model/inventory.js'
import { isLoopback } from './ends.js'

export interface Declared {
  /** As the inventory calls it. */
  readonly name: string
  readonly kind: 'router' | 'host'
  /** Canonical. Perhaps not all it has. */
  readonly addresses: readonly string[]
}

/** What the inventory says of devices before any is asked: the routers' addresses, and where each host is reached. */
export function declaredDevices({ routers, hosts }: Pick<Inventory, 'routers' | 'hosts'>): readonly Declared[] {
  return [
    ...Object.entries(routers).map(([name, addresses]) => ({ name, kind: 'router' as const, addresses: addresses.flatMap(usable) })),
    ...[...hosts.values()].map(({ name, address }) => ({ name, kind: 'host' as const, addresses: usable(address) })),
  ].filter(({ addresses }) => addresses.length > 0)
}

/** What other devices may see of one: every machine has the same loopback and link-local addresses (RFC 3927, RFC 4291). */
export function usable(text: string): readonly string[] {
  const address = canonicalAddress(text)
  return address === null || isLoopback(address) || /^(fe[89ab][0-9a-f]:|169\.254\.|0\.|::$)/.test(address) ? [] : [address]
}

/** Addresses that the inventory gives to more than one router. */
export function sharedDeclarations({ routers }: Pick<Inventory, 'routers'>): readonly { address: string; names: readonly string[] }[] {
  const owners = new Map<string, Set<string>>()
  for (const [name, addresses] of Object.entries(routers)) {
    for (const address of addresses.flatMap(usable)) owners.set(address, (owners.get(address) ?? new Set()).add(name))
  }
  return [...owners].flatMap(([address, names]) => (names.size > 1 ? [{ address, names: [...names] }] : []))
}
