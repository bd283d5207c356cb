import type { DnsMessage, DnsQuery } from '../../../facts/dns-query/index.js'
import type { DnsType } from '../../../lib/dns/types.js'
import type { Outcome } from '../answer.js'
import { allOf, type Inquiry, queryTo } from '../inquiry.js'
import { type Server, showServer } from '../resolver-words.js'
import { describeSilence } from '../words.js'

/** So many servers of a zone are asked at once, and no more when one of them helps. */
const few = 3
/** After so many in vain the others are not asked: a zone of which twelve servers fail is broken. */
const most = 12

export interface AskedQuestion {
  readonly name: string
  readonly type: DnsType
  readonly recurse: boolean
}

/** What the servers that were asked said. */
export interface Readings<Reading> {
  readonly good: readonly Reading[]
  /** Who did not help and why: `192.0.2.1: REFUSED`. */
  readonly poor: readonly string[]
}

/**
 * Asks some servers, and others only when none of these helps.
 * @param read what an outcome means, or why it does not help.
 * @returns undefined while answers are missing.
 */
export function askFew<Reading>(
  inquiry: Inquiry,
  servers: readonly Server[],
  { recurse, ...question }: AskedQuestion,
  read: (outcome: Outcome<DnsQuery>) => { readonly good: Reading } | { readonly poor: string },
): Readings<Reading> | undefined {
  const poor: string[] = []
  for (let from = 0; from < Math.min(servers.length, most); from += few) {
    const asked = servers.slice(from, Math.min(from + few, most))
    const outcomes = allOf(
      inquiry,
      asked.map((server) => queryTo(inquiry, server, question, { recurse })),
    )
    if (outcomes === undefined) return undefined
    const good: Reading[] = []
    for (const [index, outcome] of outcomes.entries()) {
      const server = asked[index]
      const reading = read(outcome)
      if ('good' in reading) good.push(reading.good)
      else if (server !== undefined) poor.push(`${showServer(server)}: ${reading.poor}`)
    }
    if (good.length > 0) return { good, poor }
  }
  return { good: [], poor }
}

/** For `askFew`: what `read` finds in the message, where there is one; null says that it does not help. */
export function readMessage<Reading>(
  read: (message: DnsMessage) => Reading | null,
  otherwise: string,
): (outcome: Outcome<DnsQuery>) => { readonly good: Reading } | { readonly poor: string } {
  return (outcome) => {
    if ('error' in outcome) return { poor: outcome.error.message }
    const { message } = outcome.value
    if (message === null) return { poor: describeSilence(outcome.value) }
    const good = read(message)
    if (good !== null) return { good }
    return { poor: message.rcode === 'NOERROR' ? otherwise : message.rcode }
  }
}
