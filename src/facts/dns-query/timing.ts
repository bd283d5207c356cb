import type { DnsQueryArgs } from './value.js'

/** How the probe paces itself. */
export const pace = {
  tries: 3,
  /** Unanswered queries to one server at a time: at the start, and at most. Halved when answers stay away. */
  window: 32,
  mostWindow: 128,
  leastWindow: 4,
  /** Questions in a row that a server leaves unanswered before the next ones are tried once only, and no longer more slowly. */
  patience: 32,
  /** Queries to one server that may leave at once under a rate. */
  burst: 4,
  /** Sockets open at once. */
  sockets: 512,
  /** Of all answers together; what a host may print is bounded. */
  octets: 24 * 2 ** 20,
} as const

const mostMs = 30 * 60_000
const overheadMs = 10_000

const serverOf = ({ server, port = 53 }: DnsQueryArgs): string => `${server} ${port}`

/** How long the probe may go on, in milliseconds: enough for silence everywhere, never more than half an hour. */
export function deadlineMs(requests: readonly DnsQueryArgs[]): number {
  const servers = new Map<string, { silence: number; count: number; rate: number | null }>()
  for (const request of requests) {
    const known = servers.get(serverOf(request)) ?? { silence: 0, count: 0, rate: null }
    // A truncated answer is asked for again over TCP.
    const silence = request.timeoutMs * ((request.tries ?? pace.tries) + 1)
    const rate = request.rate == null ? known.rate : Math.min(request.rate, known.rate ?? request.rate)
    servers.set(serverOf(request), { silence: Math.max(known.silence, silence), count: known.count + 1, rate })
  }
  const longest = [...servers.values()].map(({ silence, count, rate }) => {
    const turns = Math.ceil(count / pace.leastWindow) * silence
    const paced = rate === null ? 0 : ((count * pace.tries) / rate) * 1_000
    return turns + paced
  })
  return Math.min(mostMs, Math.max(...longest))
}

/** How long the command may take: the probe's own deadline, and time to start and to write its answers. */
export const commandTimeoutMs = (requests: readonly DnsQueryArgs[]): number => deadlineMs(requests) + overheadMs
