import type { CommandResult } from '../../facts/command-output/index.js'
import { describeExpectation, meets, numberType } from '../../lib/expectation.js'
import { printable, printableLine, printableQuote } from '../../lib/printable.js'
import type { Finding } from '../../model/check.js'
import type { Json } from '../../model/json.js'
import { difference, lineEnds } from './difference.js'
import { describeMember, meetsMember } from './members.js'
import { judgeOutput, lineCount, type Output, outputOf } from './outputs.js'
import { follow, isRounded, parsePointer, showJson } from './pointer.js'
import type { MemberExpectation, OutputExpectation, Spec } from './schema.js'
import { briefly, lineOf, meaningOf, saying } from './words.js'

/** What a command is judged by; `host` is where it ran. */
export interface Case {
  readonly spec: Spec
  readonly result: CommandResult
  readonly host: string
}

const sentences = (...all: readonly string[]): string => all.filter((one) => one !== '').join(' ')

/** Blanks stay as they are, since a word may be of them; a line of several, or a long one, is for recognition alone. */
function byHand({ spec, host }: Case): string {
  const line = printable(lineOf(spec))
  return `By hand, on ${host}: ${/[\n\t]/.test(line) || line.length > 300 ? printableLine(line, 300) : line}`
}

export function exitFinding(found: Case): Finding {
  const { spec, result } = found
  const expectation = spec['exit-status'] ?? 0
  const isMet = meets(numberType, expectation, result.exitCode)
  const message = isMet ? '' : sentences(meaningOf(result.exitCode, spec.shell === true), saying(result), byHand(found))
  return {
    subject: `${briefly(spec)}: exit status`,
    verdict: isMet ? 'pass' : 'fail',
    expected: describeExpectation(numberType, expectation),
    actual: String(result.exitCode),
    message,
  }
}

export function outputFinding(found: Case, stream: 'stdout' | 'stderr', expectation: OutputExpectation): Finding {
  const { spec, result } = found
  const output = outputOf(result[stream], stream === 'stderr' && result.stderrCut)
  const parts = judgeOutput(expectation, output)
  const unmet = parts.filter(({ met }) => met === false)
  const open = parts.filter(({ met }) => met === null)
  const verdict = unmet.length > 0 ? 'fail' : open.length > 0 ? 'error' : 'pass'
  return {
    subject: `${briefly(spec)}: ${stream}`,
    verdict,
    expected: parts.map(({ expected }) => expected).join(' and '),
    actual: shown(output),
    message:
      verdict === 'pass' ? '' : sentences(...whatIsWrong(), difference(expectation, output), lineEnds(expectation, output), byHand(found)),
  }

  function whatIsWrong(): readonly string[] {
    if (unmet.length > 0 && parts.length > 1) return [`Not met: ${unmet.map(({ expected }) => expected).join('; ')}.`]
    if (unmet.length > 0) return []
    const why = output.isCut
      ? 'only its first 64 KiB are kept'
      : 'a line is longer than 10,000 characters, too long for a regular expression'
    return [`Undecided: ${open.map(({ expected }) => expected).join('; ')}: ${why}.`]
  }
}

function shown(output: Output): string {
  if (output.text === '') return 'nothing'
  const lines = lineCount(output)
  return `${printableQuote(output.text)}${lines > 1 ? ` (${lines} lines)` : ''}`
}

export function jsonFindings(found: Case, json: Readonly<Record<string, MemberExpectation>>): readonly Finding[] {
  const { spec, result } = found
  const document = parse(result.stdout)
  if (document === undefined) {
    const actual = shown(outputOf(result.stdout, false))
    const message = sentences(result.stderr.trim() === '' ? '' : saying(result), byHand(found))
    return [{ subject: `${briefly(spec)}: json`, verdict: 'fail', expected: 'JSON on standard output', actual, message }]
  }
  return Object.entries(json).map(([pointer, expectation]) => {
    const pointed = follow(document, parsePointer(pointer) ?? [])
    const isMet = meetsMember(expectation, pointed)
    return {
      subject: `${briefly(spec)}: json ${printableLine(pointer, 80) || 'as a whole'}`,
      verdict: isMet ? 'pass' : 'fail',
      expected: describeMember(expectation),
      actual: 'value' in pointed ? showJson(pointed.value) : 'nothing there',
      message: isMet ? '' : sentences('missing' in pointed ? pointed.missing : noteOn(expectation, pointed.value), byHand(found)),
    }
  })
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

const typeName = (value: unknown): string => (typeof value === 'string' ? 'text' : typeof value)

/** The usual surprises: a number that is written as a text, or the other way round, and one that JSON.parse rounds. */
function noteOn(expectation: MemberExpectation, value: Json): string {
  if (typeof value === 'number' && isRounded(value))
    return `An integer beyond ${Number.MAX_SAFE_INTEGER} is read rounded: compare it as text, with \`stdout: { matches: … }\`.`
  if (typeof expectation === 'object' || typeof value === 'object' || typeof expectation === typeof value) return ''
  return String(expectation) === String(value)
    ? `Their types differ: a ${typeName(expectation)} is expected, a ${typeName(value)} was found.`
    : ''
}
