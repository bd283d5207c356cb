import { describeExpectation, meets, numberType } from '../../lib/expectation.js'
import { printableQuote } from '../../lib/printable.js'
import type { OutputExpectation } from './schema.js'

/** One thing that is expected of an output. */
export interface Part {
  readonly expected: string
  /** null: what is known of the output does not decide it. */
  readonly met: boolean | null
}

/** An output without the line breaks at its end, as `$(…)` of a shell gives it. */
export interface Output {
  readonly text: string
  /** There was more, which is not known. */
  readonly isCut: boolean
}

/** A regular expression is not tried on more, because a host could make it run for ever. */
const longestLine = 10_000

export function outputOf(text: string, isCut: boolean): Output {
  let end = text.length
  while (!isCut && text[end - 1] === '\n') end -= 1
  return { text: text.slice(0, end), isCut }
}

/** What is expected of an output, each part with whether it holds. */
export function judgeOutput(expectation: OutputExpectation, output: Output): readonly Part[] {
  if (typeof expectation === 'string') return [{ expected: whole(expectation), met: isText(output, expectation) }]
  const { contains, matches, lines, not, 'one-of': oneOf } = expectation
  return [
    ...(oneOf === undefined
      ? []
      : [{ expected: `one of ${oneOf.map(whole).join(', ')}`, met: any(oneOf.map((text) => isText(output, text))) }]),
    ...listOf(contains).map((text) => ({ expected: `containing ${quoted(text)}`, met: holds(output, text) })),
    ...listOf(matches).map((pattern) => ({ expected: `a line matching /${pattern}/`, met: hasLine(output, pattern) })),
    ...(lines === undefined
      ? []
      : [{ expected: countWords(lines), met: output.isCut ? null : meets(numberType, lines, lineCount(output)) }]),
    ...(not === undefined ? [] : unwanted(not, output)),
  ]
}

function unwanted(not: Exclude<Exclude<OutputExpectation, string>['not'], undefined>, output: Output): readonly Part[] {
  if (typeof not === 'string' || Array.isArray(not)) {
    return listOf(not as string | readonly string[]).map((text) => ({
      expected: `not ${whole(text)}`,
      met: opposite(isText(output, text)),
    }))
  }
  const { contains, matches } = not as { readonly contains?: string | string[]; readonly matches?: string | string[] }
  return [
    ...listOf(contains).map((text) => ({ expected: `not containing ${quoted(text)}`, met: opposite(holds(output, text)) })),
    ...listOf(matches).map((pattern) => ({ expected: `no line matching /${pattern}/`, met: opposite(hasLine(output, pattern)) })),
  ]
}

/** Of a text that is all of an output: line breaks at its end do not count. */
const whole = (text: string): string => quoted(outputOf(text, false).text)

const quoted = (text: string): string => (text === '' ? 'nothing' : printableQuote(text, 120))

const countWords = (lines: Parameters<typeof describeExpectation<number, number>>[1]): string => {
  const words = describeExpectation(numberType, lines)
  return `${words} ${words === '1' ? 'line' : 'lines'}`
}

export const lineCount = ({ text }: Output): number => (text === '' ? 0 : text.split('\n').length)

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value

const opposite = (met: boolean | null): boolean | null => (met === null ? null : !met)

const any = (all: readonly (boolean | null)[]): boolean | null => (all.includes(true) ? true : all.includes(null) ? null : false)

function isText({ text, isCut }: Output, expected: string): boolean | null {
  const wanted = outputOf(expected, false).text
  if (!isCut) return text === wanted
  return wanted.startsWith(text) ? null : false
}

function holds({ text, isCut }: Output, part: string): boolean | null {
  if (text.includes(part)) return true
  return isCut ? null : false
}

/** As grep does: `^` and `$` are the ends of a line. */
function hasLine({ text, isCut }: Output, pattern: string): boolean | null {
  const expression = new RegExp(pattern, 'u')
  const lines = text.split('\n')
  if (lines.some((line) => line.length <= longestLine && expression.test(line))) return true
  return isCut || lines.some((line) => line.length > longestLine) ? null : false
}
