/** What resolv.conf(5) says: whom the C library asks. */
export type ResolverConfigArgs = Record<string, never>

export type ResolverConfig = {
  /** Addresses, in order, at most 3; link-local ones with their zone. Without a usable `nameserver` line, or without the file: 127.0.0.1. */
  readonly servers: readonly string[]
  /** Of the last `search` or `domain` line. Empty without one: the library then takes the domain of the host's own name. */
  readonly search: readonly string[]
  /** As written: `ndots:2`, `rotate`. */
  readonly options: readonly string[]
}
