import { formatDuration } from '../../lib/duration.js'
import { printableLine } from '../../lib/printable.js'
import type { Finding } from '../../model/check.js'
import type { Result, ResultAttachment } from '../../model/report.js'
import { bounded, hanging, header, indent, mark, type Page } from './page.js'

/** Further findings of one result are counted, unless `--verbose`. */
const mostFindings = 20

/** `file:line` of a check. */
export function placeOf({ location }: Result): string {
  return `${printableLine(location.file)}:${location.line}`
}

/** The name of a check, with its severity unless that is the usual one. */
export function nameOf({ name, severity }: Result): string {
  return severity === 'high' ? printableLine(name) : `[${severity}] ${printableLine(name)}`
}

/** One result with everything that explains its verdict. */
export function entry(page: Page, result: Result): readonly string[] {
  const unmet = result.findings.filter(({ verdict }) => verdict !== 'pass')
  const met = page.verbose ? result.findings.filter(({ verdict }) => verdict === 'pass') : []
  const shown = page.verbose ? unmet : unmet.slice(0, mostFindings)
  return [
    ...header(page, result.verdict, result.host, nameOf(result), placeOf(result)),
    ...(result.reason === '' ? [] : hanging(page, indent, bounded(page, result.reason))),
    ...shown.flatMap((finding, index) => [...(index === 0 ? [] : ['']), ...explain(page, finding)]),
    ...(shown.length < unmet.length ? ['', `${indent}… and ${unmet.length - shown.length} more, with --verbose`] : []),
    ...met.flatMap((finding) => confirm(page, finding)),
    ...result.attachments.flatMap((attachment) => labelled(page, 'attached  ', whereIs(attachment))),
    ...(result.attempts > 1 ? [`${indent}${page.paint('dim', attempts(result))}`] : []),
  ]
}

function whereIs({ name, file }: ResultAttachment): string {
  return file ?? `${name}, which is kept where a report is written to a file: -r json=reports/report.json`
}

function attempts({ attempts: count, durationMs }: Result): string {
  return `after ${count} attempts in ${formatDuration(durationMs)}`
}

function explain(page: Page, { verdict, subject, expected, actual, message }: Finding): readonly string[] {
  return [
    ...(verdict === 'error' ? marked(page, 'error', subject) : hanging(page, indent, bounded(page, subject))),
    ...labelled(page, 'expected  ', expected),
    ...labelled(page, 'actual    ', actual),
    ...(message === '' ? [] : hanging(page, indent, bounded(page, message))),
  ]
}

function confirm(page: Page, { subject, actual, message }: Finding): readonly string[] {
  const text = actual === '' ? subject : `${subject}: ${actual}`
  return [...marked(page, 'pass', text), ...(message === '' ? [] : hanging(page, `${indent}  `, bounded(page, message)))]
}

function marked(page: Page, verdict: Finding['verdict'], text: string): readonly string[] {
  return hanging(page, `${indent}${mark(page, verdict)} `, bounded(page, text), indent.length + 2)
}

function labelled(page: Page, label: string, text: string): readonly string[] {
  if (text === '') return []
  return hanging(page, `${indent}  ${page.paint('dim', label)}`, bounded(page, text), indent.length + 2 + label.length)
}
