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
export function withoutUnreachable(spec: DnsRecordSpec, sights: readonly Sight[]): Reachable {
  if (spec.family !== undefined || spec.source !== undefined) return { kept: sights, aside: new Map() }
  const isAside = ({ answer, server, label }: Sight): boolean => {
    if (answer.kind !== 'unanswered' || answer.why !== 'local-error' || server === null || label === null) return false
    return addressFamily(server.address) === 6 && withoutIpv6.test(answer.detail ?? '')
  }
  const aside = new Map<Sight, readonly string[]>()
  const kept = sights.filter((sight) => {
    const speaker = isAside(sight) ? sights.find((other) => isSameServer(other, sight) && other.answer.kind !== 'unanswered') : undefined
    if (speaker !== undefined) aside.set(speaker, [...(aside.get(speaker) ?? []), sight.server?.address ?? ''])
    return speaker === undefined
  })
  return { kept, aside }
}

const isSameServer = (a: Sight, b: Sight): boolean => a.entry === b.entry && a.label === b.label

interface Reachable {
  readonly kept: readonly Sight[]
  /** The addresses put aside, by the first sight of their server that answered. */
  readonly aside: ReadonlyMap<Sight, readonly string[]>
}
