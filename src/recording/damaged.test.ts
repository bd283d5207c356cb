import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRecording } from './read.js'

const record = {
  ...{ key: 'web1/listeners{}', host: 'web1', fact: 'listeners', args: {} },
  ...{ at: '2026-03-01T12:00:00.000Z', durationMs: 1.5, source: 'ss', outcome: { value: [] } },
}
const manifest = JSON.stringify({ version: 1, netproof: '0.0.0', startedAt: '2026-03-01T12:00:00.000Z', hosts: { web1: 'host-1.jsonl' } })

describe('a damaged recording', () => {
  let directory: string
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'netproof-damaged-'))
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it.each([
    ['{"version": 1', 'recording.json is damaged: it is not JSON'],
    ...['null', '[]', '{}', '{"version": 1, "hosts": null}', '{"version": 1, "hosts": {"web1": 5}}'].map((text) => [
      text,
      '/recording.json is damaged: it does not name the files of hosts',
    ]),
    ['{"version": 2, "hosts": {}}', 'expected a recording of version 1, found version 2'],
  ])('is refused for its manifest %s', async (text, message) => {
    writeFileSync(join(directory, 'recording.json'), text)
    await expect(openRecording(directory)).rejects.toThrow(message)
  })

  it.each([
    JSON.stringify(record).slice(0, -2),
    ...[null, 5, [], {}].map((value) => JSON.stringify(value)),
    ...[
      ...[{ key: 5 }, { host: null }, { fact: {} }, { args: null }, { at: 0 }, { durationMs: '1' }, { source: 1 }, { masked: 'yes' }],
      ...[null, 5, [], {}, { error: null }, { error: { reason: 'timeout' } }, { error: { reason: 'no-such', message: '' } }].map(
        (outcome) => ({
          outcome,
        }),
      ),
      { outcome: { value: [], error: { reason: 'timeout', message: '' } } },
    ].map((change) => JSON.stringify({ ...record, ...change })),
  ])('has no record in the line %s', async (line) => {
    writeFileSync(join(directory, 'recording.json'), manifest)
    writeFileSync(join(directory, 'host-1.jsonl'), `${JSON.stringify(record)}\n${line}\n`)
    const recording = await openRecording(directory)
    await expect(recording.recordsOf('web1')).rejects.toThrow('host-1.jsonl:2 is damaged: ')
  })
})
