import type { Result, RunSummary } from '../../model/report.js'
import { severities } from '../../model/verdict.js'

type Sort = (results: readonly Result[]) => readonly Result[]

/** Orders for results that do not depend on how fast each host was, so that two runs read alike. */
export interface Orders {
  /** By host, runbook and line. */
  readonly byPlace: Sort
  /** The most severe first, then by place. */
  readonly bySeverity: Sort
}

export function ordersFor({ hosts }: RunSummary): Orders {
  const ranks = new Map(hosts.map(({ name }, index) => [name, index]))
  const rank = ({ host }: Result): number => ranks.get(host) ?? ranks.size
  const place = (a: Result, b: Result): number => rank(a) - rank(b) || a.runbook - b.runbook || a.location.line - b.location.line
  const severity = (a: Result, b: Result): number => severities.indexOf(a.severity) - severities.indexOf(b.severity)
  return {
    byPlace: (results) => results.toSorted(place),
    bySeverity: (results) => results.toSorted((a, b) => severity(a, b) || place(a, b)),
  }
}
