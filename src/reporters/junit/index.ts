import library, { type Builder } from 'junit-report-builder'
import type { Report, Totals } from '../../model/report.js'
import type { DocumentReporter } from '../../model/reporter.js'
import { inPieces } from '../pieces.js'
import { addOutcome } from './outcome.js'
import { caseNames, type Suite, suitesOf } from './suites.js'
import { seconds, utcWithoutZone, xmlLine } from './text.js'

/** Its types say that the builder is the member `default` of what Node imports; it is what Node imports. */
const builder = library as unknown as Builder

/** Test cases built at a time: a tree of a hundred thousand costs half as much again, most of it in garbage collection. */
const casesAtOnce = 500

/**
 * JUnit XML as Jenkins, GitLab and GitHub read it, valid against `junit-10.xsd` of the Jenkins xUnit plug-in.
 * The library would build one tree of everything, with a `skipped` attribute at the root, which that schema refuses.
 * So the root is written here, and what is inside is built and given away in parts.
 */
function* texts(report: Report): Generator<string> {
  const { tests, failures, errors } = countsOf(report.totals)
  const counts = `tests="${tests}" failures="${failures}" errors="${errors}"`
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="netproof" time="${seconds(report.durationMs)}" ${counts}>`
  for (const suite of suitesOf(report)) {
    yield `\n${openSuite(report, suite)}`
    yield* cases(suite)
    yield '\n  </testsuite>'
  }
  yield '\n</testsuites>\n'
}

function countsOf({ pass, fail, error, skip }: Totals) {
  return { tests: pass + fail + error + skip, failures: fail, errors: error, skipped: skip }
}

/** A suite up to its first test case. */
function openSuite(report: Report, suite: Suite): string {
  const xml = builder.newBuilder().testSuite().name(suite.className)
  xml.time(seconds(suite.results.reduce((sum, { durationMs }) => sum + durationMs, 0)))
  const timestamp = utcWithoutZone(report.startedAt)
  if (timestamp !== '') xml.timestamp(timestamp)
  for (const [name, value] of properties(report, suite)) xml.property(name, xmlLine(value))
  const totals = { pass: 0, fail: 0, error: 0, skip: 0 }
  for (const { verdict } of suite.results) totals[verdict] += 1
  const element = xml.build().att({ ...countsOf(totals), hostname: xmlLine(suite.host), file: xmlLine(suite.runbook.file) })
  const text = element.toString(layout).trimEnd()
  return text.slice(0, text.lastIndexOf('\n'))
}

function* cases({ className, results }: Suite): Generator<string> {
  const names = caseNames(results)
  for (let start = 0; start < results.length; start += casesAtOnce) {
    const xml = builder.newBuilder().testSuite()
    for (const [index, result] of results.slice(start, start + casesAtOnce).entries()) {
      const testCase = xml
        .testCase()
        .className(className)
        .name(names[start + index] ?? '')
      addOutcome(testCase.time(seconds(result.durationMs)), result)
    }
    // Without the suite's own tags. Line breaks inside them are escaped.
    const text = xml.build().toString(layout).trimEnd()
    yield text.slice(text.indexOf('\n'), text.lastIndexOf('\n'))
  }
}

/** Within the root. */
const layout = { pretty: true, offset: 1 }

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
  render: (report) => inPieces(texts(report)),
}
