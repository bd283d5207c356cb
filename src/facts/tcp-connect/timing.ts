import type { TcpConnectArgs } from './value.js'

/** How the probes pace themselves; the README of the check `tcp-port` tells why. Times in milliseconds. */
export const pace = {
  /** Between two lone asks. Linux, IOS and Junos refill about one ICMP error a second (icmp(7) `icmp_ratelimit`). */
  gapMs: 1_100,
  /** A lone ask ends before its SYN is sent again after 1 s (RFC 6298 section 2.1): one packet an ask. */
  aloneMs: 950,
  /** The last ask waits for ARP, which gives up after 3 s (arp(7): `mcast_solicit` times `retrans_time`). */
  longMs: 4_200,
  /** Lone asks for each silent address. */
  samples: 5,
  /** The same where ICMP errors were seen: any silence there may be a rate limit. */
  samplesWhereLimited: 12,
  /** Parallel rounds for what was not asked alone. */
  rounds: 3,
  resolveMs: 10_000,
  addressesPerName: 16,
  sockets: 512,
} as const

/** Sockets that a process gets even with the smallest usual limit, 256 open files (macOS). */
const leastSockets = 192
const mostMs = 30 * 60_000
/** The last lone ask may begin just before the deadline. */
const overheadMs = 15_000

/** Processes that a shell probe runs side by side. */
export const shellAtOnce = 32

/** How long the probe may go on, in milliseconds: enough for silence everywhere, never more than half an hour. */
export function deadlineMs(requests: readonly TcpConnectArgs[]): number {
  const named = requests.filter((request) => !/^[\d.]+$|:/.test(request.host))
  const hosts = new Set(requests.map((request) => request.host)).size
  const targets = requests.length + 3 * named.length
  const wait = Math.max(...requests.map((request) => request.timeoutMs))
  const rounds = Math.max((1 + pace.rounds) * Math.ceil(targets / leastSockets), Math.ceil(targets / shellAtOnce)) * wait
  const lanes = Math.ceil((hosts * pace.samplesWhereLimited) / leastSockets) * (pace.aloneMs + Math.max(pace.longMs, wait))
  const alone = 2 * (pace.samplesWhereLimited + 1) * pace.gapMs + lanes
  const resolve = named.length > 0 ? pace.resolveMs : 0
  return Math.min(mostMs, resolve + rounds + alone)
}

/** How long the command may take: the probe's own deadline, and time to start and to write its answers. */
export function commandTimeoutMs(requests: readonly TcpConnectArgs[]): number {
  return deadlineMs(requests) + overheadMs
}
