import { displayWidth } from '../../lib/display-width.js'
import { printable, printableLine } from '../../lib/printable.js'
import type { ReporterOutput } from '../../model/reporter.js'
import { padEnd, wrap } from './fit.js'
import { type Paint, painter } from './style.js'

/** How a report is laid out. Widths are cells of a terminal. */
export interface Page {
  /** No line is wider. */
  readonly width: number
  /** Of the column of host names. */
  readonly hostWidth: number
  readonly verbose: boolean
  readonly paint: Paint
}

/** Longer lines are hard to read, whatever the terminal could hold. */
const widestPage = 100
/** What a log, a file and a terminal that says nothing are taken for. */
const usual = 80
/** In a narrower terminal lines are broken by the terminal: columns of a few letters would be no easier to read. */
const narrowest = 40
/** Longer host names get a line of their own. */
const widestHost = 24

/** Lines under a header, and the values under them. */
export const indent = '     '

export function pageFor(output: ReporterOutput, hosts: Iterable<string>, verbose: boolean): Page {
  const columns = Math.min(Math.max(output.columns ?? usual, narrowest), widestPage)
  const widths = Array.from(hosts, (host) => displayWidth(printableLine(host)))
  const hostWidth = widths.reduce((widest, width) => (width <= widestHost ? Math.max(widest, width) : widest), 0)
  // The last column stays free: some terminals break a line that fills it.
  return { width: columns - 1, hostWidth, verbose, paint: painter(output.color) }
}

const marks = {
  fail: { symbol: '✗', style: 'red' },
  error: { symbol: '!', style: 'yellow' },
  pass: { symbol: '✓', style: 'green' },
  skip: { symbol: '-', style: 'dim' },
} as const

export function mark({ paint }: Page, verdict: keyof typeof marks): string {
  const { symbol, style } = marks[verdict]
  return paint(style, symbol)
}

/**
 * The line that an entry begins with: mark, host, text, and at the right edge a place. What does not fit goes on below.
 * @param text already printable.
 */
export function header(page: Page, verdict: keyof typeof marks, host: string, text: string, place = ''): readonly string[] {
  const { width, hostWidth, paint } = page
  const shownHost = printableLine(host)
  const start = ` ${mark(page, verdict)} `
  if (displayWidth(shownHost) > hostWidth) {
    const [first = '', ...more] = wrap(shownHost, width - 3)
    const hostLines = [`${start}${paint('bold', first)}`, ...more.map((line) => `   ${paint('bold', line)}`)]
    return [...hostLines, ...withPlace(page, wrap(text, width - indent.length), place, indent.length).map((line) => `${indent}${line}`)]
  }
  const left = 3 + hostWidth + 2
  const lines = withPlace(page, wrap(text, width - left), place, left)
  return lines.map((line, index) =>
    index === 0 ? `${start}${paint('bold', padEnd(shownHost, hostWidth))}  ${line}` : `${' '.repeat(left)}${line}`,
  )
}

/** Puts a place behind the last of some lines that begin at column `left`, or below them when it does not fit there. */
export function withPlace({ width, paint }: Page, lines: readonly string[], place: string, left: number): readonly string[] {
  if (place === '') return lines
  const room = width - left
  const last = lines.at(-1) ?? ''
  const gap = room - displayWidth(last) - displayWidth(place)
  if (gap >= 2) return [...lines.slice(0, -1), `${last}${' '.repeat(gap)}${paint('dim', place)}`]
  const below = wrap(place, room).map((line) => `${' '.repeat(room - displayWidth(line))}${paint('dim', line)}`)
  return [...lines, ...below]
}

/**
 * Text in lines behind a prefix; the further ones begin where the first one's text does.
 * @param cells of the prefix; to be given when it is painted.
 */
export function hanging({ width }: Page, prefix: string, text: string, cells: number = displayWidth(prefix)): readonly string[] {
  return wrap(text, width - cells).map((line, index) => (index === 0 ? prefix : ' '.repeat(cells)) + line)
}

// A path has up to 30 hops, one a line.
const shortLimits = { characters: 3_000, lines: 40 }
const longLimits = { characters: 20_000, lines: 1_000 }

/** Text from a host or a runbook, made printable and cut where nobody reads on; says how much is missing. */
export function bounded({ verbose }: Page, text: string): string {
  const limits = verbose ? longLimits : shortLimits
  const lines = printable(text.slice(0, limits.characters)).trimEnd().split('\n')
  const kept = lines.slice(0, limits.lines).join('\n').replaceAll('\t', ' ')
  if (text.length <= limits.characters && lines.length <= limits.lines) return kept
  return `${kept}… (cut; ${text.length} characters in all, which the JSON report holds)`
}
