import { type Expectation, meets, numberType, textType } from '../../lib/expectation.js'
import type { Answer, Datum } from './answer.js'
import { dataType } from './record-data.js'
import { asList, type DnsRecordSpec, type ExpectedData } from './spec.js'
import { ttlType } from './ttl.js'

type Said = Exclude<Answer, { kind: 'unanswered' }>

/** What is not as expected. Lists hold data of records, or words of the runbook. */
export type Unmet =
  | { readonly what: 'records'; readonly missing: readonly Expectation<string>[]; readonly unexpected: readonly string[] }
  | { readonly what: 'none' | 'present' | 'rcode' | 'ttl' | 'authenticated' | 'loop' | 'differs' }
  | { readonly what: 'count'; readonly count: number }

/** `unproven`: there is no answer that could be judged. `no-ttl`: a negative answer that does not say how long it holds. */
export type Judgement =
  | { readonly verdict: 'pass' }
  | { readonly verdict: 'fail'; readonly unmet: readonly Unmet[] }
  | { readonly verdict: 'error'; readonly why: 'unproven' | 'no-ttl' }

/**
 * Whether an answer is as expected.
 * @param reference the records that the zone's own servers give, where all are to agree with them; null where that is not asked.
 */
export function judge(spec: DnsRecordSpec, answer: Answer, reference: readonly (readonly string[])[] | null): Judgement {
  if (answer.kind === 'unanswered') return { verdict: 'error', why: 'unproven' }
  if (answer.kind === 'failure') return acceptsFailure(spec, answer.rcode) ? { verdict: 'pass' } : { verdict: 'error', why: 'unproven' }
  // A circle says neither that there is a record nor that there is none.
  if (answer.kind === 'loop' && wantsAbsence(spec)) return { verdict: 'error', why: 'unproven' }
  if (answer.kind === 'onward') return { verdict: 'error', why: 'unproven' }
  const ttls = ttlsOf(answer)
  const unmet = [
    ...recordsUnmet(spec, answer),
    ...(spec.rcode === undefined || meets(textType, spec.rcode, answer.rcode) ? [] : [{ what: 'rcode' } as const]),
    ...(spec.ttl === undefined || ttls.every((ttl) => spec.ttl === undefined || meets(ttlType, spec.ttl, ttl))
      ? []
      : [{ what: 'ttl' } as const]),
    ...(spec.authenticated === undefined || spec.authenticated === answer.authenticated ? [] : [{ what: 'authenticated' } as const]),
    ...(reference === null || agrees(answer, reference) ? [] : [{ what: 'differs' } as const]),
  ]
  if (unmet.length > 0) return { verdict: 'fail', unmet }
  return spec.ttl !== undefined && answer.kind === 'none' && answer.ttl === null ? { verdict: 'error', why: 'no-ttl' } : { verdict: 'pass' }
}

/** A response code that means a failure is as expected only where the runbook names it: `not: NXDOMAIN` does not mean SERVFAIL. */
function acceptsFailure({ rcode }: DnsRecordSpec, actual: string): boolean {
  if (rcode === undefined || !meets(textType, rcode, actual)) return false
  return typeof rcode === 'string' || rcode['one-of'] !== undefined || rcode.matches !== undefined
}

/** Whether the runbook wants that there is no record. */
function wantsAbsence({ absent, count }: DnsRecordSpec): boolean {
  return absent === true || (count !== undefined && meets(numberType, count, 0))
}

/** Whether there must be a record, although the runbook does not say which. */
export function wantsAny(spec: DnsRecordSpec): boolean {
  return [spec.answers, spec.contains, spec.count, spec.rcode].every((key) => key === undefined) && spec.absent !== true
}

function recordsUnmet(spec: DnsRecordSpec, answer: Said): readonly Unmet[] {
  const records = recordsOf(answer)
  const missing = (expected: ExpectedData | undefined) => asList(expected).filter((each) => !records.some((data) => isIt(spec, each, data)))
  const unexpected =
    spec.answers === undefined ? [] : records.filter((data) => !asList(spec.answers).some((each) => isIt(spec, each, data)))
  const lacking = [...new Set([...missing(spec.answers), ...missing(spec.contains)])]
  const found: Unmet[] = []
  const wanted = lacking.length > 0 || wantsAny(spec)
  if (answer.kind === 'loop') return [{ what: 'loop' }]
  if (records.length === 0 && wanted) return [{ what: 'none' }]
  if (spec.absent === true && records.length > 0) found.push({ what: 'present' })
  if (lacking.length > 0 || unexpected.length > 0) found.push({ what: 'records', missing: lacking, unexpected })
  if (spec.count !== undefined && !meets(numberType, spec.count, records.length)) found.push({ what: 'count', count: records.length })
  return found
}

function isIt({ type = 'A' }: DnsRecordSpec, expected: Expectation<string>, data: string): boolean {
  return meets(dataType(type), expected, data)
}

/** The data of all records that answer the question; empty where there are none. */
export const recordsOf = (answer: Answer): readonly string[] => (answer.kind === 'records' ? answer.records.map(({ data }) => data) : [])

/** Whether the records are one of these sets. */
export function agrees(answer: Answer, sets: readonly (readonly string[])[]): boolean {
  const records = recordsOf(answer)
  return sets.some((set) => set.length === records.length && records.every((data) => set.includes(data)))
}

/** The TTLs that a bound is about: of every record, aliases included, as each may keep an old answer alive; or of the negative answer. */
export function ttlsOf(answer: Said): readonly number[] {
  const own = answer.kind === 'records' ? answer.records.flatMap(({ ttl }: Datum) => ttl ?? []) : []
  const negative = answer.kind === 'none' && answer.ttl !== null ? [answer.ttl] : []
  return [...answer.aliases.map(({ ttl }) => ttl), ...own, ...negative]
}
