import type { JsonObject } from '../model/json.js'
import type { RunEvent } from '../model/report.js'
import type { Severity } from '../model/verdict.js'

/** What to load and which part of it to use. */
export interface SelectOptions {
  /** Paths of YAML runbooks. */
  readonly runbooks: readonly string[]
  /** Inventory files, directories or lists `host1,host2,`; default what the runbooks name. */
  readonly inventory?: readonly string[] | undefined
  /** Host patterns; only these hosts are kept. */
  readonly limit?: readonly string[] | undefined
  /** Only checks with one of these tags. */
  readonly tags?: readonly string[] | undefined
  /** Variables over all others. */
  readonly vars?: JsonObject | undefined
}

export interface RunOptions extends SelectOptions {
  /** Hosts visited at the same time; default 32. */
  readonly concurrency?: number | undefined
  /** Milliseconds for the whole run; default no bound. */
  readonly timeoutMs?: number | undefined
  /** Milliseconds a login may take; default 10,000. */
  readonly connectTimeoutMs?: number | undefined
  /** Failed checks below this severity do not fail the run; default `low`. */
  readonly failOn?: Severity | undefined
  /** Lets checks run commands of the runbook, which may change the hosts; default false: such a runbook is refused. */
  readonly allowCommands?: boolean | undefined
  /** Directory that keeps the facts of this run. */
  readonly record?: string | undefined
  /** Directory of a recording to judge instead of contacting any host. */
  readonly replay?: string | undefined
  /** Aborting interrupts the run; what is known is still reported. */
  readonly signal?: AbortSignal | undefined
  readonly onEvent?: ((event: RunEvent) => void) | undefined
  /** What was left out of an inventory or a recording and why, formatted for people. */
  readonly onWarning?: ((text: string) => void) | undefined
}
