export type TraceProtocol = 'tcp' | 'icmp' | 'udp'

export type TraceArgs = {
  /** An address, or a name that the asking host resolves (its first address of `family` is traced). */
  readonly host: string
  readonly family?: 4 | 6
  readonly protocol: TraceProtocol
  /** Of TCP and UDP, the same for every packet. */
  readonly port?: number
  /** Of the first flow, the same for every packet of it; default one that the probe chooses. */
  readonly sourcePort?: number
  readonly source?: string
  readonly maxHops: number
  /** How often the first flow is traced. */
  readonly rounds: number
  /** Further flows, each traced once with another source port (another ICMP id): they find what shares load by flow. */
  readonly flows: number
  /** How long a probe waits, in milliseconds, when it is asked slowly. */
  readonly timeoutMs: number
}

/**
 * What a hop answered. `time-exceeded`: a router on the way. `reply`: the target (echo reply; a datagram of its UDP service). `open`, `closed`: the target's service
 * (SYN-ACK, RST). `port-unreachable`: the target, for UDP. `unreachable`: any other ICMP error, from the target or a device on the way.
 */
export type TraceAnswer = 'time-exceeded' | 'reply' | 'open' | 'closed' | 'port-unreachable' | 'unreachable'

export type TraceHop = {
  /** From 1. */
  readonly ttl: number
  /** null: no answer, also when asked again slowly and alone (at least 1.1 s apart), so that no rate limit explains it. */
  readonly from: string | null
  readonly answer: TraceAnswer | null
  /** Of an ICMP error. */
  readonly icmp: { readonly type: number; readonly code: number } | null
  readonly rttMs: number | null
  /** Probes sent for it. */
  readonly asks: number
}

export type TraceRound = {
  /** From TTL 1 without gaps to the last hop that matters: silent hops behind the last answer are left out. */
  readonly hops: readonly TraceHop[]
  /**
   * `reached`: the target answered, be it with a refusal (`unreachable` from its address). `stopped`: a device said that it goes no further. `silent`: nothing answered behind the last hop.
   * `loop`: the same router answered at TTLs apart until the end. `unfinished`: the probe was out of time or of `maxHops`.
   */
  readonly end: 'reached' | 'stopped' | 'silent' | 'loop' | 'unfinished'
}

export type TraceFlow = {
  /** Source port; the id of ICMP. null when the probe could not hold it constant. */
  readonly id: number | null
  readonly rounds: readonly TraceRound[]
}

export type Trace = {
  /** What traced: `python3 raw`, `python3`, `traceroute`. */
  readonly probe: string
  readonly protocol: TraceProtocol
  /** The address that was traced. */
  readonly address: string | null
  readonly source: string | null
  readonly port: number | null
  /** The first is the one that `rounds` is about. Empty only with a `problem`. */
  readonly flows: readonly TraceFlow[]
  /** Whether each flow kept its five-tuple, so that one trace is one path wherever load is shared by flow. */
  readonly constantFlow: boolean
  readonly problem: null | {
    readonly kind: 'name-error' | 'source-error' | 'no-route' | 'local-policy' | 'not-permitted' | 'unsupported'
    /** Safe to print. */
    readonly detail: string
  }
}
