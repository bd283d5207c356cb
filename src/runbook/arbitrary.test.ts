// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of runbooks look like this
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatDiagnostic, type Validator } from '../documents/index.js'
import type { AnyCheckKind } from '../model/check.js'
import { loadRunbooks } from './index.js'

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'netproof-arbitrary-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

const ping: AnyCheckKind = { kind: 'ping', summary: 'Anything.', schema: {}, needs: () => ({}), evaluate: () => [] }
const anything: Validator = () => true

const word = fc.constantFrom('web', '${x}', '${y.z}', '${env:HOME}', '${', '$${x}', '5s', 'linux', '', 'a', 'ping', '대구')
const leaf = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null), fc.string())
const key = fc.constantFrom('name', 'id', 'on', 'tags', 'severity', 'timeout', 'retry', 'needs', 'when', 'ping', 'x', '__proto__', 'pnig')
const value = fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), fc.dictionary(fc.oneof(key, fc.string()), leaf, { maxKeys: 3 }))
const entry = fc.dictionary(key, value, { maxKeys: 5 })
const top = fc.record(
  {
    version: fc.oneof(fc.constant(1), leaf),
    name: value,
    inventory: value,
    include: fc.constantFrom('nowhere.yaml', 'arbitrary.yaml', '.'),
    vars: fc.oneof(value, fc.dictionary(fc.constantFrom('x', 'y', 'z'), value)),
    defaults: fc.oneof(value, entry),
    checks: fc.oneof(value, fc.array(fc.oneof(entry, leaf), { maxLength: 5 })),
  },
  { requiredKeys: [] },
)
const content = fc.oneof(
  { weight: 4, arbitrary: top.map((data) => Buffer.from(JSON.stringify(data))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
)

test('whatever a file holds, every problem has a place inside it and nothing is thrown', async () => {
  const file = join(directory, 'arbitrary.yaml')
  await fc.assert(
    fc.asyncProperty(content, async (bytes) => {
      await writeFile(file, bytes)
      const { diagnostics, runbooks, resolveSpec } = await loadRunbooks([file], { checkKinds: [ping], validators: { ping: anything } })
      const resolved = runbooks
        .flatMap(({ checks }) => checks.map((check) => resolveSpec(check, { name: 'h', vars: { z: 1 } })))
        .flatMap((resolution) => ('diagnostics' in resolution ? resolution.diagnostics : []))
      const lines = bytes.toString('utf8').split('\n')
      for (const diagnostic of [...diagnostics, ...resolved]) {
        const { line, column } = diagnostic.location
        expect(line).toBeLessThanOrEqual(lines.length)
        expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
        expect(formatDiagnostic(diagnostic)).toMatch(/^.+:\d+:\d+: error: ./)
      }
      const ids = runbooks.flatMap(({ checks }) => checks.map(({ id }) => id))
      expect(new Set(ids).size).toBe(ids.length)
    }),
    { numRuns: 500 },
  )
})
