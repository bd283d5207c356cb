import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Diagnostic } from '../model/diagnostic.js'
import { formatDiagnostic } from './format.js'
import { type DataPath, diagnosticAt, parseYaml } from './index.js'

/** Pieces that YAML gives a meaning, so that random texts reach further than random characters do. */
const piece = fc.constantFrom(
  ...[
    'a',
    'b: ',
    '- ',
    '\n',
    '  ',
    '\t',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ', ',
    '&a ',
    '*a',
    '<<: ',
    '!!str ',
    '!x ',
    '? ',
    '|\n',
    '>-\n',
    '#c',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '0x1F',
    '.inf',
    '~',
    '\r\n',
    '대구',
    '👍',
    '\u0000',
    '\ud800',
  ],
)
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
)

function expectInside(diagnostic: Diagnostic, source: string): void {
  const lines = source.split('\n')
  const { line, column } = diagnostic.location
  expect(line).toBeGreaterThanOrEqual(1)
  expect(line).toBeLessThanOrEqual(lines.length)
  expect(column).toBeGreaterThanOrEqual(1)
  expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
  expect(diagnostic.length).toBeGreaterThanOrEqual(1)
  expect(formatDiagnostic(diagnostic).split('\n').length).toBeLessThanOrEqual(4)
}

function pathsOf(data: unknown, path: DataPath = []): DataPath[] {
  if (typeof data !== 'object' || data === null) return [path]
  return [path, ...Object.entries(data).flatMap(([key, value]) => pathsOf(value, [...path, key]))]
}

test('any text gives either data or diagnostics with a place inside it', () => {
  fc.assert(
    fc.property(text, (source) => {
      const { document, diagnostics } = parseYaml('f.yaml', source, new Uint8Array())
      expect(diagnostics.length > 0).toBe(document === null)
      for (const diagnostic of diagnostics) expectInside(diagnostic, source)
    }),
    { numRuns: 1_000 },
  )
})

test('every path of any document leads to a place inside it', () => {
  fc.assert(
    fc.property(text, (source) => {
      const { document } = parseYaml('f.yaml', source, new Uint8Array())
      if (document === null) return
      for (const path of pathsOf(document.data)) {
        expectInside(diagnosticAt(document, path, { code: 'c', message: 'm' }), source)
        expectInside(diagnosticAt(document, [...path, 'not', 'there', 0], { code: 'c', message: 'm', at: 'key' }), source)
      }
    }),
    { numRuns: 1_000 },
  )
})

test('what JSON can hold comes back unchanged', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      fc.pre(value !== null)
      const source = JSON.stringify({ value })
      // JSON may hold control characters only as escapes, and U+007F to U+009F plainly, which YAML forbids.
      fc.pre(!/[\u007f-\u009f\ufffe\uffff]/.test(source))
      expect(parseYaml('f.json', source, new Uint8Array()).document?.data).toEqual(JSON.parse(source))
    }),
  )
})
