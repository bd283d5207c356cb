import type { Location } from './diagnostic.js'
import type { Json } from './json.js'
import type { Severity } from './verdict.js'

export interface Retry {
  /** How long to go on, from the first attempt; milliseconds. */
  readonly untilMs: number
  /** From the start of one attempt to the start of the next; milliseconds. */
  readonly everyMs: number
}

/** `when`: the check applies only to hosts of one of these platforms and one of these groups. */
export interface When {
  readonly platforms?: readonly string[]
  readonly groups?: readonly string[]
}

/** One check as a runbook declares it, variables not yet filled in. */
export interface CheckEntry {
  /** Unique in the run; made from the name where the runbook gives none. */
  readonly id: string
  readonly name: string
  readonly kind: string
  /** The room's own part, with `${…}` still in it. */
  readonly spec: Json
  /** Host patterns, as given in `on`. */
  readonly on: readonly string[]
  readonly tags: readonly string[]
  readonly severity: Severity
  readonly timeoutMs: number
  readonly retry: Retry | null
  /** Ids of checks that must pass first. */
  readonly needs: readonly string[]
  readonly when: When | null
  readonly location: Location
}

export interface Runbook {
  readonly name: string
  readonly file: string
  /** SHA-256 of the file and everything it includes, in hex: proves what was asked. */
  readonly digest: string
  readonly vars: Readonly<Record<string, Json>>
  /** The path its `inventory:` names, relative paths already resolved against the runbook. */
  readonly inventory: string | null
  readonly checks: readonly CheckEntry[]
}
