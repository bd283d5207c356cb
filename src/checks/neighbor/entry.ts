import type { Neighbor, NeighborState, Neighbors } from '../../facts/neighbors/index.js'
import type { Target } from './targets.js'
import { describeMac } from './virtual-mac.js'

/** States without an address to send to: RFC 4861 section 7.3.2, and NUD_FAILED and NUD_NONE of Linux. */
export const unusable = ['failed', 'incomplete', 'none'] as const satisfies readonly NeighborState[]
const usable = ['reachable', 'stale', 'delay', 'probe'] as const satisfies readonly NeighborState[]

/** States that say by themselves that the address is good now, or that nobody is asked for it. */
const sure: readonly (NeighborState | null)[] = ['reachable', 'permanent', 'noarp']

/** Which states the entry may be in: one, where the source shows it. */
export const statesOf = ({ state, mac }: Neighbor): readonly NeighborState[] =>
  state !== null ? [state] : mac === null ? unusable : usable

/** The kernel sends to it; what it sends may be lost all the same when the entry is old. */
export const isUsable = (entry: Neighbor): boolean => {
  const without: readonly NeighborState[] = unusable
  return entry.mac !== null && !statesOf(entry).some((state) => without.includes(state))
}

export const isSure = (entry: Neighbor): boolean => isUsable(entry) && sure.includes(entry.state)

export function entriesOf({ address, interface: name }: Target, { entries }: Neighbors): readonly Neighbor[] {
  return entries.filter((entry) => entry.address === address && (name === null || entry.interface === name))
}

/** `reachable, 00:00:5e:00:01:07 (VRRP, group 7)`, `failed`, `failed or incomplete`. */
export function showEntry(entry: Neighbor): string {
  const state = entry.state ?? (entry.mac === null ? 'failed or incomplete' : 'in use or stale')
  return entry.mac === null ? state : `${state}, ${describeMac(entry.mac)}`
}
