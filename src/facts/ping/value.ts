import type { SendFailure } from '../../lib/probe/failure.js'
import type { IcmpSender } from '../../lib/probe/icmp-sender.js'

export type PingArgs = {
  /** An address, or a name that the asking host resolves; every address of it is pinged. */
  readonly host: string
  readonly family?: 4 | 6
  readonly count: number
  readonly intervalMs: number
  /** Bytes of ICMP payload, as `ping -s` counts. */
  readonly size: number
  /** Do not fragment: IPv4 sets DF, and no path MTU that was learnt before holds a packet back. */
  readonly dontFragment?: boolean
  /** An address, or an interface, of the asking host. */
  readonly source?: string
  /** How long the last reply is waited for, in milliseconds. */
  readonly timeoutMs: number
}

export type PingReply = {
  /** From 0. */
  readonly sequence: number
  /** Milliseconds; null where the probe cannot time. */
  readonly rttMs: number | null
  /** Of the reply as it arrived. */
  readonly ttl: number | null
}

/** An ICMP error that answered an echo request: never a reply. */
export type PingError = IcmpSender & { readonly sequence: number | null }

export type PingAddress = {
  /** null: the name was not resolved, or nothing could be sent. */
  readonly address: string | null
  /** The address that was sent from. */
  readonly source: string | null
  /** Requests that left this host. Fewer than asked for: see `problem`. */
  readonly sent: number
  /** Each sequence at most once; duplicates are counted. */
  readonly replies: readonly PingReply[]
  readonly duplicates: number
  readonly errors: readonly PingError[]
  /** false for silence, neither reply nor error, that may be an ICMP error which was held back or which the probe cannot see. */
  readonly confirmed: boolean
  /** Why requests did not leave, or not all: an expectation of silence is then not met, but undetermined. */
  readonly problem: SendFailure | null
}

export type Ping = {
  /** What asked: `python3`, `ping (iputils)`, `ping (BusyBox)`. */
  readonly probe: string
  readonly addresses: readonly [PingAddress, ...PingAddress[]]
}
