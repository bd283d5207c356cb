import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { NotUnderstood } from '../../lib/errors.js'
import type { InterfaceAddress } from './value.js'

/** @throws NotUnderstood */
export function readAddress(text: string): string {
  const address = canonicalAddress(text)
  if (address === null) throw new NotUnderstood('an address of an interface', text)
  return address
}

/**
 * @param peer what the tool prints beside the address: the other end, or the address once more.
 * @param dynamic whether its lifetime ends (not IFA_F_PERMANENT, include/uapi/linux/if_addr.h).
 * @throws NotUnderstood
 */
export function interfaceAddress(local: string, length: number, peer: string | null, dynamic: boolean): InterfaceAddress {
  const address = readAddress(local)
  // A mapped address is IPv4 to us, but its length counts 128 bits.
  const bits = local.includes(':') || addressFamily(address) === 6 ? 128 : 32
  if (!Number.isInteger(length) || length < 0 || length > bits) throw new NotUnderstood('a prefix length', String(length))
  const other = peer === null ? null : readAddress(peer)
  return { address, prefixLength: length, peer: other === address ? null : other, dynamic }
}

/** A kernel without a single interface, not even `lo`, does not exist: such an output is none. @throws NotUnderstood */
export function atLeastOne<Item>(interfaces: readonly Item[], output: string): readonly Item[] {
  if (interfaces.length === 0) throw new NotUnderstood('at least one interface', output)
  return interfaces
}
