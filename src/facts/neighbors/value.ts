export type NeighborsArgs = Record<string, never>

/** NUD_* of include/uapi/linux/neighbour.h, in the words of ip-neighbour(8). `none`: an entry that nobody has used yet. */
export const neighborStates = ['reachable', 'stale', 'delay', 'probe', 'permanent', 'noarp', 'failed', 'incomplete', 'none'] as const
export type NeighborState = (typeof neighborStates)[number]

export type Neighbor = {
  readonly family: 'inet' | 'inet6'
  /** Canonical, without a zone. */
  readonly address: string
  readonly interface: string
  /** `52:54:00:12:34:56`; on links of another kind whatever address they use, as it is printed. null: it is not known. */
  readonly mac: string | null
  /** null where the source does not show it: with a `mac` it is one of those that have one, without it one of the others. */
  readonly state: NeighborState | null
  /** It has said that it is a router (IPv6, RFC 4861); null where the source does not show it. */
  readonly router: boolean | null
}

/** The neighbours of a host on its links: the ARP table, and that of neighbour discovery. */
export type Neighbors = {
  /** Whose table was read: of others nothing is known. */
  readonly families: readonly Neighbor['family'][]
  /** false: there are more entries than these, or may be. */
  readonly complete: boolean
  /** In the kernel's order; without multicast groups, whose addresses are computed, and without what the host itself answers for (proxy). */
  readonly entries: readonly Neighbor[]
}
