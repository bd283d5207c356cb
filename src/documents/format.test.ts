import { expect, test } from 'vitest'
import type { Diagnostic } from '../model/diagnostic.js'
import { formatDiagnostic } from './format.js'

const at = (sourceLine: string, column: number, length: number, rest: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'c',
  message: 'm',
  location: { file: 'f.yaml', line: 3, column },
  length,
  sourceLine,
  ...rest,
})

test('place, code frame and hint', () => {
  expect(formatDiagnostic(at('  route: { vai: 10.0.0.1 }', 12, 3, { hint: 'did you mean "via"?' }))).toBe(
    ['f.yaml:3:12: error: m', '   3 |   route: { vai: 10.0.0.1 }', '     |            ^^^', '  hint: did you mean "via"?'].join('\n'),
  )
})

test('without a source line there is no frame', () => {
  const { sourceLine: _, ...rest } = at('', 1, 1)
  expect(formatDiagnostic(rest)).toBe('f.yaml:3:1: error: m')
})

test.each([
  ['tabs', 'a:\tbad\tx', 4, 3, '   3 | a:  bad  x\n     |     ^^^'],
  ['Korean', '이름: 나쁨', 5, 2, '   3 | 이름: 나쁨\n     |       ^^^^'],
  ['emoji', '👩‍👩‍👧: x', 11, 1, '   3 | 👩‍👩‍👧: x\n     |     ^'],
  ['a place behind the end', 'a', 2, 1, '   3 | a\n     |  ^'],
  ['escape sequences', 'a: \u001b[31mred', 9, 3, '   3 | a: red\n     |    ^^^'],
])('the caret stands below the mistake: %s', (_, line, column, length, frame) => {
  expect(
    formatDiagnostic(at(line, column, length))
      .split('\n')
      .slice(1)
      .join('\n'),
  ).toBe(frame)
})

test('a long line is cut around the caret', () => {
  const line = `${'a'.repeat(500)}BAD${'b'.repeat(500)}`
  const frame = formatDiagnostic(at(line, 501, 3)).split('\n')
  expect(frame[1]).toBe(`   3 | …${'a'.repeat(49)}BAD${'b'.repeat(46)}…`)
  expect(frame[2]).toBe(`     | ${' '.repeat(50)}^^^`)
})

test('a long mark is cut too', () => {
  const frame = formatDiagnostic(at('x'.repeat(5_000), 1, 5_000)).split('\n')
  expect(frame[1]).toBe(`   3 | ${'x'.repeat(99)}…`)
  expect(frame[2]).toBe(`     | ${'^'.repeat(99)}`)
})

test('nothing that reaches a terminal can drive it', () => {
  const evil = '\u001b]0;title\u0007\u202e'
  const text = formatDiagnostic(at(`a${evil}`, 1, 1, { message: evil, hint: evil, location: { file: evil, line: 3, column: 1 } }))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
})
