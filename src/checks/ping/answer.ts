import { counted } from '../../lib/plural.js'
import type { Finding } from '../../model/check.js'
import { likelyCause, uncertain } from './causes.js'
import { describeSilence, describeSubject, type Sight } from './sight.js'
import { type Expected, expectedOf } from './spec.js'
import { possibleOf, type Status } from './status.js'

/** What each expectation without replies is proven by. */
const proofs: Readonly<Record<Exclude<Expected, 'replies'>, readonly Status[]>> = {
  none: ['silent', 'prohibited'],
  unreachable: ['unreachable'],
}

/** Where no replies are wanted: whether there were none, and whether that proves it. */
export function noReplyFinding(sight: Sight): Finding {
  const wanted = expectedOf(sight.spec).flatMap((word) => (word === 'replies' ? [] : [word]))
  const possible = possibleOf(sight.result)
  const accepted = wanted.flatMap((word) => proofs[word])
  const isReply = possible.includes('replies')
  const proven = possible.length > 0 && possible.every((status) => accepted.includes(status))
  // A target that nothing can reach says nothing about who keeps pings out; but silence does contradict `unreachable`.
  const refuted = isReply || (!wanted.includes('none') && !possible.includes('unreachable'))
  return {
    verdict: proven ? 'pass' : refuted ? 'fail' : 'error',
    subject: describeSubject(sight, ''),
    expected: wanted.map((word) => (word === 'none' ? 'no answer' : word)).join(' or '),
    actual: isReply ? describeReplies(sight) : describeSilence(sight),
    message: proven ? '' : isReply ? allowed(sight) : refuted ? likelyCause(sight) : undecided(sight, possible),
  }
}

function describeReplies({ result }: Sight): string {
  return `${counted(result.sent, 'request')}, ${result.replies.length === 1 ? '1 reply' : `${result.replies.length} replies`}`
}

function allowed({ context, target, result }: Sight): string {
  const host = target.label ?? result.address ?? target.host
  return (
    `The target answers, and nothing between ${context.host.name} and ${host} keeps echo requests out. ` +
    `Look at the rules for ICMP echo-request on ${host} and on the firewalls on the way.`
  )
}

function undecided(sight: Sight, possible: readonly Status[]): string {
  if (!sight.result.confirmed) return uncertain(sight)
  const cause = likelyCause(sight)
  if (possible.includes('too-big')) return `${cause} That says nothing about smaller packets.`
  return `${cause} So nothing is known of who keeps pings out. Where it is to be out of reach, write \`expect: unreachable\`.`
}
