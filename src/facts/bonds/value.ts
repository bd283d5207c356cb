export type BondsArgs = Record<string, never>

/** By the names that ip-link(8) and /sys/class/net/BOND/bonding/mode have for them. */
export const bondModes = ['balance-rr', 'active-backup', 'balance-xor', 'broadcast', '802.3ad', 'balance-tlb', 'balance-alb'] as const
export type BondMode = (typeof bondModes)[number]

export type BondMember = {
  readonly name: string
  /** `up`, `down`, `going down`, `going back`. */
  readonly miiStatus: string | null
  /** The aggregator that LACP put it into; null without LACP. */
  readonly aggregator: number | null
  /** Who answers LACP at the other end of this cable; null where it is not shown, or without LACP. */
  readonly partnerMac: string | null
}

export type Bond = {
  readonly name: string
  readonly mode: BondMode
  readonly miiStatus: string | null
  readonly activeMember: string | null
  /** The aggregator in use; null without LACP, and where none is active or it is not shown. */
  readonly aggregator: number | null
  /** `00:00:00:00:00:00`: nobody answers LACP. null where it is not shown (to users other than root), or without LACP. */
  readonly partnerMac: string | null
  readonly members: readonly BondMember[]
}
