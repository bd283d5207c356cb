import { printableLine } from '../lib/printable.js'
import type { AnyCheckKind, Attachment, CheckKind, FactNeeds, FactsOf, Finding, Learnt } from '../model/check.js'
import type { FactError, FactRequest } from '../model/fact.js'
import type { Json } from '../model/json.js'
import type { KeyedNeeds, PlannedCheck } from '../model/plan.js'
import type { FactReference, Result } from '../model/report.js'
import type { Verdict } from '../model/verdict.js'
import type { KnownFact } from './fact-store.js'

export interface Judgement {
  readonly verdict: Verdict
  readonly findings: readonly Finding[]
  readonly reason: string
  readonly facts: readonly FactReference[]
  readonly attachments?: readonly Attachment[]
}

const order: Record<Finding['verdict'], number> = { fail: 2, error: 1, pass: 0 }

/** What is known when a check is judged. */
export interface Evidence {
  /** Of the facts that the check needs: all of them are there. */
  factOf(key: string): KnownFact
  /** Of those it asked for beside them. */
  readonly learnt: Learnt
  readonly further: readonly KnownFact[]
}

/** What could not be learnt, and on which host. */
interface Failed {
  readonly host: string
  readonly error: FactError
}

/**
 * Judges one check by the facts it asked for. A need that could not be learnt makes the check `error`:
 * what was not seen is never taken for absent. An exception of the room becomes an `error` too.
 */
export function evaluate(kind: AnyCheckKind, check: PlannedCheck, evidence: Evidence): Judgement {
  const known = check.requestKeys.map(evidence.factOf)
  const facts = [...known, ...evidence.further].map(({ reference }) => reference)
  const errors = errorsOf(known)
  if (errors.length > 0) return { ...undetermined(errors, check.host.name), facts }
  try {
    const judge = kind as unknown as CheckKind
    const values = valuesOf(check.needs, evidence.factOf)
    const findings = judge.evaluate(check.spec, values, check.context, evidence.learnt)
    if (findings.length === 0) return { verdict: 'error', findings: [], reason: `check ${check.entry.kind} compared nothing`, facts }
    const verdict = worst(findings)
    const attachments = verdict === 'pass' ? [] : (judge.attachments?.(check.spec, values, check.context) ?? [])
    return { verdict, findings, reason: '', facts, attachments }
  } catch (error) {
    return { ...defect(check, 'judge', error), facts }
  }
}

/** What a check would like to know beside what it knows, or why it cannot say. */
export function furtherWishes(
  kind: AnyCheckKind,
  check: PlannedCheck,
  { factOf, learnt }: Omit<Evidence, 'further'>,
): { readonly wishes: readonly FactRequest[] } | { readonly judgement: Judgement } {
  const { further } = kind as unknown as CheckKind
  if (further === undefined || errorsOf(check.requestKeys.map(factOf)).length > 0) return { wishes: [] }
  try {
    return { wishes: further(check.spec, valuesOf(check.needs, factOf), check.context, learnt) }
  } catch (error) {
    return { judgement: { ...defect(check, 'say what it needs to know', error), facts: [] } }
  }
}

function errorsOf(known: readonly KnownFact[]): readonly Failed[] {
  return known.flatMap(({ record: { host, outcome } }) => ('error' in outcome ? [{ host, error: outcome.error }] : []))
}

function defect({ entry }: PlannedCheck, what: string, error: unknown): Omit<Judgement, 'facts'> {
  const reason = `check ${entry.kind} failed to ${what} (a defect in netproof): ${printableLine(String(error))}`
  return { verdict: 'error', findings: [], reason }
}

function valuesOf(needs: KeyedNeeds, factOf: (key: string) => KnownFact): FactsOf<FactNeeds> {
  const value = (key: string): Json => {
    const { outcome } = factOf(key).record
    return 'value' in outcome ? outcome.value : null
  }
  const values: Record<string, Json | readonly Json[]> = {}
  for (const [name, keys] of Object.entries(needs)) values[name] = typeof keys === 'string' ? value(keys) : keys.map(value)
  return values as FactsOf<FactNeeds>
}

function worst(findings: readonly Finding[]): Verdict {
  return findings.reduce<Finding['verdict']>(
    (verdict, finding) => (order[finding.verdict] > order[verdict] ? finding.verdict : verdict),
    'pass',
  )
}

/** @param own the host that the result names; of any other the reason says whose it is. */
function undetermined(errors: readonly Failed[], own: string): Omit<Judgement, 'facts'> {
  const reasons = errors.map(({ host, error: { message } }) => (host === own ? message : `${host}: ${message}`))
  return { verdict: 'error', findings: [], reason: [...new Set(reasons)].join('; ') }
}

/** The result of a check, every field filled in. */
export function makeResult(check: PlannedCheck, judgement: Judgement, attempts: number, durationMs: number): Result {
  const { entry } = check
  return {
    id: entry.id,
    name: entry.name,
    kind: entry.kind,
    host: check.host.name,
    runbook: check.runbook,
    tags: entry.tags,
    severity: entry.severity,
    verdict: judgement.verdict,
    findings: judgement.findings,
    reason: judgement.reason,
    attempts,
    durationMs: Math.round(durationMs * 1_000) / 1_000,
    location: entry.location,
    facts: judgement.facts,
    attachments: (judgement.attachments ?? []).map((attachment) => ({ ...attachment, file: null })),
  }
}
