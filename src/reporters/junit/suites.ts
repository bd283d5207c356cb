import type { HostSummary, Report, ReportRunbook, Result } from '../../model/report.js'
import { groupBy } from '../group.js'
import { xmlLine } from './text.js'
import { uniqueNames } from './unique.js'

/** One `testsuite`: the results of a runbook on a host. */
export interface Suite {
  /** Unique in the document: GitLab tells test cases apart by class name and name alone. */
  readonly className: string
  readonly runbook: ReportRunbook
  readonly host: string
  /** Absent only in a report whose hosts are incomplete. */
  readonly summary: HostSummary | undefined
  readonly results: readonly Result[]
}

const noRunbook: ReportRunbook = { name: 'unknown runbook', file: '', digest: '' }

/** The suites of a report in the order of its runbooks, then of its hosts, however the results are ordered. */
export function suitesOf(report: Report): readonly Suite[] {
  const hosts = new Map(report.hosts.map((host, index) => [host.name, { host, index }]))
  const rank = (host: string): number => hosts.get(host)?.index ?? hosts.size
  const className = uniqueNames()
  const byRunbook = [...groupBy(report.results, ({ runbook }) => runbook)].sort(([a], [b]) => a - b)
  return byRunbook.flatMap(([index, all]) => {
    const byHost = [...groupBy(all, ({ host }) => host)].sort(([a], [b]) => rank(a) - rank(b))
    return byHost.map(([host, results]) => {
      const runbook = report.runbooks[index] ?? noRunbook
      return { className: className(xmlLine(`${runbook.name} @ ${host}`)), runbook, host, summary: hosts.get(host)?.host, results }
    })
  })
}

/**
 * A name for each result, unique among them: CI compares runs by it. A name that several checks share is followed by
 * each one's id, so that it stays the same when their order changes.
 */
export function caseNames(results: readonly Result[]): readonly string[] {
  const lines = results.map(({ name, id }) => xmlLine(name === '' ? id : name))
  const seen = new Set<string>()
  const shared = new Set<string>()
  for (const line of lines) (seen.has(line) ? shared : seen).add(line)
  const unique = uniqueNames()
  return results.map(({ id }, index) => {
    const line = lines[index] ?? ''
    return unique(shared.has(line) ? `${line} [${xmlLine(id)}]` : line)
  })
}
