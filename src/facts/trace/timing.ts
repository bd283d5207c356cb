import type { TraceArgs } from './value.js'

/** How the probes pace themselves. Times in milliseconds. */
export const pace = {
  /** Between two slow asks. Linux, IOS and Junos refill about one ICMP error a second (icmp(7) `icmp_ratelimit`). */
  gapMs: 1_100,
  /** The same before the last one: enough for two. */
  longGapMs: 2_200,
  /** Between two asks of a router that answers once a second. */
  paceMs: 1_020,
  /** The pace that a router is tried with, once it has left one of many asks unanswered. */
  trialMs: 100,
  /** How long an answer that does not say to what may take. */
  aloneMs: 2_000,
  /** How long a stateful firewall remembers a refused connection (`nf_conntrack_tcp_timeout_close` is 10 s). */
  peerMs: 12_000,
  /** ICMP errors that Linux sends at once (`XRLIM_BURST_FACTOR`). */
  burst: 6,
  /** The shortest wait of a first ask. */
  firstWaitMs: 200,
  /** ARP gives up after 3 s (arp(7): `mcast_solicit` times `retrans_time`), and the router tells then. */
  arpWaitMs: 3_200,
  resolveMs: 10_000,
  /** Traceroutes that run side by side. */
  toolsAtOnce: 16,
  /** Distances asked at once where the way is not known. */
  ahead: 3,
  /** Silent hops in a row after which a trace ends. */
  tail: 4,
  /** Unanswered asks at once of a router that limits nothing. */
  window: 32,
  /** Silent hops that are asked again at once. */
  volley: 64,
  /** Further slow asks of a hop that answered in another round. */
  extra: 3,
} as const

const mostMs = 30 * 60_000
/** Time to start and to write the answers. */
const overheadMs = 15_000

/** How long the probe may go on: enough where every trace passes one router that answers once a second, and silence besides. */
export function deadlineMs(requests: readonly TraceArgs[]): number {
  const traces = requests.reduce((sum, { rounds, flows }) => sum + rounds + flows, 0)
  const wait = Math.max(pace.arpWaitMs, ...requests.map(({ timeoutMs }) => timeoutMs))
  return Math.min(mostMs, pace.resolveMs + 2 * traces * pace.gapMs + 8 * wait + 3 * pace.peerMs)
}

export function commandTimeoutMs(requests: readonly TraceArgs[]): number {
  return deadlineMs(requests) + overheadMs
}

/** The same for tools that ask one hop after another: every round may find nothing but silence. */
export function toolDeadlineMs(requests: readonly TraceArgs[]): number {
  const longest = Math.max(
    0,
    ...requests.map(({ rounds, flows, maxHops, timeoutMs }) => (rounds + flows) * (25_000 + 2 * timeoutMs) + maxHops * 1_000),
  )
  return Math.min(mostMs, Math.ceil(requests.length / pace.toolsAtOnce) * longest)
}
