import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { liveCollector } from '../../src/engine/collector.js'
import { makeSections } from '../../src/engine/sections.js'
import { defaultLimits, type VisitLimits } from '../../src/engine/visit.js'
import { factKey } from '../../src/lib/fact-key.js'
import { oneByOne } from '../../src/lib/source.js'
import type { Command, CommandOutput, FactKind, FactRecord } from '../../src/model/fact.js'
import type { Json, JsonObject } from '../../src/model/json.js'
import type { PlannedRequest } from '../../src/model/plan.js'
import { execTransport } from '../../src/transports/exec/index.js'
import { host } from '../support/plan.js'

const directory = mkdtempSync(join(tmpdir(), 'again-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const limits: VisitLimits = { ...defaultLimits, beginMs: 3_000, betweenMs: 3_000 }

const sh = (script: string, more: Partial<Command> = {}): Command => ({ tool: ['sh'], args: ['-c', script], ...more })

const values = ({ stdout, again }: CommandOutput): Json => (again === undefined ? [stdout] : [stdout, again.stdout, again.afterMs])

function fact(name: string, active: boolean, ...commands: readonly Command[]): FactKind {
  const sources = commands.map((command, index) =>
    oneByOne<JsonObject, Json>({ name: `source ${index + 1}`, command: () => command, parse: values }),
  )
  return { name, summary: name, active, isValue: (value): value is Json => Array.isArray(value), sources: { linux: sources } }
}

const planned = (kinds: readonly FactKind[]): PlannedRequest[] =>
  kinds.map(({ name }) => {
    const request = { fact: name, host: 'box', args: {} }
    return { key: factKey(request), request, timeoutMs: 800 }
  })

const table = (kinds: readonly FactKind[]): Map<string, FactKind> => new Map(kinds.map((kind) => [kind.name, kind]))

/** What was learnt, by fact: a value or `reason: message`. */
async function collect(kinds: readonly FactKind[], wrapper = 'exec "$@"'): Promise<Record<string, Json>> {
  const box = host('box', { transport: 'exec', command: ['sh', '-c', wrapper, 'sh'] })
  const transport = execTransport.create({ directory, connectTimeoutMs: 1_000 }).open(box)
  const collector = liveCollector(box, transport, table(kinds), limits)
  try {
    const records: readonly FactRecord[] = await collector.collect(planned(kinds), new AbortController().signal)
    return Object.fromEntries(
      records.map(({ fact: name, outcome }) => [
        name,
        'value' in outcome ? outcome.value : `${outcome.error.reason}: ${outcome.error.message}`,
      ]),
    )
  } finally {
    await collector.close()
  }
}

/** Prints how often it has been run: a file of the test counts. */
const counting = (name: string): string => `echo x >>${join(directory, name)}; wc -l <${join(directory, name)}`

describe('a command that is to be read twice', () => {
  it.each(['dash', 'bash --posix', 'busybox sh'])('is run again after its window, and says how long that was, in %s', async (shell) => {
    const name = shell.replaceAll(' ', '-')
    const { sampled } = await collect([fact('sampled', false, sh(counting(name), { againAfterMs: 250 }))], `shift; exec ${shell} "$@"`)
    const [first, second, afterMs] = sampled as [string, string, number]
    expect([first.trim(), second.trim()]).toEqual(['1', '2'])
    expect(afterMs).toBeGreaterThanOrEqual(250)
    expect(afterMs).toBeLessThan(2_000)
  })

  it('shares its window with all others and with whatever else is asked', async () => {
    const learnt = await collect([
      fact('probe', true, sh(counting('order'))),
      fact('long', false, sh(counting('order'), { againAfterMs: 1_200 })),
      fact('short', false, sh(counting('order'), { againAfterMs: 1_000 })),
      fact('state', false, sh(counting('order'))),
    ])
    // By the clock of the host, one after the other would be 2,200 ms.
    expect((learnt.long as readonly [string, string, number])[2]).toBeLessThan(2_100)
    const order = Object.entries(learnt).flatMap(([name, value]) =>
      (value as readonly (string | number)[]).slice(0, 2).map((turn) => [Number(turn), name] as const),
    )
    expect(order.sort(([a], [b]) => a - b).map(([, name]) => name)).toEqual(['short', 'long', 'state', 'probe', 'short', 'long'])
  })

  it('is the source that answered, whichever that was', async () => {
    const again = { againAfterMs: 10 }
    const learnt = await collect([
      fact('missing', false, { tool: ['np-no-such-tool'], args: [], ...again }, sh('echo second', again)),
      fact('refused', false, sh('exit 3', again), sh('echo second', again)),
      fact('accepted', false, sh('echo so; exit 1', { ...again, accept: [0, 1] })),
      fact('none', false, sh('exit 3', again)),
    ])
    expect(learnt).toEqual({
      missing: ['second\n', 'second\n', expect.any(Number)],
      refused: ['second\n', 'second\n', expect.any(Number)],
      accepted: ['so\n', 'so\n', expect.any(Number)],
      none: 'not-understood: none could not be learnt: source 1 ended with exit code 3',
    })
  })

  it('is undetermined when the second reading fails or hangs, and costs nothing else', async () => {
    const learnt = await collect([
      fact('hangs', false, sh(`[ "$(${counting('hangs')})" = 1 ] || sleep 60`, { againAfterMs: 10 })),
      fact('fails', false, sh(`[ "$(${counting('fails')})" = 1 ] || { echo gone >&2; exit 7; }`, { againAfterMs: 20 })),
      fact('fine', false, sh('echo fine', { againAfterMs: 30 })),
      fact('once', false, sh('echo once')),
    ])
    expect(learnt).toEqual({
      hangs: 'timeout: source 1 did not end within 810 ms',
      fails: 'not-understood: fails could not be learnt: source 1 ended with exit code 7: gone',
      fine: ['fine\n', 'fine\n', expect.any(Number)],
      once: ['once\n'],
    })
  })

  it('is undetermined when the connection is lost between the readings', async () => {
    const learnt = await collect(
      [fact('lost', false, sh('echo 1', { againAfterMs: 5_000 })), fact('once', false, sh('echo once'))],
      'exec timeout 1 "$@"',
    )
    expect(learnt.lost).toMatch(/^(timeout|connection-lost): /)
    expect(learnt.once).toEqual(['once\n'])
  })

  it('may take its window beside its time', async () => {
    const learnt = await collect([fact('patient', false, sh('sleep 0.5; echo 1', { againAfterMs: 1_500 }))])
    expect(learnt.patient).toEqual(['1\n', '1\n', expect.any(Number)])
  })
})

it('the host is never asked in an order that starts a window late', () => {
  const kinds = [
    fact('probe', true, sh('')),
    fact('state', false, sh('')),
    fact('long', false, sh('', { againAfterMs: 9_000 })),
    fact('short', true, sh('', { againAfterMs: 1_000 })),
  ]
  expect(makeSections(planned(kinds), table(kinds), 'linux').map(({ kind }) => kind.name)).toEqual(['short', 'long', 'state', 'probe'])
})
