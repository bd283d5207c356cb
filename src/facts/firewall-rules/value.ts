export type FirewallArgs = {
  /** For how much packets and bytes are counted between two readings, in milliseconds; null: the rules are read once. */
  readonly overMs: number | null
}

/**
 * What a rule can look at. Numbers, but for addresses and interfaces: `family` is 4 or 6, `ct-state` one bit of `stateBits`,
 * `saddr-route` is 1 where the route back to the source leads out of the interface it came in by, `ct-status` has the bits
 * 16 (source translated) and 32 (destination translated).
 */
export const fields = [
  ...(['family', 'protocol', 'saddr', 'daddr', 'sport', 'dport', 'iif', 'oif', 'icmp-type', 'icmp-code', 'icmp6-type'] as const),
  ...(['icmp6-code', 'ct-state', 'ct-direction', 'ct-status', 'ct-mark', 'tcp-flags', 'mark', 'packet-type', 'saddr-type'] as const),
  ...(['daddr-type', 'saddr-route'] as const),
] as const
export type Field = (typeof fields)[number]

/** An address in canonical form, an interface (`eth*` for all that begin so), or a number. */
export type Scalar = string | number
/** From the first to the last, both included. */
export type Range = readonly [Scalar, Scalar]

export const verdictWords = ['accept', 'drop', 'reject', 'return', 'continue', 'jump', 'goto'] as const
export type Verdict = {
  readonly do: (typeof verdictWords)[number]
  /** Where `jump` and `goto` lead. */
  readonly chain: string | null
}

/** A condition on what the packet is: the fields together are in one of the entries; `negate`: in none. */
export type Test = {
  readonly kind: 'test'
  readonly fields: readonly Field[]
  readonly negate: boolean
  /** One range for each field. */
  readonly entries: readonly (readonly Range[])[]
}
/** The same with a named set of the table. */
export type Lookup = { readonly kind: 'lookup'; readonly fields: readonly Field[]; readonly negate: boolean; readonly set: string }
/** `(field & mask)` is one of the values; `negate`: none of them. */
export type Bits = {
  readonly kind: 'bits'
  readonly field: Field
  readonly mask: number
  readonly values: readonly number[]
  readonly negate: boolean
}
/** A condition that the packet alone does not decide (a rate, a chance, a user), or that is not understood: it may hold or not. */
export type Unsure = { readonly kind: 'unsure'; readonly what: string }
export type Decide = { readonly kind: 'verdict'; readonly verdict: Verdict }
export type VerdictMapEntry = { readonly ranges: readonly Range[]; readonly verdict: Verdict }
/** The verdict of the entry that the fields are in; none: the rule goes on. `set`: a named map instead of entries. */
export type VerdictMap = {
  readonly kind: 'verdict-map'
  readonly fields: readonly Field[]
  readonly set: string | null
  readonly entries: readonly VerdictMapEntry[]
}
/** One of these verdicts, or none of them. */
export type SomeVerdict = { readonly kind: 'some-verdict'; readonly verdicts: readonly Verdict[]; readonly what: string }
/** `field = (from & and) ^ xor`; `and` null: to something unknown. */
export type SetMark = {
  readonly kind: 'set-mark'
  readonly field: 'mark' | 'ct-mark'
  readonly from: 'mark' | 'ct-mark'
  readonly and: number | null
  readonly xor: number
}
export type Untrack = { readonly kind: 'untrack' }
/**
 * Address translation, which ends the chain as `accept` does. `address` null: unchanged for a `source`, unknown for a
 * `destination`; `self`: an address of the host itself (redirect).
 */
export type Translate = {
  readonly kind: 'translate'
  readonly end: 'source' | 'destination'
  readonly address: string | null
  readonly self: boolean
  readonly port: number | null
}
/** What becomes of a packet that comes here is not known: a queue to a program, a target that is not understood. */
export type Opaque = { readonly kind: 'opaque'; readonly what: string }
export type Statement = Test | Lookup | Bits | Unsure | Decide | VerdictMap | SomeVerdict | SetMark | Untrack | Translate | Opaque

export type Counters = { readonly packets: number; readonly bytes: number }

/** In place of the name of a counter: whichever of the table's a map chooses. No counter can be called so. */
export const anyCounter = '*'

export type Rule = {
  /** Its place in the chain, from 1, as `iptables -L --line-numbers` counts. */
  readonly position: number
  /** nft's name for the rule: `nft -a list ruleset`. null for iptables. */
  readonly handle: number | null
  /** As a person would write it, without counters. */
  readonly text: string
  readonly comment: string | null
  /** null: the rule does not count. */
  readonly counters: Counters | null
  /** The named counter of the table that it counts with, which other rules may share; `anyCounter`; null: one of its own, or none. */
  readonly counter: string | null
  /** How much `counters` grew between the two readings; null: no counters, one reading, or the rule was not the same in both. */
  readonly growth: Counters | null
  /** In order; the first condition that does not hold ends the rule. Statements without an effect on packets are left out. */
  readonly statements: readonly Statement[]
}

export const hooks = ['ingress', 'prerouting', 'input', 'forward', 'output', 'postrouting', 'egress'] as const
export type Hook = (typeof hooks)[number]

/** How a chain hangs in the path of packets. */
export type Base = {
  readonly type: 'filter' | 'nat' | 'route'
  readonly hook: Hook
  readonly priority: number
  readonly policy: 'accept' | 'drop'
  /** For ingress and egress; empty there: not known. */
  readonly devices: readonly string[]
}

export type Chain = {
  readonly name: string
  /** null: a chain that only jumps lead to. */
  readonly base: Base | null
  /** Of the policy, in iptables. */
  readonly counters: Counters | null
  readonly growth: Counters | null
  readonly rules: readonly Rule[]
}

export type NamedSet = {
  readonly name: string
  /** Elements come and go with the traffic or the time: whether something is in it cannot be told. */
  readonly dynamic: boolean
  /** null: not understood, or too many. */
  readonly entries: readonly { readonly ranges: readonly Range[]; readonly verdict: Verdict | null }[] | null
}

export const tools = ['nft', 'iptables', 'ip6tables', 'iptables-legacy', 'ip6tables-legacy'] as const
/** What a person would list and change the table with. */
export type Tool = (typeof tools)[number]

export const tableFamilies = ['ip', 'ip6', 'inet', 'netdev', 'bridge'] as const

export type Table = {
  readonly tool: Tool
  readonly family: (typeof tableFamilies)[number]
  readonly name: string
  /** Switched off whole (`flags dormant`): its chains hang in no packet's path. */
  readonly dormant: boolean
  readonly chains: readonly Chain[]
  readonly sets: readonly NamedSet[]
}

export type Ruleset = {
  readonly tables: readonly Table[]
  /** What may hold rules that could not be listed, in words; a packet that all known rules accept may be dropped there. */
  readonly unseen: readonly string[]
  /** Whether this kernel speaks IPv6 at all. */
  readonly ipv6: boolean
  /** The measured time between the readings, in milliseconds; null: read once. */
  readonly growthMs: number | null
}
