import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { liveCollector } from '../../src/engine/collector.js'
import { defaultLimits } from '../../src/engine/visit.js'
import { type CommandArgs, commandOutput } from '../../src/facts/command-output/index.js'
import { factKey } from '../../src/lib/fact-key.js'
import type { FactKind, FactRecord } from '../../src/model/fact.js'
import type { Permission } from '../../src/model/permission.js'
import { execTransport } from '../../src/transports/exec/index.js'
import { host } from '../support/plan.js'

const shells = ['dash', 'bash --posix', 'busybox sh'].filter((shell) => spawnSync('sh', ['-c', `${shell} -c :`]).status === 0)
const facts = new Map([[commandOutput.name, commandOutput as unknown as FactKind]])

describe.each(shells)('commands of a runbook, in %s', (shell) => {
  let directory: string
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'foreign-'))
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  async function run(commands: readonly Partial<CommandArgs>[], timeoutMs = 5_000, allowed: readonly Permission[] = ['commands']) {
    // The engine asks for /bin/sh; here another takes its place.
    const box = host('box', { transport: 'exec', command: ['sh', '-c', `shift; exec ${shell} "$@"`, 'sh'] })
    const transport = execTransport.create({ directory, connectTimeoutMs: 1_000 }).open(box)
    const collector = liveCollector(box, transport, facts, defaultLimits, new Set(allowed))
    const requests = commands.map((more) => {
      const request = { fact: commandOutput.name, host: 'box', args: { run: ['true'], stdin: null, privileged: false, ...more } }
      return { key: factKey(request), request, timeoutMs }
    })
    const records = await collector.collect(requests, new AbortController().signal)
    await collector.close()
    return requests.map(({ key }) => outcome(records.find((record) => record.key === key)))
  }

  function outcome(record: FactRecord | undefined): unknown {
    if (record === undefined) return 'no record'
    if ('error' in record.outcome) return `${record.outcome.error.reason}: ${record.outcome.error.message}`
    const { exitCode, stdout, stderr } = record.outcome.value as { exitCode: number; stdout: string; stderr: string }
    return [exitCode, stdout, stderr]
  }

  it('end as they end, and say what they say', async () => {
    const script = (line: string): Partial<CommandArgs> => ({ run: ['sh', '-c', line] })
    const commands = [
      script('echo a; echo b >&2; exit 3'),
      script('printf "x\\n\\n"'),
      script('exit 255'),
      { run: 'echo $((1 + 1)) | cat' },
    ]
    expect(await run([...commands, { run: ['cat'], stdin: "it's\n$(id)" }])).toEqual([
      [3, 'a\n', 'b\n'],
      [0, 'x\n\n', ''],
      [255, '', ''],
      [0, '2\n', ''],
      [0, "it's\n$(id)", ''],
    ])
  })

  it('leave alone what comes after them: no word of the shell is one of theirs', async () => {
    const words = ['exit', 'return', 'cd', 'export', 'unset', 'exec', '.', ':', 'set', 'trap', 'np_frame', 'np_main', 'if', 'eval']
    const results = await run([...words.map((word) => ({ run: [word, '7'] })), { run: ['echo', 'still here'] }])
    expect(results).toEqual([
      ...words.map((word) => (word === '.' ? expect.anything() : `tool-missing: command-output could not be learnt: ${word} not found`)),
      [0, 'still here\n', ''],
    ])
  })

  it('are told apart from programs that are missing, and from files that cannot be run', async () => {
    const results = await run([{ run: ['sh', '-c', 'exit 127'] }, { run: ['/no/such'] }, { run: ['no-such'] }, { run: ['/etc/passwd'] }])
    expect(results.slice(0, 3)).toEqual([
      [127, '', ''],
      'tool-missing: command-output could not be learnt: /no/such not found',
      'tool-missing: command-output could not be learnt: no-such not found',
    ])
    expect(results[3]).toMatch(
      /^not-understood: .*expected a program that may be run, found ".*\/etc\/passwd: (cannot execute: )?Permission denied"$/,
    )
  })

  it('may be ended by a signal, of which the shell says nothing', async () => {
    expect(
      await run([{ run: 'kill -9 $$' }, { run: 'kill -s SEGV $$' }, { run: ['sh', '-c', 'kill -9 $$'], stdin: 'x'.repeat(1e6) }]),
    ).toEqual([
      [137, '', ''],
      [139, '', ''],
      [137, '', ''],
    ])
  })

  it('hang or print without end at the cost of their own answer, and leave no process', async () => {
    const mark = `31${process.pid}`
    const results = await run(
      [{ run: ['sleep', mark] }, { run: ['yes', mark] }, { run: `sleep ${mark} & echo ok` }, { run: ['echo', '1'] }],
      700,
    )
    expect(results).toEqual([
      'timeout: command did not end within 700 ms',
      'too-much-output: command printed more than netproof takes in; the command was ended',
      [0, 'ok\n', ''],
      [0, '1\n', ''],
    ])
    expect(spawnSync('pgrep', ['-f', `(sleep|yes) ${mark}`]).stdout.toString()).toBe('')
  })

  it('are not sent to the host where nobody allowed it', async () => {
    const message =
      'permission: command-output runs commands that the runbook brings along, which may change the host: only with --allow-commands'
    expect(await run([{ run: ['touch', join(directory, 'was-here')] }], 1_000, [])).toEqual([message])
    expect(spawnSync('ls', [directory]).stdout.toString()).toBe('')
  })

  it('receive every word as it is', async () => {
    const word = fc
      .oneof(
        fc.string({ unit: 'binary' }),
        fc.string({
          unit: fc.constantFrom("'", '"', '\\', '$', '`', '!', '\n', '\t', ' ', '*', '~', '(', ')', '{', ';', '&', '|', '한', '😀'),
        }),
        fc.constantFrom('', '$(id)', '`id`', "'; exit 1; '", '-n', '--', '"$np_tool"', '\nnp_frame end 0 0 0\n'),
      )
      .map((text) => text.replaceAll('\0', ''))
    const list = fc.array(word, { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(fc.array(list, { minLength: 1, maxLength: 8 }), async (lists) => {
        const unique = [...new Map(lists.map((words) => [JSON.stringify(words), words])).values()]
        const results = await run(
          unique.map((words) => ({ run: ['sh', '-c', `for word do printf '%s\\0' "$word"; done`, 'sh', ...words] })),
        )
        expect(results).toEqual(unique.map((words) => [0, words.map((text) => `${Buffer.from(text)}\0`).join(''), '']))
      }),
      { numRuns: 6 },
    )
  })
})
