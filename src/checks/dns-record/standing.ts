import { addressFamily } from '../../lib/address.js'
import { type Judgement, judge } from './judge.js'
import type { Sight } from './sight.js'
import type { DnsRecordSpec } from './spec.js'

/** A sight and what it is worth. */
export interface Judged {
  readonly sight: Sight
  readonly judgement: Judgement
  /** What `unanswered` makes of it. `ignored` is left out. */
  readonly verdict: 'pass' | 'fail' | 'error' | 'ignored'
}

/** Judges every sight; `reference`: the sets of records that the zone's servers give, where all must agree with them. */
export function judgeAll(
  spec: DnsRecordSpec,
  sights: readonly Sight[],
  reference: readonly (readonly string[])[] | null,
): readonly Judged[] {
  // A server of a zone does not validate, so that it never sets AD (RFC 4035 section 3.1.6).
  const { authenticated: _, ...ofServer } = spec
  return sights.map((sight) => {
    const isServer = sight.role === 'authoritative'
    const judgement = judge(isServer ? ofServer : spec, sight.answer, isServer ? null : reference)
    return { sight, judgement, verdict: verdictOf(spec, sight, judgement) }
  })
}

function verdictOf({ unanswered = 'error' }: DnsRecordSpec, { answer }: Sight, judgement: Judgement): Judged['verdict'] {
  if (judgement.verdict !== 'error' || judgement.why !== 'unproven') return judgement.verdict
  if (unanswered === 'ignore') return 'ignored'
  return unanswered === 'fail' && !(answer.kind === 'unanswered' && wasNotAsked.has(answer.why)) ? 'fail' : 'error'
}

/** Nothing was sent, so that nothing can be blamed on the server. */
const wasNotAsked: ReadonlySet<string> = new Set([
  'source-error',
  'local-error',
  'unsupported',
  'failed',
  'no-address',
  'no-zone',
  'lookup',
])

/** Errors of a host that has no IPv6, or no way out over it. */
const withoutIpv6 = /\b(ENETUNREACH|EADDRNOTAVAIL|EAFNOSUPPORT)\b/

/**
 * Puts aside the IPv6 addresses that a host without IPv6 cannot ask at, of servers that answered at another address: for that host the
 * server is where it can be reached. With `family: ipv6` or a `source` they are what is meant, and stay.
 */
export function withoutUnreachable(
  spec: DnsRecordSpec,
  sights: readonly Sight[],
): { readonly kept: readonly Sight[]; readonly aside: readonly Sight[] } {
  if (spec.family !== undefined || spec.source !== undefined) return { kept: sights, aside: [] }
  const answered = (one: Sight): boolean =>
    sights.some(({ entry, label, answer }) => entry === one.entry && label === one.label && answer.kind !== 'unanswered')
  const isAside = (sight: Sight): boolean => {
    const { answer, server, label } = sight
    if (answer.kind !== 'unanswered' || answer.why !== 'local-error' || server === null || label === null) return false
    return addressFamily(server.address) === 6 && withoutIpv6.test(answer.detail ?? '') && answered(sight)
  }
  return { kept: sights.filter((sight) => !isAside(sight)), aside: sights.filter(isAside) }
}
