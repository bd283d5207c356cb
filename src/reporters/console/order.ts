import type { Result, RunSummary } from '../../model/report.js'
import { severities } from '../../model/verdict.js'

/** Sorts results: the most severe first, then by host, runbook and line, so that two runs read alike however fast each host was. */
export function inOrder({ hosts }: RunSummary): (results: readonly Result[]) => readonly Result[] {
  const ranks = new Map(hosts.map(({ name }, index) => [name, index]))
  const rank = ({ host }: Result): number => ranks.get(host) ?? ranks.size
  return (results) =>
    results.toSorted(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        rank(a) - rank(b) ||
        a.runbook - b.runbook ||
        a.location.line - b.location.line,
    )
}
