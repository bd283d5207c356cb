/** What is asked: one port of one address or name. */
export type TcpConnectArgs = {
  /** An address, or a name that the source host resolves itself. */
  readonly host: string
  readonly port: number
  /** How long one ask waits for an answer. Before silence is believed it is asked again, and longer. */
  readonly timeoutMs: number
  /** The local address, or the name of the interface, to send from. */
  readonly source?: string
  /** Only addresses of this family, where a name has both. */
  readonly family?: 4 | 6
}

/**
 * `open`: the handshake was completed. `open-then-reset`: completed, then aborted by the far side at once.
 * `refused`: a RST. `rejected`: an ICMP error that a policy sends. `no-route`, `host-unreachable`: an ICMP error, or the
 * source host's own kernel, says that there is no way, or nobody answers. `timeout`: silence. `local-policy`: the
 * source host itself forbids it. `source-error`: the wished source could not be used. `name-error`: the name has no
 * address. `unsupported`: this probe could not ask. The last four say nothing about the target.
 */
export type TcpStatus =
  | 'open'
  | 'open-then-reset'
  | 'refused'
  | 'rejected'
  | 'no-route'
  | 'host-unreachable'
  | 'timeout'
  | 'local-policy'
  | 'source-error'
  | 'name-error'
  | 'unsupported'

/** The ICMP or ICMPv6 error that answered, as the kernel kept it (ip(7) `IP_RECVERR`). */
export type IcmpError = {
  readonly type: number
  readonly code: number
  /** The address that sent it. */
  readonly from: string | null
}

/** What became of one address. */
export type TcpAddressResult = {
  /** What was asked; null when there was none to ask. */
  readonly address: string | null
  /** `ambiguous` when the probe cannot tell which of `possible` it is. */
  readonly status: TcpStatus | 'ambiguous'
  /** The status alone, or everything that the evidence leaves open, likeliest first. */
  readonly possible: readonly [TcpStatus, ...TcpStatus[]]
  /** Milliseconds from the SYN to whatever answered; null when nothing did or the probe cannot measure it. */
  readonly answerMs: number | null
  /** The local address it was asked from. */
  readonly source: string | null
  readonly icmp: IcmpError | null
  /** As in errno(3): `ECONNREFUSED`. */
  readonly errno: string | null
  /** true when the source host's kernel said no at once, before a packet left. */
  readonly local: boolean
  /** false for a silence that a rate limit or a loss may explain. */
  readonly confirmed: boolean
  /** true when other ports behind the same silence did answer: probably a rate limit on ICMP errors. */
  readonly limited: boolean
  /** How often it was asked. */
  readonly attempts: number
  /** What the resolver or the system said; null when there is nothing to add. */
  readonly detail: string | null
}

/** One target's answer. */
export type TcpConnect = {
  /** `python3`, `perl`, `bash`, `nc`, `curl`. */
  readonly probe: string
  /** At least one; more when a name has several addresses. */
  readonly addresses: readonly [TcpAddressResult, ...TcpAddressResult[]]
}
