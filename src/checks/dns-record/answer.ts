import type { DnsMessage, DnsQuery, DnsRecord, DnsStatus } from '../../facts/dns-query/index.js'
import type { NameLookup } from '../../facts/name-lookup/index.js'
import { addressFamily } from '../../lib/address.js'
import { canonicalName } from '../../lib/dns/name.js'
import type { FactError } from '../../model/fact.js'
import { type Alias, endOf, isWithin, walkAliases } from './aliases.js'
import type { Question } from './question.js'

/** What came of asking for a fact. */
export type Outcome<Value> = { readonly value: Value } | { readonly error: FactError }

/** A record that answers the question. */
export interface Datum {
  /** Canonical, as the fact gives it. */
  readonly data: string
  /** Seconds; null where the host's own programs were asked, which do not tell. */
  readonly ttl: number | null
}

/** What a well-formed answer says beside its records. */
interface Said {
  readonly rcode: string
  /** CNAME records from the question on. */
  readonly aliases: readonly Alias[]
  readonly authenticated: boolean
  readonly extendedErrors: readonly string[]
}

/**
 * Why there is no answer. `failed`: the fact could not be learnt. `no-recursion`: a referral, or nothing at all, from a server that does
 * not look further. `no-authority`: a server of the zone answers without authority (lame). `no-address`: no address of that
 * server is known. `no-zone`: the zone's servers were not found, `detail` says why. `unrelated`: records of other names only.
 * `contradictory`: records, and a response code that denies them.
 * `lookup`: the host's own programs could not find out.
 */
export type Unanswered =
  | Exclude<DnsStatus, 'answered'>
  | 'failed'
  | 'no-recursion'
  | 'no-authority'
  | 'no-address'
  | 'no-zone'
  | 'unrelated'
  | 'contradictory'
  | 'lookup'

/**
 * What a server makes of the question. `none`: there is no such name or record, said so by NXDOMAIN or NODATA (RFC 2308); `ttl` is how
 * long that holds, in seconds, null where it is not said. `loop`: the aliases lead in a circle. `onward`: an alias that leaves the zone
 * of the server, which says nothing about what is behind it. `failure`: a response code such as SERVFAIL or REFUSED.
 */
export type Answer =
  | (Said & { readonly kind: 'records'; readonly records: readonly Datum[] })
  | (Said & { readonly kind: 'none'; readonly ttl: number | null })
  | (Said & { readonly kind: 'loop' | 'onward' | 'failure' })
  | {
      readonly kind: 'unanswered'
      readonly why: Unanswered
      readonly detail: string | null
      /** Queries that were sent. */
      readonly tries: number
      readonly transport: 'udp' | 'tcp' | null
    }

/** Who is asked: a resolver, or a server of a zone, whose answers count with authority alone, and within its zone where that is known. */
export type Role = { readonly role: 'resolver' } | { readonly role: 'authoritative'; readonly zone: string | null }

/** What an outcome means as an answer to `question`. */
export function readAnswer({ name, type }: Pick<Question, 'name' | 'type'>, outcome: Outcome<DnsQuery>, role: Role): Answer {
  if ('error' in outcome) return { kind: 'unanswered', why: 'failed', detail: outcome.error.message, tries: 0, transport: null }
  const { status, message, detail, tries, transport } = outcome.value
  const unanswered = (why: Unanswered): Answer => ({ kind: 'unanswered', why, detail, tries, transport })
  if (status !== 'answered') return unanswered(status)
  if (message === null) return unanswered('malformed')
  const { rcode, extendedErrors, authenticData: authenticated } = message
  if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') return { kind: 'failure', rcode, aliases: [], authenticated, extendedErrors }
  if (role.role === 'authoritative' && !message.authoritative) return unanswered('no-authority')
  const { aliases, loops } = type === 'CNAME' ? { aliases: [], loops: false } : walkAliases(name, message.answers)
  const said = { rcode, aliases, authenticated, extendedErrors }
  if (loops) return { ...said, kind: 'loop' }
  const end = endOf(name, aliases)
  const leaves = role.role === 'authoritative' && aliases.length > 0
  if (leaves && role.zone !== null && !isWithin(end, role.zone)) return { ...said, rcode: 'NOERROR', kind: 'onward' }
  const records = recordsOf(message.answers, end, type)
  if (records.length > 0) return rcode === 'NXDOMAIN' ? unanswered('contradictory') : { ...said, kind: 'records', records }
  if (aliases.length === 0 && message.answers.some((record) => record.type === type || record.type === 'CNAME')) {
    return unanswered('unrelated')
  }
  if (leaves && negativeSoa(message, end) === undefined) return { ...said, rcode: 'NOERROR', kind: 'onward' }
  if (rcode === 'NOERROR' && !isNoData(message, end)) return unanswered('no-recursion')
  return { ...said, kind: 'none', ttl: negativeTtl(negativeSoa(message, end)) }
}

function recordsOf(answers: readonly DnsRecord[], owner: string, type: string): readonly Datum[] {
  const found = new Map<string, Datum>()
  for (const record of answers) {
    if (record.name === owner && record.type === type && !found.has(record.data))
      found.set(record.data, { data: record.data, ttl: record.ttl })
  }
  return [...found.values()]
}

/** The SOA record that a negative answer about `name` carries. */
function negativeSoa({ authorities }: DnsMessage, name: string): DnsRecord | undefined {
  return authorities.find((record) => record.type === 'SOA' && isWithin(name, record.name))
}

/** RFC 2308 section 2.2: without a SOA record, NS records make it a referral; and who neither recurses nor has authority knows nothing. */
function isNoData(message: DnsMessage, name: string): boolean {
  if (negativeSoa(message, name) !== undefined) return true
  if (!message.authoritative && message.authorities.some(({ type }) => type === 'NS')) return false
  return message.authoritative || message.recursionAvailable
}

/** RFC 2308 section 5: the lesser of the record's own TTL and its last number. */
function negativeTtl(soa: DnsRecord | undefined): number | null {
  if (soa === undefined) return null
  const minimum = Number(soa.data.split(' ').at(-1))
  return Number.isSafeInteger(minimum) ? Math.min(soa.ttl, minimum) : soa.ttl
}

/** What the host's own programs find, as an answer: the hosts file and nsswitch.conf included, and without a TTL. */
export function readLookup(family: 4 | 6 | null, outcome: Outcome<NameLookup>): Answer {
  const unanswered = (why: Unanswered, detail: string | null): Answer => ({ kind: 'unanswered', why, detail, tries: 0, transport: null })
  if ('error' in outcome) return unanswered('failed', outcome.error.message)
  const { found, problem, detail } = outcome.value
  if (problem === 'temporary') return unanswered('lookup', detail)
  const said = { rcode: found.length > 0 ? 'NOERROR' : '', aliases: [], authenticated: false, extendedErrors: [] }
  const fitting =
    family === null ? found.map((name) => canonicalName(name) ?? name) : found.filter((each) => addressFamily(each) === family)
  if (fitting.length > 0) return { ...said, kind: 'records', records: [...new Set(fitting)].map((data) => ({ data, ttl: null })) }
  return problem === 'none' ? { ...said, kind: 'none', ttl: null } : unanswered('lookup', detail ?? 'it found nothing and did not say why')
}
