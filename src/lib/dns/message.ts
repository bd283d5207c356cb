export type DnsRecord = {
  /** Canonical, as `canonicalName` gives it; octets that it refuses are escaped as in a zone file: `a\.b`, `\255`. */
  readonly name: string
  /** `A`; a type that the library does not know as `TYPE65`. */
  readonly type: string
  /** Seconds. */
  readonly ttl: number
  /**
   * The data as a zone file shows it, canonical: an address as `canonicalAddress` gives it, names in lower case without the final
   * dot, `10 mail.example.com` (MX), `0 5 5060 sip.example.com` (SRV), `ns hostmaster serial refresh retry expire minimum` (SOA),
   * `0 issue "ca.example"` (CAA). TXT: its strings joined, without quotes (RFC 7208 section 3.3). Of every other type the octets,
   * `\# 4 0a000001` (RFC 3597 section 5).
   */
  readonly data: string
}

export type DnsMessage = {
  /** `NOERROR`, `NXDOMAIN`, `SERVFAIL`, `REFUSED` …; an unassigned one as `RCODE24`. With EDNS the extended code (RFC 6891). */
  readonly rcode: string
  readonly authoritative: boolean
  readonly recursionAvailable: boolean
  /** AD: the resolver says that it validated the answer. */
  readonly authenticData: boolean
  readonly answers: readonly DnsRecord[]
  readonly authorities: readonly DnsRecord[]
  /** Without the pseudo-record of EDNS. */
  readonly additionals: readonly DnsRecord[]
  /** Extended DNS errors (RFC 8914), in words: `15 Blocked: by court order`. */
  readonly extendedErrors: readonly string[]
}
