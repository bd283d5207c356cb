import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeMask } from '../lib/mask.js'
import type { FactRecord } from '../model/fact.js'
import { openRecording } from './read.js'
import { openRecorder } from './write.js'

const record = (key: string, more: Partial<FactRecord> = {}): FactRecord => ({
  key,
  host: 'web1',
  fact: 'listeners',
  args: {},
  at: '2026-03-01T12:00:00.000Z',
  durationMs: 1.5,
  source: 'ss',
  outcome: { value: [{ port: 5432, process: 'postgres' }] },
  ...more,
})

describe('a recording', () => {
  let directory: string
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'netproof-recording-'))
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  async function readBack(name: string, secrets: readonly string[], ...records: readonly FactRecord[]): Promise<readonly FactRecord[]> {
    const path = join(directory, name)
    const recorder = await openRecorder(path, { netproof: '0.0.0', startedAt: '2026-03-01T12:00:00.000Z' }, makeMask(secrets))
    recorder.record('web1', records)
    await recorder.finish()
    const text = readFileSync(join(path, 'host-1.jsonl'), 'utf8')
    for (const line of text.trimEnd().split('\n')) JSON.parse(line)
    return [...((await (await openRecording(path)).recordsOf('web1')) ?? new Map<string, FactRecord>()).values()]
  }

  it('gives back what was put in, the last of each key', async () => {
    const [first, second] = [record('a', { outcome: { value: 1 } }), record('a', { outcome: { value: 2 } })]
    expect(await readBack('plain', [], first, record('b'), second)).toEqual([second, record('b')])
  })

  it('stays whole when a secret looks like a number, a word or a time of its own', async () => {
    const one = record('a', { outcome: { value: { open: true, port: 5432 } } })
    expect(await readBack('words', ['5432', 'true', 'value', 'outcome', '2026', 'host'], one)).toEqual([one])
  })

  it('keeps no secret, and does not let what stands in its place be judged', async () => {
    const [found] = await readBack('secret', ['postgres'], record('a'))
    expect(readFileSync(join(directory, 'secret/host-1.jsonl'), 'utf8')).not.toContain('postgres')
    expect(found?.outcome).toEqual({
      error: {
        reason: 'not-recorded',
        message:
          'listeners of web1 held a value that the runbook took from the environment; recordings do not keep those. Take what is no secret from vars or --var, and record again',
      },
    })
  })

  it('is that of the last of many runs at once', async () => {
    const path = join(directory, 'shared')
    const recorders = await Promise.all(
      Array.from({ length: 20 }, () => openRecorder(path, { netproof: '0.0.0', startedAt: '2026-03-01T12:00:00.000Z' }, makeMask([]))),
    )
    for (const recorder of recorders) recorder.record('web1', [record('a')])
    await Promise.all(recorders.map((recorder) => recorder.finish()))
    expect(await (await openRecording(path)).recordsOf('web1')).toEqual(new Map([['a', record('a')]]))
    expect(readdirSync(directory).filter((name) => name.startsWith('shared'))).toEqual(['shared'])
  })

  it('keeps the reason why a fact could not be learnt', async () => {
    const [found] = await readBack(
      'error',
      ['hunter2'],
      record('a', { outcome: { error: { reason: 'timeout', message: 'hunter2 is slow' } } }),
    )
    expect(found?.outcome).toEqual({ error: { reason: 'timeout', message: '****** is slow' } })
  })
})
