import type { Listener } from '../../facts/listeners/index.js'
import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { isWildcard } from '../../lib/sockets/bound.js'
import type { Spec } from './schema.js'

/** Where traffic must be taken. */
export interface Want {
  /** Canonical; a wildcard means all addresses of its family, null any. */
  readonly address: string | null
  readonly interface: string | null
  readonly family: 4 | 6 | null
}

/** Whether a socket takes that traffic; or what would have to be known to say. */
export type Reach = 'yes' | 'no' | 'v6only-unknown' | 'interface-unknown'

/**
 * `address: 10.0.0.1%mgmt`: the part after `%`, as ss(8) and RFC 4007 write it.
 * Where nothing may listen, a wildcard means any address of its family, so that a service on one of them does not slip through.
 */
export function readWant(spec: Spec): Want {
  const zone = /%([^%]+)$/.exec(spec.address ?? '')?.[1] ?? null
  const address = spec.address === undefined ? null : canonicalAddress(spec.address)
  const named = spec.family === undefined ? null : spec.family === 'inet' ? 4 : 6
  return {
    address: spec.absent === true && address !== null && isWildcard(address) ? null : address,
    interface: zone,
    family: address === null ? named : addressFamily(address),
  }
}

/** A socket on a wildcard serves every address of its family; one on `::` serves IPv4 too unless IPV6_V6ONLY is set (ipv6(7)). */
export function reach(listener: Listener, want: Want): Reach {
  const family = reachesFamily(listener, want.family)
  const device = reachesThrough(listener, want)
  if (family === 'no' || device === 'no' || !reachesAddress(listener, want.address)) return 'no'
  return family === 'yes' ? device : family
}

function reachesFamily(listener: Listener, family: 4 | 6 | null): Reach {
  if (family === null || listener.family === family) return 'yes'
  if (listener.address !== '::' || listener.v6only === true) return 'no'
  return listener.v6only === null ? 'v6only-unknown' : 'yes'
}

const reachesAddress = (listener: Listener, address: string | null): boolean =>
  address === null || isWildcard(listener.address) || listener.address === address

/** A socket that is bound to an interface (SO_BINDTODEVICE, socket(7)) takes what comes in there and nothing else. */
function reachesThrough(listener: Listener, want: Want): Reach {
  if (listener.interface === null || listener.interface === want.interface) return 'yes'
  if (want.interface !== null) return 'no'
  if (want.address === null) return 'yes'
  if (isWildcard(want.address)) return 'no'
  return listener.address === want.address ? 'yes' : 'interface-unknown'
}
