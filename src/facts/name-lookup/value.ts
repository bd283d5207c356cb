/** A name as the host's own programs resolve it: nsswitch.conf and the hosts file included (getaddrinfo(3), getnameinfo(3)). */
export type NameLookupArgs = {
  /** A name to find addresses of (ASCII; RFC 5890 for others), or an address to find a name of. */
  readonly name: string
  /** Default: both. */
  readonly family?: 4 | 6
}

export type NameLookup = {
  /** Canonical addresses, each once, in the order of the resolver library; names where an address was asked. Empty: see `problem`. */
  readonly found: readonly string[]
  /** `none`: there is no such name, or it has no address. `temporary`: the lookup itself failed, so nothing is known. */
  readonly problem: null | 'none' | 'temporary'
  /** What the library said, safe to print. */
  readonly detail: string | null
}
