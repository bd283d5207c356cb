import type { SendFailure } from '../../lib/probe/failure.js'
import type { IcmpSender } from '../../lib/probe/icmp-sender.js'
import { mapOf, oneOf, orNull, type Shape, text, whole } from '../../lib/shape.js'
import type { PathMtu } from './value.js'

const kinds = Object.keys({
  'name-error': 0,
  'source-error': 0,
  'no-route': 0,
  'local-policy': 0,
  'too-big': 0,
  'not-permitted': 0,
  unsupported: 0,
  silent: 0,
} satisfies Record<SendFailure['kind'] | 'silent', 0>) as (SendFailure['kind'] | 'silent')[]

/** What a recording must hold to be judged. */
export const pathMtuShape = mapOf<PathMtu>({
  probe: text,
  address: orNull(text),
  source: orNull(text),
  mtu: orNull(whole),
  limit: oneOf(['interface', 'icmp', 'silence', 'none']),
  error: orNull(mapOf<IcmpSender>({ type: whole, code: whole, from: orNull(text), mtu: orNull(whole) })),
  tooBig: orNull(whole),
  problem: orNull(mapOf({ kind: oneOf(kinds), detail: text }) as Shape<NonNullable<PathMtu['problem']>>),
})
