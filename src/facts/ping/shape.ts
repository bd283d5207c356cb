import { amount, filledListOf, flag, listOf, mapOf, oneOf, orNull, text, whole } from '../../lib/shape.js'
import type { Ping, PingAddress, PingError, PingReply } from './value.js'

type Problem = NonNullable<PingAddress['problem']>

const kinds = Object.keys({
  'name-error': 0,
  'source-error': 0,
  'no-route': 0,
  'local-policy': 0,
  'too-big': 0,
  'not-permitted': 0,
  unsupported: 0,
} satisfies Record<Problem['kind'], 0>) as Problem['kind'][]

const address = mapOf<PingAddress>({
  address: orNull(text),
  source: orNull(text),
  sent: whole,
  replies: listOf(mapOf<PingReply>({ sequence: whole, rttMs: orNull(amount), ttl: orNull(whole) })),
  duplicates: whole,
  errors: listOf(mapOf<PingError>({ sequence: orNull(whole), type: whole, code: whole, from: orNull(text), mtu: orNull(whole) })),
  confirmed: flag,
  problem: orNull(mapOf<Problem>({ kind: oneOf(kinds), detail: text })),
})

/** What a recording must hold to be judged. */
export const pingShape = mapOf<Ping>({ probe: text, addresses: filledListOf(address) })
