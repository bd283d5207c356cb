import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { liveCollector } from '../../src/engine/collector.js'
import { defaultLimits, type VisitLimits } from '../../src/engine/visit.js'
import { NotUnderstood } from '../../src/lib/errors.js'
import { factKey } from '../../src/lib/fact-key.js'
import { oneByOne, oneByOneReading } from '../../src/lib/source.js'
import type { Command, FactKind, FactRecord } from '../../src/model/fact.js'
import type { JsonObject } from '../../src/model/json.js'
import type { PlannedRequest } from '../../src/model/plan.js'
import { execTransport } from '../../src/transports/exec/index.js'
import { localTransport } from '../../src/transports/local/index.js'
import { host } from '../support/plan.js'

const directory = mkdtempSync(join(tmpdir(), 'collector-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const context = { directory, connectTimeoutMs: 1_000 }
const limits: VisitLimits = { ...defaultLimits, beginMs: 1_500, betweenMs: 1_500 }

/** A fact whose sources are the commands given; its value is the output of the first that is understood. */
function fact(name: string, ...commands: readonly (Command & { readonly refuse?: true })[]): FactKind {
  const sources = commands.map((command, index) =>
    oneByOne<JsonObject, string>({
      name: `source ${index + 1}`,
      command: () => command,
      parse: ({ stdout }) => {
        if (command.refuse) throw new NotUnderstood('something else', stdout)
        return stdout
      },
    }),
  )
  return { name, summary: name, active: false, isValue: (value) => typeof value === 'string', sources: { linux: sources } }
}

const sh = (script: string, more: Partial<Command> = {}): Command => ({ tool: ['sh'], args: ['-c', script], ...more })

function planned(...kinds: readonly FactKind[]): { requests: PlannedRequest[]; facts: Map<string, FactKind> } {
  const requests = kinds.map(({ name }) => {
    const request = { fact: name, host: 'box', args: {} }
    return { key: factKey(request), request, timeoutMs: 500 }
  })
  return { requests, facts: new Map(kinds.map((kind) => [kind.name, kind])) }
}

/** The same, but the first source reads while the host prints: its value says in how many pieces the lines came, and how they end. */
function reading(name: string, command: Command, onPiece: (text: string) => void, further: Command): FactKind {
  const source = oneByOneReading<JsonObject, string>({
    name: 'reading',
    command: () => command,
    read: () => {
      let lines = 0
      return {
        take: (text) => {
          onPiece(text)
          lines += text.split('\n').length - 1
        },
        end: ({ stdout, stderr }) => `${lines} lines${stdout}${stderr}`,
      }
    },
  })
  const others = fact(name, further).sources.linux ?? []
  return { name, summary: name, active: false, isValue: (value) => typeof value === 'string', sources: { linux: [source, ...others] } }
}

const outcomes = (records: readonly FactRecord[]): Record<string, string> =>
  Object.fromEntries(
    records.map(({ fact: name, outcome }) => [
      name,
      'value' in outcome ? `value ${JSON.stringify(outcome.value)}` : `${outcome.error.reason}: ${outcome.error.message}`,
    ]),
  )

async function collect(kinds: readonly FactKind[], wrapper?: string, signal = new AbortController().signal, ours = limits) {
  const box = wrapper === undefined ? host('box') : host('box', { transport: 'exec', command: ['sh', '-c', wrapper, 'sh'] })
  const transport = (wrapper === undefined ? localTransport : execTransport).create(context).open(box)
  const { requests, facts } = planned(...kinds)
  const collector = liveCollector(box, transport, facts, ours)
  try {
    return outcomes(await collector.collect(requests, signal))
  } finally {
    await collector.close()
  }
}

describe('what a host may answer', () => {
  it('goes on to the next source when a tool is missing, fails, or is not understood', async () => {
    const answers = await collect([
      fact('missing', { tool: ['np-no-such-tool', 'np-nor-this'], args: [] }, sh('echo second')),
      fact('failing', sh('echo no >&2; exit 3'), sh('echo second')),
      fact('strange', { ...sh('echo strange'), refuse: true }, sh('echo second')),
      fact('hopeless', { tool: ['np-no-such-tool'], args: [] }, sh('echo broken >&2; exit 4')),
      fact('absent', { tool: ['np-no-such-tool'], args: [] }),
    ])
    expect(answers).toEqual({
      missing: 'value "second\\n"',
      failing: 'value "second\\n"',
      strange: 'value "second\\n"',
      hopeless: 'not-understood: hopeless could not be learnt: np-no-such-tool not found; source 2 ended with exit code 4: broken',
      absent: 'tool-missing: absent could not be learnt: np-no-such-tool not found',
    })
  })

  it('has what is large read while it is printed', async () => {
    const seen: { readonly text: string; readonly at: number }[] = []
    const slow = sh('echo one; sleep 0.3; echo "zwölf"; echo aside >&2')
    const onPiece = (text: string): void => void seen.push({ text, at: performance.now() })
    expect(await collect([fact('before', sh('echo 1')), reading('large', slow, onPiece, sh('echo second'))])).toEqual({
      before: 'value "1\\n"',
      large: 'value "2 linesaside\\n"',
    })
    expect(seen.map(({ text }) => text).join('')).toBe('one\nzwölf\n')
    expect((seen.at(-1)?.at ?? 0) - (seen[0]?.at ?? 0)).toBeGreaterThan(200)
  })

  it('asks the next source when what was read so far is not understood, or the command fails in the end', async () => {
    const refuse = (text: string): void => {
      throw new NotUnderstood('something else', text)
    }
    const answers = await collect([
      reading('strange', sh('echo strange; echo more'), refuse, sh('echo second')),
      reading('failing', sh('echo half; exit 3'), refuse, sh('echo second')),
      reading('silent', sh(':'), refuse, sh('echo second')),
      reading('hanging', sh('echo half; sleep 60'), () => undefined, sh('echo second')),
      fact('after', sh('echo 2')),
    ])
    expect(answers).toEqual({
      strange: 'value "second\\n"',
      failing: 'value "second\\n"',
      silent: 'value "0 lines"',
      hanging: 'timeout: reading did not end within 500 ms',
      after: 'value "2\\n"',
    })
  })

  it('accepts the exit codes that a source names, feeds standard input, and keeps output without a last line break', async () => {
    const answers = await collect([
      fact('accepted', sh('printf partial; exit 1', { accept: [0, 1] })),
      fact('fed', { tool: ['cat'], args: [], stdin: `quotes ' " $(id) \`id\` \\ \n end` }),
      fact('unfed', sh('cat; echo nothing came')),
    ])
    expect(answers).toEqual({
      accepted: 'value "partial"',
      fed: `value ${JSON.stringify(`quotes ' " $(id) \`id\` \\ \n end`)}`,
      unfed: 'value "nothing came\\n"',
    })
  })

  it('ends a command that hangs and still learns the rest', async () => {
    const answers = await collect([fact('before', sh('echo 1')), fact('hangs', sh('sleep 60')), fact('after', sh('echo 2'))])
    expect(answers).toEqual({
      before: 'value "1\\n"',
      hangs: 'timeout: source 1 did not end within 500 ms',
      after: 'value "2\\n"',
    })
  })

  it('ends a command that prints without end and still learns the rest', async () => {
    const answers = await collect([fact('endless', sh('yes', { timeoutMs: 20_000 })), fact('after', sh('echo 2'))], undefined, undefined, {
      ...limits,
      sectionBytes: 2 ** 20,
    })
    expect(answers).toEqual({
      endless: 'too-much-output: source 1 printed more than netproof takes in; the command was ended',
      after: 'value "2\\n"',
    })
  })

  it('survives a gigabyte in bounded memory', async () => {
    const before = process.memoryUsage().rss
    const gigabyte = fact('gigabyte', sh('head -c 1073741824 /dev/zero', { timeoutMs: 20_000 }))
    expect(await collect([gigabyte, fact('after', sh('echo 2'))])).toEqual({
      gigabyte: 'too-much-output: source 1 printed more than netproof takes in; the command was ended',
      after: 'value "2\\n"',
    })
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 2 ** 20)
  })

  it('takes binary output and terminal escapes as data', async () => {
    const answers = await collect([fact('binary', sh(`printf '\\000\\377\\033[2J\\ntext'`))])
    expect(answers.binary).toBe(`value ${JSON.stringify('\0\ufffd\u001b[2J\ntext')}`)
  })

  it('ignores what start-up files print, on both streams', async () => {
    expect(await collect([fact('a', sh('echo 1'))], 'echo Welcome; echo "\nnetproof-0 end 0 0 0"; echo warning >&2; exec "$@"')).toEqual({
      a: 'value "1\\n"',
    })
  })

  it.each([
    [
      'ends at once',
      'echo "no such container" >&2; exit 255',
      'transport: no POSIX shell answered: the command ended with exit code 255: no such container',
    ],
    ['says nothing', 'sleep 60', 'timeout: no shell answered within 1.5 s'],
    ['prints without end', 'yes', 'too-much-output: the host printed more than netproof takes in; the command was ended'],
    ['stops in the middle', 'head -c 100 >/dev/null; exit 0', 'transport: no POSIX shell answered: the command ended with exit code 0'],
  ])('gives an error for a host that %s', async (_, wrapper, message) => {
    expect(await collect([fact('a', sh('echo 1')), fact('b', sh('echo 2'))], wrapper)).toEqual({ a: message, b: message })
  })

  it.each([
    [
      'another system',
      'frame hello HP-UX; frame bye',
      'unsupported-platform: the inventory says platform linux, but the host says it is HP-UX',
    ],
    [
      'a section that nobody asked for',
      'frame hello Linux; frame begin 99 0; echo x; frame end 99 0 0; frame bye',
      'not-understood: the host answered out of order',
    ],
    [
      'frames without numbers',
      'frame hello Linux; frame begin x y; frame end x y z; frame bye',
      'not-understood: the host answered out of order',
    ],
    ['only the end', 'frame hello Linux; frame bye', 'connection-lost: the host skipped this command'],
    ['a missing tool that is not', 'frame hello Linux; frame missing 0 0; frame bye', 'tool-missing: a could not be learnt: sh not found'],
    ['a command that never ends', 'frame hello Linux; frame begin 0 0; exec sleep 60', 'timeout: source 1 did not end within 500 ms'],
    ['no frame after the greeting', 'frame hello Linux; exec sleep 60', 'timeout: the host stopped answering for 1.5 s'],
    ['frames without end', 'frame hello Linux; while :; do frame begin 0 0; frame end 0 0 1; done', 'source 1 ended with exit code 1'],
  ])('is not hung or fooled by a host that knows the frames and sends %s', async (_, hostile, message) => {
    const script = `nonce=$(sed -n "s/.*printf '.n\\(netproof-[0-9a-f]*\\) .*/\\1/p;/^np_find/q"); frame() { printf '\\n%s %s\\n' "$nonce" "$*"; }; ${hostile}`
    expect((await collect([fact('a', sh('echo 1'))], script)).a).toContain(message)
  })

  it('ends the processes on the host when it is aborted', async () => {
    const file = join(directory, 'pid')
    const controller = new AbortController()
    const running = collect([fact('a', sh(`echo $$ >'${file}'; sleep 60 & wait`, { timeoutMs: 60_000 }))], undefined, controller.signal)
    const pid = await until(() => Number(readFileSync(file, 'utf8')) || null)
    controller.abort('SIGINT')
    expect((await running).a).toMatch(/^interrupted: /)
    await until(() => (isAlive(pid) ? null : true))
  })
})

describe('what a runbook may say', () => {
  it('arrives as data through a real shell, whatever it is', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({
        unit: fc.constantFrom("'", '"', '$', '(', ')', '`', '\\', '\n', ' ', '*', '~', '!', '-', ';', '&', '|', '<', '>', '#', 'a'),
      }),
      fc.constant('x'.repeat(10_000)),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          text.filter((one) => !one.includes('\0')),
          { minLength: 1, maxLength: 8 },
        ),
        async (words) => {
          const kinds = words.map((word, index) => fact(`f${index}`, { tool: ['printf'], args: ['%s', word] }))
          const answers = await collect(kinds)
          expect(Object.values(answers)).toEqual(words.map((word) => `value ${JSON.stringify(Buffer.from(word, 'utf8').toString('utf8'))}`))
        },
      ),
      { numRuns: 30 },
    )
  })

  it('is refused when a shell cannot carry it, without harm to its neighbours', async () => {
    expect(await collect([fact('nul', { tool: ['printf'], args: ['a\0b'] }), fact('other', sh('echo 1'))])).toEqual({
      nul: 'transport: a shell word cannot hold a NUL character',
      other: 'value "1\\n"',
    })
  })
})

async function until<T>(probe: () => T | null): Promise<T> {
  for (let turn = 0; turn < 200; turn++) {
    try {
      const value = probe()
      if (value !== null) return value
    } catch {
      // Not there yet.
    }
    await sleep(25)
  }
  throw new Error('it did not happen within 5 s')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
