import { expect, it } from 'vitest'
import { factKinds } from '../../src/builtins.js'
import { replayCollector } from '../../src/engine/replay.js'
import { factKey } from '../../src/lib/fact-key.js'
import { makeMask } from '../../src/lib/mask.js'
import type { Json } from '../../src/model/json.js'
import { host } from '../support/plan.js'

const facts = new Map(factKinds.map((kind) => [kind.name, kind]))
const request = { fact: 'listeners', host: 'web1', args: {} }
const key = factKey(request)
const evidence = { key, ...request, at: '2026-03-01T12:00:00.000Z', durationMs: 1, source: 'ss' }

async function replay(value: Json): Promise<unknown> {
  const recording = { recordsOf: async () => new Map([[key, { ...evidence, outcome: { value } }]]) }
  const collector = replayCollector(host('web1'), recording, facts, makeMask([]))
  const [record] = await collector.collect([{ key, request, timeoutMs: 1_000 }], new AbortController().signal)
  return record?.outcome
}

it('answers with what was recorded', async () => {
  expect(await replay([])).toEqual({ value: [] })
})

// Judged, none of these would hold a listener, and what must be absent would pass.
it.each([[null], ['x'], [{}], [[5]], [[{ port: 22 }]]] satisfies [Json][])('refuses %j as a value', async (value) => {
  expect(await replay(value)).toEqual({
    error: {
      reason: 'not-understood',
      message: 'what the recording holds as listeners of web1 is no such value: it was damaged, or written by another version',
    },
  })
})
