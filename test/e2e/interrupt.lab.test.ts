import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Report } from '../../src/model/report.js'
import { labDescribe } from '../lab/describe.js'
import { fleet, type Lab, startLab } from '../lab/index.js'
import { resultOf, until, verdicts, writeRunbook } from './in-lab.js'
import { type HostProcess, isOfVisit, processesOn } from './processes.js'

interface Ended {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly tookMs: number
}

interface Run {
  readonly child: ChildProcess
  readonly json: string
  readonly junit: string
  /** Where netproof keeps what it needs for the time of the run. */
  readonly temporary: string
  /** Sends a signal to the process group, as a terminal does, and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ended>
}

const hosts = ['h01', 'h02']

labDescribe('an end before the end', () => {
  let lab: Lab
  let inventory: string
  let runbook: string
  let runs = 0
  beforeAll(async () => {
    lab = await startLab(fleet(3, { routes: 1, services: 1 }))
    inventory = lab.inventory({ transport: 'ssh' })
    runbook = writeRunbook(lab, {
      checks: [
        { id: 'known', on: 'h03', route: { destination: '203.0.113.0/24' } },
        // Nobody is there: the probe is silent for about ten seconds.
        { id: 'slow', on: hosts, needs: ['known'], 'tcp-port': { target: '203.0.113.200:1', expect: 'filtered' } },
        { id: 'later', on: hosts, needs: ['slow'], route: { destination: 'default' } },
      ],
    })
    // Its answers are dropped, as a real silence is; without them ARP would fail after three seconds.
    for (const host of hosts) await lab.sh(host, 'ip neigh replace 203.0.113.200 lladdr 02:00:00:00:00:01 dev eth0')
  })
  afterAll(() => lab?.stop())
  beforeEach(async () => {
    for (const host of hosts) expect(await leftOn(host)).toEqual([])
  })

  const leftOn = async (host: string): Promise<readonly string[]> =>
    (await processesOn(lab, host)).filter(isOfVisit).map(({ line }) => line.slice(0, 60))

  /** Starts a run, and waits until its probes are under way and the rest is known. */
  async function start(): Promise<Run> {
    runs += 1
    const directory = join(lab.directory, `run-${runs}`)
    const temporary = join(lab.directory, `t${runs}`)
    mkdirSync(temporary)
    const [json, junit] = [join(directory, 'report.json'), join(directory, 'report.xml')]
    const child = lab.spawn(
      'ops',
      lab.netproofArgv(['run', runbook, '-i', inventory, '-v', '-r', 'console', '-r', `json=${json}`, '-r', `junit=${junit}`]),
      {
        env: { TMPDIR: temporary },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      },
    )
    child.stdout?.resume()
    child.stderr?.resume()
    const closed = new Promise<Pick<Ended, 'exitCode' | 'signal'>>((resolve) =>
      child.once('close', (exitCode, signal) => resolve({ exitCode, signal })),
    )
    for (const host of hosts)
      await until(`the probe runs on ${host}`, async () => (await leftOn(host)).some((line) => line.startsWith('python3')))
    return {
      child,
      json,
      junit,
      temporary,
      end: async (signal) => {
        const started = performance.now()
        process.kill(-(child.pid ?? Number.NaN), signal)
        return { ...(await closed), tookMs: performance.now() - started }
      },
    }
  }

  /** The ssh processes of a run: each names a socket in its directory. */
  const sshOf = async ({ temporary }: Run): Promise<readonly HostProcess[]> =>
    (await processesOn(lab, 'ops')).filter(({ line }) => line.includes(`${temporary}/np-`))

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s: what was known is reported, and nothing is left anywhere', async (signal) => {
    const run = await start()
    const { exitCode, tookMs } = await run.end(signal)
    expect(exitCode).toBe(130)
    expect(tookMs).toBeLessThan(2_000)

    const report = JSON.parse(readFileSync(run.json, 'utf8')) as Report
    expect(verdicts(report)).toEqual(['h01/later: error', 'h01/slow: error', 'h02/later: error', 'h02/slow: error', 'h03/known: pass'])
    expect([report.exitCode, report.interrupted]).toEqual([130, true])
    expect(resultOf(report, 'slow', 'h01').reason).toBe(`interrupted (${signal}) before it could be determined`)
    const junit = readFileSync(run.junit, 'utf8')
    expect(junit).toMatch(/tests="5" failures="0" errors="4"/)
    expect(junit.trimEnd()).toMatch(/<\/testsuites>$/)

    for (const host of hosts) expect(await leftOn(host), host).toEqual([])
    expect(await sshOf(run)).toEqual([])
    expect(readdirSync(run.temporary)).toEqual([])
  })

  it('a second SIGINT ends at once, whatever hangs', async () => {
    const run = await start()
    const stopped = await sshOf(run)
    for (const { pid } of stopped) process.kill(pid, 'SIGSTOP')
    const first = run.end('SIGINT')
    await sleep(200)
    expect(run.child.exitCode).toBeNull()
    const { exitCode, tookMs } = await run.end('SIGINT')
    for (const { pid } of stopped) process.kill(pid, 'SIGCONT')
    expect(exitCode).toBe(130)
    expect(tookMs).toBeLessThan(1_000)
    expect((await first).tookMs).toBeGreaterThan(200)
    for (const host of hosts) await until(`nothing is left on ${host}`, async () => (await leftOn(host)).length === 0)
  })

  it('SIGKILL: the hosts end their commands by themselves, and the connections their masters', async () => {
    const run = await start()
    const persist = (await sshOf(run)).flatMap(({ line }) => /ControlPersist=(\w+)/.exec(line)?.[1] ?? [])
    expect(await run.end('SIGKILL')).toMatchObject({ exitCode: null, signal: 'SIGKILL' })
    for (const host of hosts) await until(`nothing is left on ${host}`, async () => (await leftOn(host)).length === 0)
    expect(existsSync(run.json)).toBe(false)
    expect(persist.length).toBeGreaterThanOrEqual(hosts.length)
    // In seconds, which is how ssh takes a number.
    for (const seconds of persist) expect(Number(seconds)).toBeLessThanOrEqual(60)
  })
})
