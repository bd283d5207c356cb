import type { CheckContext } from './check.js'
import type { FactRequest } from './fact.js'
import type { Host } from './inventory.js'
import type { Json } from './json.js'
import type { CheckEntry } from './runbook.js'

/** Wishes of a check: for each name the key of a request, a list for a list. */
export type KeyedNeeds = Readonly<Record<string, string | readonly string[]>>

/** One check on one host, everything filled in. */
export interface PlannedCheck {
  /** Index of the runbook in the plan. */
  readonly runbook: number
  readonly entry: CheckEntry
  readonly host: Host
  /** The specification with this host's variables. */
  readonly spec: Json
  readonly context: CheckContext
  /** What the check wishes to know, by the keys of its requests. */
  readonly needs: KeyedNeeds
  /** Keys of all requests in `needs`, each once. */
  readonly requestKeys: readonly string[]
  /** Why it does not apply here (`when`); null when it does. */
  readonly skip: string | null
  /** Indexes into `Plan.checks` of what must pass first. */
  readonly after: readonly number[]
}

export interface PlannedRequest {
  readonly key: string
  readonly request: FactRequest
  /** The largest `timeout` among the checks that ask; milliseconds. */
  readonly timeoutMs: number
}

export interface PlannedRunbook {
  readonly name: string
  readonly file: string
  readonly digest: string
}

/** What a run will do, before anything runs. */
export interface Plan {
  readonly runbooks: readonly PlannedRunbook[]
  /** Only hosts that some check names. */
  readonly hosts: readonly Host[]
  readonly checks: readonly PlannedCheck[]
  /** Every request by its key: asked for once, however many checks want it. */
  readonly requests: ReadonlyMap<string, PlannedRequest>
}
