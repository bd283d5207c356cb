import type { Finding } from './check.js'
import type { Location } from './diagnostic.js'
import type { FactError } from './fact.js'
import type { Platform } from './platform.js'
import type { Severity, Verdict } from './verdict.js'

/** A fact that was judged: when and how it was learnt. */
export interface FactReference {
  readonly key: string
  readonly at: string
  readonly source: string | null
}

/** What is kept of a check that did not pass, beside its findings. */
export interface ResultAttachment {
  readonly name: string
  readonly mediaType: string
  /** Where it was written; null where no report was written to a file. */
  readonly file: string | null
  /** What it holds. Reporters get it without. */
  readonly base64?: string
}

/** A check on a host, judged. Every field is always there. */
export interface Result {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly host: string
  /** Index into `Report.runbooks`. */
  readonly runbook: number
  readonly tags: readonly string[]
  readonly severity: Severity
  readonly verdict: Verdict
  readonly findings: readonly Finding[]
  /** Why a check was skipped, or why its facts could not be had; empty otherwise. */
  readonly reason: string
  readonly attempts: number
  readonly durationMs: number
  readonly location: Location
  readonly facts: readonly FactReference[]
  readonly attachments: readonly ResultAttachment[]
}

export interface HostSummary {
  readonly name: string
  readonly address: string
  readonly transport: string
  readonly platform: Platform
  readonly groups: readonly string[]
  /** Set when nothing could be learnt from the host at all. */
  readonly error: FactError | null
}

export type Totals = Readonly<Record<Verdict, number>>

export interface ReportRunbook {
  readonly name: string
  readonly file: string
  readonly digest: string
}

/** Everything about a run but its results. */
export interface RunSummary {
  readonly version: 1
  /** Unique for ever (UUID v4). */
  readonly runId: string
  readonly netproof: string
  readonly runbooks: readonly ReportRunbook[]
  /** ISO 8601 with the controller's offset from UTC. */
  readonly startedAt: string
  readonly endedAt: string
  readonly durationMs: number
  /** IANA name of the controller's time zone. */
  readonly timeZone: string
  readonly interrupted: boolean
  readonly exitCode: number
  readonly hosts: readonly HostSummary[]
  readonly totals: Totals
}

/** The outcome of a run as data. */
export interface Report extends RunSummary {
  readonly results: readonly Result[]
}

/** What happens during a run, in order. */
export type RunEvent =
  | {
      readonly type: 'start'
      readonly at: string
      readonly hosts: number
      readonly checks: number
      readonly runbooks: readonly ReportRunbook[]
    }
  | { readonly type: 'host'; readonly host: string; readonly error: FactError | null }
  | { readonly type: 'result'; readonly result: Result }
  | { readonly type: 'retry'; readonly checks: number; readonly inMs: number }
  | { readonly type: 'interrupt'; readonly reason: string }
  | { readonly type: 'end'; readonly summary: RunSummary }
