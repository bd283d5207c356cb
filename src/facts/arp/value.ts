export type ArpArgs = {
  /** Canonical IPv4 or IPv6 address. */
  readonly address: string
  /** The interface to ask on; null: the one whose connected prefix holds the address. */
  readonly interface: string | null
}

/** Who claims an address on the wire, as asked from one host on one of its interfaces. */
export type Arp = {
  /** Where it was asked; null when that was not found out. */
  readonly interface: string | null
  /** Requests that were sent. */
  readonly asked: number
  /** Each MAC once, in the order of their first answers: lower case with colons. Two hosts that have one address give two. */
  readonly answers: readonly { readonly mac: string }[]
  /** Why it could not be asked, or why the answers may not be all; safe to print. Answers are then empty. */
  readonly problem: string | null
}
