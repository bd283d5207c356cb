import { displayWidth, graphemes } from '../lib/display-width.js'
import { printable, printableLine } from '../lib/printable.js'
import type { Diagnostic } from '../model/diagnostic.js'

/** Cells of source that a code frame shows; longer lines are cut around the caret. */
const frameWidth = 100
const tabWidth = 2
/** Characters looked at on either side: enough to fill a frame, whatever the line's length. */
const lookAround = 2_000
const messageLimit = 1_000

/**
 * A diagnostic as text of one to four lines, without a line break at its end:
 *
 *     web.yaml:11:38: error: unknown key "vai"
 *       11 |   route: { destination: default, vai: 10.0.0.1 }
 *          |                                  ^^^
 *       hint: did you mean "via"?
 */
export const formatDiagnostic = (diagnostic: Diagnostic): string => format(diagnostic, 'error')

/** The same for what is only left out or ignored. */
export const formatWarning = (diagnostic: Diagnostic): string => format(diagnostic, 'warning')

function format(diagnostic: Diagnostic, weight: 'error' | 'warning'): string {
  const { location, message, hint } = diagnostic
  const head = `${printableLine(location.file)}:${location.line}:${location.column}: ${weight}: ${printableLine(message, messageLimit)}`
  const tail = hint === undefined ? [] : [`  hint: ${printableLine(hint, messageLimit)}`]
  return [head, ...codeFrame(diagnostic), ...tail].join('\n')
}

function codeFrame({ location, length, sourceLine }: Diagnostic): string[] {
  if (sourceLine === undefined) return []
  const start = location.column - 1
  const from = Math.max(0, start - lookAround)
  const end = start + length
  const [before, marked, after] = [sourceLine.slice(from, start), sourceLine.slice(start, end), sourceLine.slice(end, end + lookAround)]
  const frame = cut(visible(before), visible(marked.slice(0, lookAround)), visible(after))
  const number = String(location.line).padStart(4)
  const caret = ' '.repeat(displayWidth(frame.before)) + '^'.repeat(Math.max(1, displayWidth(frame.marked)))
  return [`${number} | ${frame.before}${frame.marked}${frame.after}`.trimEnd(), `${' '.repeat(number.length)} | ${caret}`]
}

/** One line without controls; tabs become spaces, so that the caret's line needs to know nothing of them. */
function visible(text: string): string {
  return printable(text.replaceAll('\t', ' '.repeat(tabWidth)).replaceAll(/[\r\n]/g, ' '))
}

interface Frame {
  readonly before: string
  readonly marked: string
  readonly after: string
}

/** Keeps the beginning of the marked part in sight: half of the width before it, what is left behind it. */
function cut(before: string, marked: string, after: string): Frame {
  if (displayWidth(before) + displayWidth(marked) + displayWidth(after) <= frameWidth) return { before, marked, after }
  const room = frameWidth / 2
  const shownBefore = displayWidth(before) <= room ? before : `…${keepEnd(before, room - 1)}`
  const shownMarked = keepStart(marked, frameWidth - displayWidth(shownBefore) - 1)
  if (shownMarked !== marked) return { before: shownBefore, marked: shownMarked, after: '…' }
  const left = frameWidth - displayWidth(shownBefore) - displayWidth(marked)
  const shownAfter = displayWidth(after) <= left ? after : `${keepStart(after, left - 1)}…`
  return { before: shownBefore, marked, after: shownAfter }
}

function keepStart(text: string, width: number): string {
  return keep(graphemes(text.slice(0, width * 16)), width).join('')
}

function keepEnd(text: string, width: number): string {
  return keep(graphemes(text.slice(-width * 16)).reverse(), width)
    .reverse()
    .join('')
}

function keep(clusters: readonly string[], width: number): string[] {
  const kept: string[] = []
  let used = 0
  for (const cluster of clusters) {
    used += displayWidth(cluster)
    if (used > width) break
    kept.push(cluster)
  }
  return kept
}
