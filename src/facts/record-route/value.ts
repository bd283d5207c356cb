export type RecordRouteArgs = {
  /** An IPv4 address: IPv6 has no such option. */
  readonly host: string
  /** An address of the asking host to send from. */
  readonly source?: string
  /** How long each of the few echo requests waits, in milliseconds. */
  readonly timeoutMs: number
}

/**
 * What echo requests with the record-route option (RFC 791 section 3.1) brought back. Every device that honours the option writes
 * the address it sends on from, up to nine: those on the way there, the target, then those on the way back.
 */
export type RecordRoute = {
  /** One list for each answered request, canonical; empty when none was answered, or none with the option. */
  readonly routes: readonly (readonly string[])[]
  /** Why nothing could be asked; safe to print. */
  readonly problem: string | null
}
