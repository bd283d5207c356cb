import type { DnsMessage } from '../../lib/dns/message.js'
import type { DnsType } from '../../lib/dns/types.js'

export type { DnsMessage, DnsRecord } from '../../lib/dns/message.js'

/** One question to one server. */
export type DnsQueryArgs = {
  /** An address, never a name; a link-local one with its zone: `fe80::1%eth0`. */
  readonly server: string
  /** Default 53. */
  readonly port?: number
  /** Absolute, as `canonicalName` gives it: lower case, A-labels, without the final dot; `.` is the root. */
  readonly name: string
  readonly type: DnsType
  /** Recursion desired (RD); default true. Authoritative servers are asked with false. */
  readonly recurse?: boolean
  /** Ask for validation: the bits AD and DO are set in the query (RFC 4035, RFC 6840 section 5.7). Default false. */
  readonly dnssec?: boolean
  /** Default `udp`: UDP with EDNS, then TCP if the answer was truncated. `tcp`: TCP only. */
  readonly transport?: 'udp' | 'tcp'
  /** An address, or an interface, of the asking host. */
  readonly source?: string
  /** How long one try waits, in milliseconds. */
  readonly timeoutMs: number
  /** UDP tries; default 3. */
  readonly tries?: number
  /** The most queries a second to this server; null or absent for no bound but the probe's own. */
  readonly rate?: number | null
}

/**
 * `answered`: a well-formed answer to this question came. `timeout`: silence, in spite of all tries. `rejected`: an ICMP error or a
 * RST. `malformed`: only answers that no one can read came. `mismatched`: only answers to something else came (another id, question
 * or sender). `source-error`: nothing could be sent from `source`. `local-error`: the host's own routes or policy kept it back.
 * `unsupported`: this probe could not ask it, or was out of time.
 */
export const dnsStatuses = [
  'answered',
  'timeout',
  'rejected',
  'malformed',
  'mismatched',
  'source-error',
  'local-error',
  'unsupported',
] as const
export type DnsStatus = (typeof dnsStatuses)[number]

/** What became of one question. */
export type DnsQuery = {
  /** What asked: `python3`, `perl`, `dig`. */
  readonly probe: string
  readonly status: DnsStatus
  /** Set when `status` is `answered`, and only then. */
  readonly message: DnsMessage | null
  /** What carried the answer; what was tried last where there is none. */
  readonly transport: 'udp' | 'tcp'
  /** The answer over UDP was truncated. */
  readonly truncated: boolean
  /** From the query to its answer, in milliseconds; null without one. */
  readonly rttMs: number | null
  /** Queries that were sent. */
  readonly tries: number
  /** Packets that came but answered something else: they were passed over. */
  readonly strays: number
  /** Why, where there is no answer, safe to print: an errno, what was malformed and how. */
  readonly detail: string | null
}
