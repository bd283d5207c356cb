import type { PathMtuArgs } from './value.js'

/** How the search paces itself. Times in milliseconds. */
export const pace = {
  /** Packets of one size before silence is believed, one after another, each waited for. */
  tries: 3,
  /** All packets of one search; a silent one costs three. */
  asks: 120,
  /** How often a limit that is silence is put in doubt by a late answer, and searched again. */
  rounds: 3,
  /** One search. */
  eachMs: 60_000,
  atOnce: 32,
  resolveMs: 10_000,
} as const

/**
 * MTUs that links and tunnels are known to have, in bytes of IP packet: guessed first.
 * IPv4's 576 and IPv6's 1280 by their RFCs; 1492 PPPoE; 1480 and 1476 IP in IP and GRE; 1460 and 1450 GCP and VXLAN;
 * 1438 to 1380 IPsec; 1420 and 1440 WireGuard; 9000 and around it jumbo frames.
 */
export const usualSizes: readonly number[] = [
  576, 1280, 1380, 1390, 1400, 1412, 1420, 1430, 1436, 1438, 1440, 1442, 1446, 1450, 1454, 1458, 1460, 1462, 1464, 1468, 1472, 1476, 1480,
  1484, 1488, 1492, 1496, 1498, 1500, 2000, 4352, 4470, 8500, 8900, 8950, 8973, 9000, 9100, 9216,
]

const overheadMs = 15_000
const mostMs = 30 * 60_000

/** How long the probe may go on, in milliseconds. */
export function deadlineMs(requests: readonly PathMtuArgs[]): number {
  return Math.min(mostMs, pace.resolveMs + Math.ceil(requests.length / pace.atOnce) * pace.eachMs)
}

/** How long the command may take: the probe's own deadline, and time to start and to write its answers. */
export const commandTimeoutMs = (requests: readonly PathMtuArgs[]): number => deadlineMs(requests) + overheadMs
