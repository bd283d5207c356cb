import type { Inventory } from '../model/inventory.js'
import { canonicalAddress } from './address.js'

const known = new WeakMap<Inventory, ReadonlyMap<string, string>>()

/** An address, with the name of the router or host that the inventory knows by it: `10.0.0.1 (core1)`. */
export function showDevice(inventory: Inventory, address: string): string {
  const name = namesOf(inventory).get(address)
  return name === undefined ? address : `${address} (${name})`
}

/** Built once for each inventory, as a check may have a hundred thousand targets. */
function namesOf(inventory: Inventory): ReadonlyMap<string, string> {
  const cached = known.get(inventory)
  if (cached !== undefined) return cached
  const hosts = [...inventory.hosts.values()].map(({ address, name }) => [address, name] as const)
  const routers = Object.entries(inventory.routers).flatMap(([name, addresses]) => addresses.map((address) => [address, name] as const))
  const names = new Map([...hosts, ...routers].map(([address, name]) => [canonicalAddress(address) ?? address, name]))
  known.set(inventory, names)
  return names
}
