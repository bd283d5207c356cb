import library, { type Builder, type TestSuite } from 'junit-report-builder'
import type { Report, Result } from '../../model/report.js'
import type { DocumentReporter } from '../../model/reporter.js'
import { addOutcome } from './outcome.js'
import { caseNames, type Suite, suitesOf } from './suites.js'
import { seconds, utcWithoutZone, xmlLine } from './text.js'

/** Its types say that the builder is the member `default` of what Node imports; it is what Node imports. */
const builder = library as unknown as Builder

/**
 * JUnit XML as Jenkins, GitLab and GitHub read it, valid against `junit-10.xsd` of the Jenkins xUnit plug-in.
 * Each suite is built and given away by itself, so that memory is bounded by the largest suite; the root is
 * written here because the library gives it a `skipped` attribute, which that schema refuses.
 */
function* render(report: Report): Generator<string> {
  const { totals } = report
  const tests = totals.pass + totals.fail + totals.error + totals.skip
  const counts = `tests="${tests}" failures="${totals.fail}" errors="${totals.error}"`
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="netproof" time="${seconds(report.durationMs)}" ${counts}>`
  for (const suite of suitesOf(report)) yield `\n${renderSuite(report, suite)}`
  yield '\n</testsuites>\n'
}

function renderSuite(report: Report, suite: Suite): string {
  const xml = builder.newBuilder().testSuite()
  xml.name(suite.className)
  xml.time(seconds(suite.results.reduce((sum, { durationMs }) => sum + durationMs, 0)))
  const timestamp = utcWithoutZone(report.startedAt)
  if (timestamp !== '') xml.timestamp(timestamp)
  for (const [name, value] of properties(report, suite)) xml.property(name, xmlLine(value))
  const names = caseNames(suite.results)
  for (const [index, result] of suite.results.entries()) addCase(xml, suite.className, names[index] ?? '', result)
  const element = xml.build()
  element.att('hostname', xmlLine(suite.host)).att('file', xmlLine(suite.runbook.file))
  return `  ${element.toString({ pretty: true, offset: 1 }).trim()}`
}

function addCase(xml: TestSuite, className: string, name: string, result: Result): void {
  const testCase = xml.testCase().className(className).name(name).time(seconds(result.durationMs))
  addOutcome(testCase, result)
}

/** What the run was: proof for whoever finds the file later. */
function properties(report: Report, { runbook, host, summary }: Suite): readonly (readonly [string, string])[] {
  return [
    ['netproof.run', report.runId],
    ['netproof.version', report.netproof],
    ['netproof.started', report.startedAt],
    ['netproof.timezone', report.timeZone],
    ['netproof.interrupted', String(report.interrupted)],
    ['runbook.name', runbook.name],
    ['runbook.file', runbook.file],
    ['runbook.digest', runbook.digest],
    ['host.name', host],
    ['host.address', summary?.address ?? ''],
    ['host.transport', summary?.transport ?? ''],
    ['host.platform', summary?.platform ?? ''],
    ['host.groups', summary?.groups.join(', ') ?? ''],
    ...(summary?.error ? [['host.error', `${summary.error.reason}: ${summary.error.message}`] as const] : []),
  ]
}

export const junitReporter: DocumentReporter = {
  name: 'junit',
  summary: 'JUnit XML, for Jenkins, GitLab, GitHub and other CI systems',
  render,
}
