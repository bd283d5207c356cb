import { isWildcard } from './bound.js'
import type { Listener } from './listener.js'

/** Where traffic must be taken. */
export interface Want {
  /** Canonical; a wildcard means all addresses of its family, null any. */
  readonly address: string | null
  readonly interface: string | null
  readonly family: 4 | 6 | null
}

/** Whether a socket takes that traffic; or what would have to be known to say. */
export type Reach = 'yes' | 'no' | 'v6only-unknown' | 'interface-unknown'

/** A socket on a wildcard serves every address of its family; one on `::` serves IPv4 too unless IPV6_V6ONLY is set (ipv6(7)). */
export function reach(listener: Listener, want: Want): Reach {
  const family = reachesFamily(listener, want.family)
  const device = reachesThrough(listener, want)
  if (family === 'no' || device === 'no' || !reachesAddress(listener, want.address)) return 'no'
  return family === 'yes' ? device : family
}

/** Whether it may be bound to an interface that its source does not show. An own address is on an interface anyway. */
export const mayBeBound = ({ address, interfaceShown }: Listener): boolean => !interfaceShown && isWildcard(address)

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
