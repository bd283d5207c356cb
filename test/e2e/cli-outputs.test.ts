import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { posixQuote } from '../../src/lib/quote.js'
import type { Report } from '../../src/model/report.js'
import type { RunResult } from '../lab/process.js'
import { badRunbook, cli, type Desk, goodRunbook, openDesk, program, runPlainly } from './cli.js'

let desk: Desk
beforeAll(() => {
  desk = openDesk()
  desk.file('good.yaml', goodRunbook)
  desk.file('bad.yaml', badRunbook)
  const checks = Array.from({ length: 2_000 }, (_, index) => `  - { id: n${index}, route: { destination: 127.0.0.1, lookup: true } }\n`)
  desk.file('many.yaml', `version: 1\nchecks:\n${checks.join('')}`)
})
afterAll(() => desk.remove())

const at = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<RunResult> => cli(args, { cwd: desk.path, env })

/** A shell line in which `netproof` is what was built. */
function shell(line: string): Promise<RunResult> {
  const script = `netproof() { ${posixQuote(process.execPath)} ${posixQuote(program)} "$@"; }\n${line}\n`
  return runPlainly(['bash', '-c', script], { cwd: desk.path })
}

/** The same on a terminal of 100 columns, by `script` of util-linux. */
function terminal(line: string, env: Readonly<Record<string, string>> = {}): Promise<RunResult> {
  const command = `stty cols 100; ${posixQuote(process.execPath)} ${posixQuote(program)} ${line}`
  return runPlainly(['script', '-qefc', command, '/dev/null'], { cwd: desk.path, env: { TERM: 'xterm', SHELL: '/bin/sh', ...env } })
}

describe.concurrent('standard output', () => {
  it('holds JSON alone with -r json, and XML alone with -r junit, also when verbose', async () => {
    const json = await at(['run', 'good.yaml', '-v', '-r', 'json'])
    expect((JSON.parse(json.stdout) as Report).totals.pass).toBe(1)
    const junit = await at(['run', 'good.yaml', '-v', '-r', 'junit'])
    expect(junit.stdout).toMatch(/^<\?xml[\s\S]*<\/testsuites>\s*$/)
  })

  it.each([
    'run many.yaml -v -r console',
    'run many.yaml -r json',
    'run many.yaml -r junit',
    'plan many.yaml --json',
    'list facts',
    'explain tcp-port',
    'schema',
    'run --help',
  ])('may be closed by its reader: %s | head -n 1', async (line) => {
    const { exitCode, stdout, stderr } = await shell(`netproof ${line} | head -n 1; exit "\${PIPESTATUS[0]}"`)
    expect(stdout.split('\n')).toHaveLength(2)
    expect([exitCode, stderr]).toEqual([0, ''])
  })

  it.each(['run good.yaml', 'run good.yaml -r json', 'list checks', 'schema'])('that is full is told: %s', async (line) => {
    expect(await shell(`netproof ${line} >/dev/full`)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'netproof: standard output could not be written: ENOSPC: no space left on device, write\n',
    })
  })

  it('that is full does not hide a failure', async () => {
    expect((await shell('netproof run bad.yaml >/dev/full')).exitCode).toBe(1)
  })

  it('has results, and standard error has not', async () => {
    const { stdout, stderr } = await at(['run', 'bad.yaml'])
    expect(stdout).toMatch(/^ ✗ controller {2}route 127\.0\.0\.1 lookup interface eth77 /)
    expect(stderr).toBe('')
  })
})

describe.concurrent('colours', () => {
  const coloured = '\u001b[31m✗'

  it.each([
    ['nothing forbids them', 'run bad.yaml', {}, true],
    ['NO_COLOR is set', 'run bad.yaml', { NO_COLOR: '1' }, false],
    ['--no-color is given', 'run bad.yaml --no-color', {}, false],
    ['TERM is dumb', 'run bad.yaml', { TERM: 'dumb' }, false],
  ])('on a terminal where %s', async (_, line, env, expected) => {
    const { exitCode, stdout } = await terminal(line, env)
    expect(exitCode).toBe(1)
    expect(stdout.includes(coloured)).toBe(expected)
    expect(stdout).toContain('✗')
  })

  it('in a pipe: none, unless FORCE_COLOR insists', async () => {
    expect((await at(['run', 'bad.yaml'])).stdout).not.toContain('\u001b')
    expect((await at(['run', 'bad.yaml'], { FORCE_COLOR: '1' })).stdout).toContain(coloured)
  })
})

describe('progress', () => {
  const eraseLine = '\r\u001b[K'

  it('is redrawn on a terminal and gone at the end; not in CI', async () => {
    // Not in step with the drawing, which would then always find the check under way.
    desk.file('wait.yaml', 'version: 1\nchecks:\n  - retry: { until: 3s, every: 700ms }\n    listening-port: { port: 1 }\n')
    const { stdout } = await terminal('run wait.yaml')
    expect(stdout).toContain(`${eraseLine} ⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀  0/1 checks`)
    expect(stdout).toContain('1 to try again')
    const last = stdout.lastIndexOf(eraseLine)
    expect(stdout.slice(last + eraseLine.length).trimStart()).toMatch(/^\S*✗/)
    expect((await terminal('run wait.yaml', { CI: 'true' })).stdout).not.toContain(eraseLine)
  })
})

describe('report files', () => {
  it('are written with their directories, several at once', async () => {
    const { exitCode, stdout } = await at([
      'run',
      'bad.yaml',
      '-r',
      'console',
      '-r',
      'json=new/dir/r.json',
      '-r',
      'junit=new/r.xml',
      '-r',
      'console=new/r.txt',
    ])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('1 failed')
    expect((JSON.parse(readFileSync(join(desk.path, 'new/dir/r.json'), 'utf8')) as Report).exitCode).toBe(1)
    expect(readFileSync(join(desk.path, 'new/r.xml'), 'utf8')).toContain('failures="1"')
    expect(readFileSync(join(desk.path, 'new/r.txt'), 'utf8')).toContain('1 failed')
  })

  it.each([
    ['good.yaml', 2, '1 passed'],
    ['bad.yaml', 1, '1 failed'],
  ])('that cannot be written: %s is judged and shown all the same, and ends with %i', async (runbook, expected, summary) => {
    const { exitCode, stdout, stderr } = await at([
      'run',
      runbook,
      '-r',
      'console',
      '-r',
      'json=good.yaml/r.json',
      '-r',
      'junit=beside.xml',
    ])
    expect(exitCode).toBe(expected)
    expect(stdout).toContain(summary)
    expect(stderr).toMatch(/^netproof: reporter json could not write its report: .*ENOTDIR.*\n$/)
    expect(existsSync(join(desk.path, 'beside.xml'))).toBe(true)
  })

  it('appear whole or not at all: what was there before stays', async () => {
    desk.file('kept.json', 'before')
    const { exitCode, stderr } = await shell("trap '' XFSZ; ulimit -f 1; netproof run many.yaml -r json=kept.json")
    expect(exitCode).toBe(2)
    expect(stderr).toBe('netproof: reporter json could not write its report: EFBIG: file too large, write\n')
    expect(readFileSync(join(desk.path, 'kept.json'), 'utf8')).toBe('before')
    expect(readdirSync(desk.path).filter((name) => name.includes('partial'))).toEqual([])
  })
})
