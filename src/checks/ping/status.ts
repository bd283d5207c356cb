import type { PingAddress } from '../../facts/ping/index.js'
import { icmpMeaning } from '../../lib/icmp-meaning.js'

/** What became of the requests to one address, as far as it can be told. */
export type Status = 'replies' | 'silent' | 'prohibited' | 'unreachable' | 'too-big'

/** Everything that the evidence leaves open, likeliest first; nothing when nothing was sent. */
export function possibleOf({ address, sent, replies, errors, confirmed }: PingAddress): readonly Status[] {
  if (replies.length > 0) return ['replies']
  if (sent === 0) return []
  if (errors.length === 0) return confirmed ? ['silent'] : ['silent', 'prohibited', 'unreachable']
  const statuses = errors.map((error): Status => {
    const meaning = icmpMeaning(error, address)
    return meaning === 'prohibited' || meaning === 'too-big' ? meaning : 'unreachable'
  })
  return [...new Set(statuses)]
}
