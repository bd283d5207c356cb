import type { TestCase } from 'junit-report-builder'
import type { Finding } from '../../model/check.js'
import type { Result } from '../../model/report.js'
import type { Verdict } from '../../model/verdict.js'
import { xmlHeadline, xmlLine, xmlText } from './text.js'

const elements = { fail: 'failure', error: 'error', skip: 'skipped' } as const satisfies Record<Exclude<Verdict, 'pass'>, string>

/**
 * Says in a test case why it did not pass. The element is made here because the library's `skipped()` has no room for
 * a reason, and its CDATA sections of failures end at the second `]]>` in a text.
 */
export function addOutcome(testCase: TestCase, result: Result): void {
  const { verdict, kind } = result
  if (verdict === 'pass') return
  const build = testCase.build.bind(testCase)
  testCase.build = (parent) => {
    const built = build(parent)
    built.ele(elements[verdict], { message: xmlHeadline(headline(result), 500), type: xmlLine(kind) }, xmlText(body(result)))
    const files = result.attachments.flatMap(({ file }) => file ?? [])
    // As Jenkins' attachments plug-in began and GitLab reads.
    if (files.length > 0) built.ele('system-out', {}, files.map((file) => `[[ATTACHMENT|${xmlLine(file)}]]`).join('\n'))
    return built
  }
}

/** The worst of a result in one line: what lists of failures show. */
function headline({ verdict, findings, reason, name }: Result): string {
  if (verdict !== 'fail' && reason !== '') return reason
  const finding = findings.find((candidate) => candidate.verdict === verdict) ?? findings[0]
  if (finding === undefined) return reason === '' ? name : reason
  return `${finding.subject}: expected ${shown(finding.expected)}, saw ${shown(finding.actual)}`
}

const shown = (text: string): string => (text === '' ? 'nothing' : text)

function body({ location, severity, attempts, reason, findings }: Result): string {
  const circumstances = [
    `${location.file}:${location.line}`,
    severity === 'high' ? '' : `severity ${severity}`,
    attempts > 1 ? `${attempts} attempts` : '',
  ]
  const head = circumstances.filter((text) => text !== '').join(', ')
  return [head, reason, ...findings.map(paragraph)].filter((text) => text !== '').join('\n\n')
}

function paragraph({ verdict, subject, expected, actual, message }: Finding): string {
  const lines = [`${verdict.toUpperCase()} ${subject}`, `  expected  ${hanging(expected)}`, `  actual    ${hanging(actual)}`, message]
  return lines.filter((line) => line !== '').join('\n')
}

function hanging(text: string): string {
  return shown(text)
    .trimEnd()
    .replace(/\r\n?|\n/g, `\n${' '.repeat(12)}`)
}
