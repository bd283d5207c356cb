/** What resolv.conf(5) says: whom the C library asks. */
export type ResolverConfigArgs = Record<string, never>

export type ResolverConfig = {
  /** Addresses, in order; link-local ones with their zone. Without a `nameserver` line: 127.0.0.1 (resolv.conf(5)). */
  readonly servers: readonly string[]
  readonly search: readonly string[]
  /** As written: `ndots:2`, `rotate`. */
  readonly options: readonly string[]
}
