import type { DnsMessage, DnsQuery } from '../../../facts/dns-query/index.js'
import type { DnsType } from '../../../lib/dns/types.js'
import type { Outcome } from '../answer.js'
import { allOf, type Inquiry, queryTo } from '../inquiry.js'
import { type Server, showServer } from '../resolver-words.js'
import { describeSilence } from '../words.js'

/** So many servers of a zone are asked at once, and no more when one of them helps. */
const few = 3
/** After so many in vain the others are not asked: a zone of which nine servers fail is broken, and a root that six times is silent is out of reach. */
const most = { root: 6, zone: 9 } as const

export interface AskedQuestion {
  readonly name: string
  readonly type: DnsType
  readonly recurse: boolean
  /** The servers are those of the root: another way to the zone is known where they do not help. */
  readonly isRoot?: boolean
}

/** What the servers that were asked said. */
export interface Readings<Reading> {
  readonly good: readonly Reading[]
  /** Who did not help and why: `192.0.2.1, 192.0.2.2: REFUSED`. */
  readonly why: string
}

/**
 * Asks some servers, and others only when none of these helps.
 * @param read what an outcome means, or why it does not help.
 * @returns undefined while answers are missing.
 */
export function askFew<Reading>(
  inquiry: Inquiry,
  servers: readonly Server[],
  { recurse, isRoot = false, ...question }: AskedQuestion,
  read: (outcome: Outcome<DnsQuery>) => { readonly good: Reading } | { readonly poor: string },
): Readings<Reading> | undefined {
  const poor = new Map<string, string[]>()
  const candidates = servers.slice(0, isRoot ? most.root : most.zone)
  for (let from = 0; from < candidates.length; from += few) {
    const asked = candidates.slice(from, from + few)
    const outcomes = allOf(
      inquiry,
      asked.map((server) => queryTo(inquiry, server, question, { recurse, patience: recurse ? 'full' : 'short' })),
    )
    if (outcomes === undefined) return undefined
    const good: Reading[] = []
    for (const [index, outcome] of outcomes.entries()) {
      const server = asked[index]
      const reading = read(outcome)
      if ('good' in reading) good.push(reading.good)
      else if (server !== undefined) poor.set(reading.poor, [...(poor.get(reading.poor) ?? []), showServer(server)])
    }
    if (good.length > 0) return { good, why: '' }
  }
  return { good: [], why: [...poor].map(([why, who]) => `${some(who)}: ${why}`).join('; ') }
}

/** Many that say the same are named by the first of them. */
const some = (who: readonly string[]): string =>
  who.length <= 3 ? who.join(', ') : `${who.slice(0, 2).join(', ')} and ${who.length - 2} more`

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
