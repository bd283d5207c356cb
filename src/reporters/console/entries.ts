import { formatDuration } from '../../lib/duration.js'
import { printableLine } from '../../lib/printable.js'
import type { Finding } from '../../model/check.js'
import type { Result } from '../../model/report.js'
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
    ...(result.attempts > 1 ? [`${indent}${page.paint('dim', attempts(result))}`] : []),
  ]
}

function attempts({ attempts: count, durationMs }: Result): string {
  return `after ${count} attempts in ${formatDuration(durationMs)}`
}

function explain(page: Page, { verdict, subject, expected, actual, message }: Finding): readonly string[] {
  const prefix = verdict === 'error' ? `${indent}${mark(page, 'error')} ` : indent
  return [
    ...hangingBehind(page, prefix, verdict === 'error' ? indent.length + 2 : indent.length, bounded(page, subject)),
    ...(expected === '' ? [] : hanging(page, `${indent}  expected  `, bounded(page, expected))),
    ...(actual === '' ? [] : hanging(page, `${indent}  actual    `, bounded(page, actual))),
    ...(message === '' ? [] : hanging(page, indent, bounded(page, message))),
  ]
}

function confirm(page: Page, { subject, actual, message }: Finding): readonly string[] {
  const text = actual === '' ? subject : `${subject}: ${actual}`
  return [
    ...hangingBehind(page, `${indent}${mark(page, 'pass')} `, indent.length + 2, bounded(page, text)),
    ...(message === '' ? [] : hanging(page, `${indent}  `, bounded(page, message))),
  ]
}

/** As `hanging`, for a prefix whose colour has no width. */
function hangingBehind(page: Page, prefix: string, cells: number, text: string): readonly string[] {
  const [first = '', ...rest] = hanging(page, ' '.repeat(cells), text)
  return [prefix + first.slice(cells), ...rest]
}
