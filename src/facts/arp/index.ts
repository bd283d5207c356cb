import type { FactKind } from '../../model/fact.js'
import { arpShape } from './shape.js'
import { arping, python } from './sources.js'
import type { Arp, ArpArgs } from './value.js'

export type * from './value.js'

/**
 * Who answers for an address on the wire: ARP probes for IPv4, Neighbor Solicitations for IPv6, sent by the host itself. Unlike its
 * neighbour table this shows every holder of an address, and one that is there now. Needs root.
 */
export const arp: FactKind<ArpArgs, Arp> = {
  name: 'arp',
  summary: 'Who answers for an address on the wire',
  active: true,
  group: () => 'all',
  isValue: arpShape,
  sources: { linux: [python, arping] },
}
