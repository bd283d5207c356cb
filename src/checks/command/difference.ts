import { printableQuote } from '../../lib/printable.js'
import { type Output, outputOf } from './outputs.js'
import type { OutputExpectation } from './schema.js'

/** So much of a line is shown; where two part behind it, they are shown from there. */
const shown = 100
const before = 20

/** The first line that is not as expected, and where in it, of what is longer than is seen at a glance. */
export function difference(expectation: OutputExpectation, { text }: Output): string {
  if (typeof expectation !== 'string') return ''
  const whole = outputOf(expectation, false).text
  if (whole === text || !(whole.includes('\n') || (whole.length > shown && text.length > shown))) return ''
  const [wanted, found] = [whole.split('\n'), text.split('\n')]
  const index = wanted.findIndex((line, at) => line !== found[at])
  const at = index === -1 ? wanted.length : index
  const column = commonStart(wanted[at] ?? '', found[at] ?? '')
  const from = column > shown - before ? column - before : 0
  const name = (line: string | undefined): string =>
    line === undefined ? 'the end' : `${from === 0 ? '' : '…'}${printableQuote(line.slice(from), shown)}`
  const place = from === 0 ? `line ${at + 1}` : `line ${at + 1}, character ${column + 1}`
  return `They part at ${place}: expected ${name(wanted[at])}, found ${name(found[at])}.`
}

function commonStart(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return length
}

/** To whoever looks at a line it ends before its carriage return, and `$` does not match there. */
export function lineEnds(expectation: OutputExpectation, { text }: Output): string {
  if (typeof expectation === 'string' || !/\r(\n|$)/.test(text)) return ''
  const negated = typeof expectation.not === 'object' && 'matches' in expectation.not
  if (expectation.matches === undefined && !negated) return ''
  return String.raw`Its lines end in \r\n, and \r is a part of the line: \r?$ in a pattern takes both.`
}
