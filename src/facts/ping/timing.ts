import { addressFamily } from '../../lib/address.js'
import type { PingArgs } from './value.js'

/** How the probes pace themselves; the README of the check `ping` tells why. Times in milliseconds. */
export const pace = {
  /** Before silence is asked once more. Linux, IOS and Junos refill about one ICMP error a second (icmp(7) `icmp_ratelimit`). */
  gapMs: 1_100,
  /** Between two lone asks: Linux charges twice for "network unreachable" (net/ipv4/route.c `ip_error`, then icmp.c), so it sends one in two seconds. */
  aloneMs: 2_300,
  /** Silent addresses that are asked alone where some router sends ICMP errors. */
  samples: 6,
  resolveMs: 10_000,
  addressesPerName: 16,
  sockets: 512,
  /** Echo requests a second, to all addresses together. */
  rate: 2_000,
} as const

/** Sockets that a process gets even with the smallest usual limit, 256 open files. */
const leastSockets = 192
const mostMs = 30 * 60_000
const overheadMs = 15_000

/** Pings that the shell probe runs side by side. */
export const shellAtOnce = 32

const lengthMs = ({ count, intervalMs, timeoutMs }: PingArgs): number => count * intervalMs + pace.gapMs + timeoutMs

/** How long the probe may go on, in milliseconds: enough for silence everywhere, never more than half an hour. */
export function deadlineMs(requests: readonly PingArgs[], atOnce: number = leastSockets): number {
  const byHost = new Map<string, number>()
  for (const request of requests) byHost.set(request.host, (byHost.get(request.host) ?? 0) + lengthMs(request))
  const isName = ({ host }: PingArgs): boolean => addressFamily(host) === null
  const addresses = requests.reduce((sum, request) => sum + (isName(request) ? 4 : 1), 0)
  const longest = [...byHost.values()].reduce((most, length) => Math.max(most, length), 0)
  const packets = requests.reduce((sum, request) => sum + request.count * (isName(request) ? 4 : 1), 0)
  const turns = Math.ceil(addresses / atOnce)
  const resolve = requests.some(isName) ? pace.resolveMs : 0
  const busy = turns * longest + (packets / pace.rate) * 1_000
  return Math.ceil(Math.min(mostMs, resolve + busy + (pace.samples + 1) * pace.aloneMs))
}

/** How long the command may take: the probe's own deadline, and time to start and to write its answers. */
export function commandTimeoutMs(requests: readonly PingArgs[], atOnce: number = leastSockets): number {
  return deadlineMs(requests, atOnce) + overheadMs
}
