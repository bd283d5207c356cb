import type { SendFailure } from '../../lib/probe/failure.js'
import type { IcmpSender } from '../../lib/probe/icmp-sender.js'

export type PathMtuArgs = {
  readonly host: string
  readonly family?: 4 | 6
  readonly source?: string
  /** The largest packet worth knowing of, in bytes of IP packet; the interface's MTU bounds it anyway. */
  readonly upTo: number
  /** How long one probe waits, in milliseconds. */
  readonly timeoutMs: number
}

/**
 * The largest IP packet that reached the target without being fragmented, found by sending packets that forbid it.
 * Above it a packet was answered by "fragmentation needed" or "packet too big", or by silence (a black hole, RFC 2923).
 */
export type PathMtu = {
  readonly probe: string
  readonly address: string | null
  readonly source: string | null
  /** Bytes of IP packet, proven by a reply; null: not even the smallest was answered. */
  readonly mtu: number | null
  /** What limits it: the own interface, an ICMP error, silence, or nothing (`upTo` itself went through). */
  readonly limit: 'interface' | 'icmp' | 'silence' | 'none'
  /** The last error that said so. */
  readonly error: IcmpSender | null
  /** The smallest packet that was known not to go through; null when none was. */
  readonly tooBig: number | null
  /** Why there is no figure. `silent`: the target answers no echo request at all, not even a small one. */
  readonly problem: SendFailure | { readonly kind: 'silent'; readonly detail: string } | null
}
