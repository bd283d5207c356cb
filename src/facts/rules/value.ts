import type { AddressFamily } from '../../lib/iproute2/route.js'

export type RulesArgs = { readonly family: AddressFamily }

/** One rule of the policy by which the kernel chooses a routing table (ip-rule(8)). */
export type Rule = {
  /** The kernel goes through them from the lowest. */
  readonly priority: number
  /** Canonical prefixes; null: from or to anywhere. */
  readonly from: string | null
  readonly to: string | null
  /** By name where the host has one; null: the rule looks nothing up. */
  readonly table: string | null
  /** Every further word, selectors and actions, in the words of `ip`: `iif eth0`, `fwmark 0x1`, `prohibit`; empty for most. */
  readonly further: string
  /** Who set it, by the names of rt_protos; null where nothing is shown, as for rules of the kernel and those set by hand. */
  readonly protocol: string | null
}

export type Rules = {
  readonly family: AddressFamily
  /** false: nothing on the host shows rules. Then there are none here, and there may be some. */
  readonly shown: boolean
  readonly rules: readonly Rule[]
}
