import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { isWildcard } from '../../lib/sockets/bound.js'
import type { Want } from '../../lib/sockets/reach.js'
import type { Spec } from './schema.js'

/** The interface that is named: `mgmt` of `10.0.0.1%mgmt`. */
export const zoneOf = ({ address = '' }: Spec): string | undefined => /%([^%]+)$/.exec(address)?.[1]

/**
 * `address: 10.0.0.1%mgmt`: the part after `%`, as ss(8) and RFC 4007 write it.
 * Where nothing may listen, a wildcard means any address of its family, so that a service on one of them does not slip through.
 */
export function readWant(spec: Spec): Want {
  const address = spec.address === undefined ? null : canonicalAddress(spec.address)
  const named = spec.family === undefined ? null : spec.family === 'inet' ? 4 : 6
  return {
    address: spec.absent === true && address !== null && isWildcard(address) ? null : address,
    interface: zoneOf(spec) ?? null,
    family: address === null ? named : addressFamily(address),
  }
}
