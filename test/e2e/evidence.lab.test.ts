// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of runbooks look like this
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/report.js'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { run } from '../lab/process.js'
import { complaints, type Proof, prove, resultOf, verdicts, writeRunbook } from './in-lab.js'

const checks = [
  { id: 'gateway', on: 'web', route: { destination: 'default', via: '203.0.113.1' } },
  { id: 'https', on: 'web', 'listening-port': { port: 443, process: 'nginx' } },
  { id: 'db', on: 'web', 'tcp-port': { target: 'db1:5432' } },
]

/** Everything below a directory, as one text. */
const textOf = (directory: string): string =>
  readdirSync(directory)
    .map((name) => readFileSync(join(directory, name), 'utf8'))
    .join('')

labDescribe('evidence', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab('web-db')
    inventory = lab.inventory({ transport: 'ssh' })
  })
  afterAll(() => lab?.stop())

  /** Judges a recording on this machine, without any network: not even a loopback interface that is up. */
  async function replay(runbook: string, recording: string, env: Readonly<Record<string, string>> = {}): Promise<Proof> {
    const argv = ['unshare', '--net', ...lab.netproofArgv(['run', runbook, '-i', inventory, '--replay', recording, '-r', 'json'])]
    const result = await run(argv as [string, ...string[]], { env })
    if (result.stdout === '') throw new Error(result.stderr)
    return { ...result, report: JSON.parse(result.stdout) as Report }
  }

  describe('a recording of a day when something was wrong', () => {
    let runbook: string
    let recording: string
    let live: Proof
    beforeAll(async () => {
      runbook = writeRunbook(lab, { checks })
      recording = join(lab.directory, 'evidence/monday')
      await lab.sh('web2', 'ip route add default via 10.10.0.1 metric 100')
      live = await prove(lab, [runbook, '-i', inventory, '--record', recording])
      await lab.sh('web2', 'ip route del default via 10.10.0.1 metric 100')
    })

    it('gives the same verdicts, findings and evidence again, offline', async () => {
      const again = await replay(runbook, recording)
      const essence = ({ report }: Proof): string[] =>
        report.results.map(({ durationMs: _, attempts: __, ...rest }) => JSON.stringify(rest)).sort()
      expect(verdicts(live.report)).toEqual([
        'web1/db: pass',
        'web1/gateway: pass',
        'web1/https: pass',
        'web2/db: pass',
        'web2/gateway: fail',
        'web2/https: pass',
      ])
      expect(essence(again)).toEqual(essence(live))
      expect([live.exitCode, again.exitCode]).toEqual([1, 1])
    })

    it('is judged by a newer runbook; what it does not hold is undetermined, not passed', async () => {
      const newer = writeRunbook(lab, {
        checks: [
          { id: 'metric', on: 'web1', route: { destination: 'default', metric: { max: 100 } } },
          { id: 'http', on: 'web1', 'listening-port': { port: 80, process: { 'one-of': ['nginx', 'caddy'] } } },
          { id: 'other-target', on: 'web1', 'tcp-port': { target: 'db1:22', expect: 'closed' } },
          { id: 'other-host', on: 'db1', route: { destination: '192.0.2.0/24', absent: true } },
        ],
      })
      const { exitCode, report } = await replay(newer, recording)
      expect(verdicts(report)).toEqual(['db1/other-host: error', 'web1/http: pass', 'web1/metric: fail', 'web1/other-target: error'])
      expect(complaints(resultOf(report, 'metric'))).toEqual([
        'route default: metric: expected at most 100, actual 200. It was set by hand or by a script (protocol boot).',
      ])
      expect(resultOf(report, 'other-target').reason).toBe(
        'the recording has no tcp-connect of web1 with these arguments: record again with this runbook',
      )
      expect(resultOf(report, 'other-host').reason).toBe('the recording has no host db1: record again with this runbook')
      expect(exitCode).toBe(1)
    })

    it.each([
      ['no-such-directory', 'netproof: no recording can be read: ENOENT: no such file or directory'],
      ['.', 'netproof: no recording can be read: ENOENT: no such file or directory'],
    ])('%s is no recording', async (name, message) => {
      const { exitCode, stdout, stderr } = await lab.netproof('ops', [
        'run',
        runbook,
        '-i',
        inventory,
        '--replay',
        join(lab.directory, name),
      ])
      expect([exitCode, stdout]).toEqual([3, ''])
      expect(stderr).toContain(message)
    })

    it('is not written over what is none, and a refusal leaves nothing behind', async () => {
      const temporary = mkdtempSync(join(lab.directory, 'tmp-'))
      const args = ['run', runbook, '-i', inventory, '--record', lab.directory]
      const { exitCode, stderr } = await lab.netproof('ops', args, { env: { TMPDIR: temporary } })
      expect([exitCode, stderr]).toEqual([
        3,
        `netproof: cannot record: ${lab.directory} holds other files: give an empty or new directory, or an earlier recording to replace\n`,
      ])
      expect(readdirSync(temporary)).toEqual([])
    })
  })

  describe('what comes from the environment', () => {
    // The first is part of what hosts answer, the second part of what is asked, the third equals a word of every report.
    const secrets = { NP_PROCESS: 'nginx', NP_TARGET: 'hunter2-secret', NP_WORD: 'pass' }
    const runbook = {
      checks: [
        { id: 'process', on: 'web1', 'listening-port': { port: 443, process: '${env:NP_PROCESS}' } },
        { id: 'not', on: 'web1', 'listening-port': { port: 443, process: { not: '${env:NP_PROCESS}' } } },
        { id: 'target', on: 'web1', 'tcp-port': { target: '${env:NP_TARGET}.invalid:443' } },
        { id: 'word', on: 'web1', 'listening-port': { port: 80, process: { 'one-of': ['${env:NP_WORD}', 'x'] } } },
      ],
    }
    const expected = ['web1/not: fail', 'web1/process: pass', 'web1/target: fail', 'web1/word: fail']
    const secretWords = /nginx|hunter2/

    it('shows in no output, and changes no verdict', async () => {
      const path = writeRunbook(lab, runbook)
      const file = (name: string): string => join(lab.directory, 'masked', name)
      const reports = ['-v', '-r', `console=${file('report.txt')}`, '-r', `junit=${file('report.xml')}`, '--record', file('recording')]
      const live = await prove(lab, [path, '-i', inventory, ...reports], secrets)
      expect(verdicts(live.report)).toEqual(expected)
      expect(live.report.totals).toEqual({ pass: 1, fail: 3, error: 0, skip: 0 })
      expect(complaints(resultOf(live.report, 'not')).map((text) => text.replace(/pid \d+/, 'pid N'))).toEqual([
        'listening-port 443/tcp: process: expected not ******, actual ****** (pid N). A process that must not hold :: (IPv6 and IPv4) does: stop it, and find out who started it.',
      ])

      const plan = await lab.netproof('ops', ['plan', path, '-i', inventory, '--verbose'], { env: secrets })
      const planJson = await lab.netproof('ops', ['plan', path, '-i', inventory, '--json'], { env: secrets })
      const outputs = {
        json: live.stdout,
        console: readFileSync(file('report.txt'), 'utf8'),
        junit: readFileSync(file('report.xml'), 'utf8'),
        recording: textOf(file('recording')),
        plan: plan.stdout,
        planJson: planJson.stdout,
        progress: live.stderr + plan.stderr + planJson.stderr,
      }
      for (const [name, text] of Object.entries(outputs)) expect(text, name).not.toMatch(secretWords)
      expect(outputs.planJson).toContain('******.invalid')
      expect(outputs.junit).toContain('tests="4" failures="3"')
      expect(outputs.console).toContain('1 passed   3 failed')
    })

    it('is not judged again from a recording: asterisks prove nothing', async () => {
      const { report } = await replay(writeRunbook(lab, runbook), join(lab.directory, 'masked/recording'), secrets)
      expect(verdicts(report)).toEqual(['web1/not: error', 'web1/process: error', 'web1/target: error', 'web1/word: error'])
      const advice = 'recordings do not keep those. Take what is no secret from vars or --var, and record again'
      expect(resultOf(report, 'not').reason).toBe(`listeners of web1 held a value that the runbook took from the environment; ${advice}`)
      expect(resultOf(report, 'target').reason).toBe(
        `tcp-connect of web1 was asked with a value that the runbook takes from the environment; ${advice}`,
      )
    })
  })
})
