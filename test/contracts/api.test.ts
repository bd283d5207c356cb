import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import type * as Api from '../../src/index.js'
import { blocks } from '../docs/blocks.js'
import { run } from '../lab/process.js'

// What is shipped, not its source: the build decides what a user's `import … from 'netproof'` gets.
const root = join(import.meta.dirname, '../..')
const entry = join(root, packageJson.exports['.'].default)

describe('the library', () => {
  let api: typeof Api
  let directory: string
  beforeAll(async () => {
    api = (await import(/* @vite-ignore */ pathToFileURL(entry).href)) as typeof Api
    directory = mkdtempSync(join(tmpdir(), 'netproof-api-'))
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  const file = (name: string, text: string): string => {
    const path = join(directory, name)
    writeFileSync(path, text)
    return path
  }
  const change = (): string =>
    file(
      'change.yaml',
      `version: 1
vars: { loopback: lo }
defaults: { on: here, tags: [sanity] }
checks:
  - { id: inside, route: { destination: 127.0.0.1, lookup: true, interface: "\${loopback}" } }
  - { id: wrong, severity: low, tags: [wrong], route: { destination: 127.0.0.1, lookup: true, interface: eth77 } }
`,
    )
  const inventory = (): string => file('inventory.yaml', 'version: 1\nhosts:\n  here: { transport: local }\n')

  it('exports what the README says, and nothing else', () => {
    expect(Object.keys(api).sort()).toEqual(['InputError', 'plan', 'run', 'validate'])
  })

  it("runs the README's example as it stands, prints nothing of its own, and lets the process end", async () => {
    const [example] = blocks.filter(({ language }) => language === 'ts')
    mkdirSync(join(directory, 'node_modules'))
    symlinkSync(root, join(directory, 'node_modules/netproof'))
    change()
    inventory()
    const result = await run([process.execPath, '--input-type=module', '-e', example?.text ?? ''], { cwd: directory, timeoutMs: 10_000 })
    expect(result).toEqual({ exitCode: 0, stdout: '{ pass: 1, fail: 1, error: 0, skip: 0 } 1\n', stderr: '' })
  })

  it('run: does what a runbook brings along only where the caller says so', async () => {
    const runbooks = [file('own.yaml', 'version: 1\nchecks:\n  - command: { run: [echo, "1"], stdout: "1" }\n')]
    await expect(api.run({ runbooks })).rejects.toMatchObject({
      name: 'InputError',
      diagnostics: [{ code: 'not-allowed', location: { line: 3, column: 5 }, hint: 'add --allow-commands if you trust this runbook' }],
    })
    expect((await api.run({ runbooks, allowCommands: true })).totals).toEqual({ pass: 1, fail: 0, error: 0, skip: 0 })
    const { checks, hosts } = await api.plan({ runbooks })
    expect([checks[0]?.needsOptions, hosts[0]?.facts[0]?.permission]).toEqual([['--allow-commands'], 'commands'])
  })

  it('run: resolves with the report, whatever was found', async () => {
    const events: string[] = []
    const report = await api.run({ runbooks: [change()], inventory: [inventory()], onEvent: ({ type }) => void events.push(type) })
    expect([report.totals, report.exitCode]).toEqual([{ pass: 1, fail: 1, error: 0, skip: 0 }, 1])
    expect(report.results.map(({ id, host, verdict }) => [id, host, verdict])).toEqual([
      ['inside', 'here', 'pass'],
      ['wrong', 'here', 'fail'],
    ])
    expect(report.netproof).toBe(packageJson.version)
    expect(events).toEqual(['start', 'host', 'result', 'result', 'end'])
  })

  it('run: takes tags, variables, a limit and a severity', async () => {
    const options = { runbooks: [change()], inventory: [inventory()] }
    expect((await api.run({ ...options, tags: ['sanity'], limit: ['here'] })).totals.fail).toBe(0)
    expect((await api.run({ ...options, failOn: 'high' })).exitCode).toBe(0)
    expect((await api.run({ ...options, tags: ['sanity'], vars: { loopback: 'eth77' } })).totals.fail).toBe(1)
  })

  it('run: keeps the report when the recording cannot be kept, and does not call that a success', async () => {
    const warnings: string[] = []
    const report = await api.run({
      runbooks: [change()],
      inventory: [inventory()],
      tags: ['sanity'],
      record: join(directory, 'recording'),
      onWarning: (text) => void warnings.push(text),
      // As if the disk had gone: what is written to is taken away.
      onEvent: ({ type }) => {
        const partial = readdirSync(directory).find((name) => name.startsWith('recording.partial-'))
        if (type === 'start') rmSync(join(directory, partial ?? 'none'), { recursive: true })
      },
    })
    expect([report.totals.pass, report.exitCode]).toEqual([1, 2])
    expect(warnings).toEqual([expect.stringMatching(/^netproof: the recording could not be written: ENOENT: /)])
  })

  it('run: is interrupted by its signal, and still resolves', async () => {
    const controller = new AbortController()
    controller.abort('enough')
    const report = await api.run({ runbooks: [change()], inventory: [inventory()], signal: controller.signal })
    expect([report.interrupted, report.exitCode, report.totals.error]).toEqual([true, 130, 2])
    expect(report.results[0]?.reason).toBe('interrupted (enough) before it could be determined')
  })

  it('run: rejects with an InputError and its diagnostics when the input is wrong', async () => {
    const runbook = file('typo.yaml', 'version: 1\nchecks:\n  - ruote: { destination: default }\n')
    const error: unknown = await api.run({ runbooks: [runbook] }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(api.InputError)
    expect(error).toMatchObject({
      name: 'InputError',
      diagnostics: [{ code: 'unknown-check', location: { file: runbook, line: 3, column: 5 }, hint: 'did you mean "route"?' }],
    })
    expect((error as Error).message).toContain('   3 |   - ruote: { destination: default }\n')
  })

  it('plan: says what would run, as data', async () => {
    const { hosts, checks } = await api.plan({ runbooks: [change()], inventory: [inventory()], tags: ['sanity'] })
    expect(hosts.map(({ name, facts }) => [name, facts.map(({ fact }) => fact)])).toEqual([['here', ['route-lookup', 'links']]])
    expect(checks.map(({ id, skip }) => [id, skip])).toEqual([['inside', null]])
  })

  it('validate: finds the problems of all files and never rejects', async () => {
    expect(await api.validate({ paths: [change(), inventory()] })).toEqual({
      valid: true,
      diagnostics: [],
      text: '2 files: no problems, 2 checks planned\n',
    })
    const wrong = await api.validate({ paths: [file('wrong.yaml', 'version: 1\nchecks: []\n'), join(directory, 'nowhere.yaml')] })
    expect(wrong.valid).toBe(false)
    expect(wrong.diagnostics.map(({ code }) => code)).toEqual(['no-checks', 'file-missing'])
    expect(wrong.text).toMatch(/2 files: 2 problems\n$/)
  })
})
