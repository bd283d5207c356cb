import { addressFamily } from '../../lib/address.js'
import type { TraceArgs } from './value.js'

/** IANA's traceroute port for UDP; HTTP for TCP. */
const usualPort = { tcp: 80, udp: 33_434, icmp: 0 } as const

export const portOf = ({ protocol, port }: TraceArgs): number => (protocol === 'icmp' ? 0 : (port ?? usualPort[protocol]))

/** Whether a request can be written on a line of its own; anything else is never sent to a host. */
export function isAskable({ host, source }: TraceArgs): boolean {
  const words = [host, ...(source === undefined ? [] : [source])]
  return words.every((word) => /^[A-Za-z0-9_.:%-]{1,253}$/.test(word) && !word.startsWith('-'))
}

/**
 * Standard input of a probe: one request a line, `index host protocol port sourcePort source family maxHops rounds flows waitMs`.
 * Source port 0 is for the probe to choose; family is 0, 4 or 6; source is an address, `%interface`, or `-`.
 */
export function encodeRequests(requests: readonly TraceArgs[]): string {
  return requests.map((request, index) => (isAskable(request) ? `${index} ${requestLine(request)}\n` : '')).join('')
}

function requestLine(request: TraceArgs): string {
  const { host, protocol, sourcePort, source, family, maxHops, rounds, flows, timeoutMs } = request
  const sourceFamily = source === undefined ? null : addressFamily(source)
  const from = source === undefined ? '-' : sourceFamily === null ? `%${source}` : source
  const numbers = [bounded(maxHops, 1, 255), bounded(rounds, 1, 16), bounded(flows, 0, 64), bounded(timeoutMs, 1, 60_000)]
  return [host, protocol, portOf(request), sourcePort ?? 0, from, family ?? sourceFamily ?? 0, ...numbers].join(' ')
}

const bounded = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, Math.round(value)))
