import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { NotUnderstood } from '../../lib/errors.js'
import { canonicalMac } from '../../lib/mac.js'
import { type Neighbor, type NeighborState, neighborStates } from './value.js'

/** A neighbour as a tool words it. */
export interface NeighborDraft {
  readonly address: string
  readonly interface: string
  readonly mac: string | null
  /** `REACHABLE`; null where the source does not show states. */
  readonly state: string | null
  readonly router: boolean | null
}

/**
 * @returns null for a multicast group, which is no neighbour.
 * @throws NotUnderstood
 */
export function finishNeighbor(draft: NeighborDraft): Neighbor | null {
  const address = canonicalAddress(draft.address)
  if (address === null) throw new NotUnderstood('an address of a neighbour', draft.address)
  if (!/^[^\s/:]{1,15}$/.test(draft.interface)) throw new NotUnderstood('the interface of a neighbour', draft.interface)
  const family = addressFamily(address) === 4 ? 'inet' : 'inet6'
  if (isMulticast(address, family)) return null
  return {
    family,
    address,
    interface: draft.interface,
    mac: draft.mac === null ? null : readHardwareAddress(draft.mac),
    state: draft.state === null ? null : readState(draft.state),
    router: family === 'inet6' ? draft.router : null,
  }
}

const isMulticast = (address: string, family: Neighbor['family']): boolean =>
  family === 'inet' ? /^(22[4-9]|23\d)\./.test(address) : /^ff[0-9a-f]{2}:/.test(address)

/** Tunnels have IP addresses here, InfiniBand 20 bytes (`ll_addr_n2a`, lib/ll_addr.c). */
function readHardwareAddress(text: string): string {
  const address = canonicalMac(text) ?? canonicalAddress(text)
  if (address !== null) return address
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2})*$/i.test(text)) throw new NotUnderstood('a hardware address', text)
  return text.toLowerCase()
}

function readState(text: string): NeighborState {
  const state = neighborStates.find((known) => known === text.toLowerCase())
  if (state === undefined) throw new NotUnderstood('the state of a neighbour', text)
  return state
}
