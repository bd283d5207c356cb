import { type Prefix, parsePrefix, prefixContains } from '../../lib/address.js'
import type { ConfiguredAddress } from './value.js'

/** The network on the link that an address makes; null where its length is not said. */
export function networkOf({ address, prefixLength }: ConfiguredAddress): Prefix | null {
  return parsePrefix(`${address}/${prefixLength}`)
}

/** Whether `other` is on the link of an address. */
export function isNear(address: ConfiguredAddress, other: string): boolean {
  const network = networkOf(address)
  return network !== null && prefixContains(network, other)
}
