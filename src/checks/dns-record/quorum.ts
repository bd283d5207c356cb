import { counted } from '../../lib/plural.js'
import type { DnsRecordSpec } from './spec.js'
import type { Judged } from './standing.js'

/** How the entries of `resolvers` stand: each counts once, with all of its addresses. */
export interface Count {
  readonly verdict: 'pass' | 'fail' | 'error'
  readonly needed: number
  readonly passed: readonly string[]
  readonly failed: readonly string[]
  /** Nothing is known of them. */
  readonly open: readonly string[]
  /** No address of these answered, and `unanswered: ignore` leaves them out. */
  readonly ignored: readonly string[]
}

/** `at 2 of 3 resolvers`. */
export function describeNeeded({ quorum = 'all' }: DnsRecordSpec, { needed, passed, failed, open, ignored }: Count): string {
  const present = passed.length + failed.length + open.length
  if (quorum === 'all') return 'at every resolver that answers'
  if (typeof quorum === 'number') return `at ${quorum} of ${counted(present + ignored.length, 'resolver')}`
  return present === 0 ? 'at most of the resolvers that answer' : `at ${needed} of ${counted(present, 'resolver')}`
}

type Standing = Exclude<keyof Count, 'verdict' | 'needed'>

/** Whether enough entries answered as expected. What is not known counts neither for nor against. */
export function countEntries({ quorum = 'all' }: DnsRecordSpec, judged: readonly Judged[]): Count {
  const entries = [...new Set(judged.map(({ sight }) => sight.entry))]
  const standing = (wanted: Standing): readonly string[] =>
    entries.filter((entry) => standingOf(judged.filter(({ sight }) => sight.entry === entry)) === wanted)
  const [passed, failed, open, ignored] = [standing('passed'), standing('failed'), standing('open'), standing('ignored')]
  const present = entries.length - ignored.length
  const needed = quorum === 'all' ? present : quorum === 'majority' ? Math.floor(present / 2) + 1 : quorum
  return { verdict: verdictOf(), needed, passed, failed, open, ignored }

  function verdictOf(): Count['verdict'] {
    if (passed.length === 0 && failed.length === 0) return 'error'
    if (passed.length >= needed) return 'pass'
    const possible = passed.length + open.length + (typeof quorum === 'number' ? ignored.length : 0)
    return possible < needed ? 'fail' : 'error'
  }
}

function standingOf(addresses: readonly Judged[]): Standing {
  const has = (verdict: Judged['verdict']): boolean => addresses.some((each) => each.verdict === verdict)
  if (has('fail')) return 'failed'
  if (has('error')) return 'open'
  return has('pass') ? 'passed' : 'ignored'
}
