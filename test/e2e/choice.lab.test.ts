// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of runbooks look like this
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { type Proof, prove, resultOf, until, verdicts, writeRunbook } from './in-lab.js'
import { processesOn } from './processes.js'

const front = { route: { destination: '203.0.113.0/24', interface: 'eth0' } }
const wrong = { route: { destination: '203.0.113.0/24', interface: 'eth7' } }

labDescribe('what is judged, and what it counts', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab('web-db')
    inventory = lab.inventory({ transport: 'exec' })
  })
  afterAll(() => lab?.stop())

  const proveAll = (runbook: object, ...args: readonly string[]): Promise<Proof> =>
    prove(lab, [writeRunbook(lab, runbook), '-i', inventory, ...args])

  it('needs: what follows a failed check is skipped, on that host alone, and says why', async () => {
    const runbook = {
      defaults: { on: 'web' },
      checks: [
        { id: 'first', route: { destination: '192.0.2.0/24', absent: true } },
        { id: 'second', needs: ['first'], ...front },
        { id: 'third', needs: ['second'], ...front },
        { id: 'elsewhere', on: 'db1', needs: ['first'], route: { destination: 'default' } },
      ],
    }
    const before = await proveAll(runbook)
    expect([before.exitCode, before.report.totals]).toEqual([0, { pass: 7, fail: 0, error: 0, skip: 0 }])

    await lab.sh('web2', 'ip route add 192.0.2.0/24 via 10.10.0.1')
    const { report, exitCode } = await proveAll(runbook)
    await lab.sh('web2', 'ip route del 192.0.2.0/24')
    expect(exitCode).toBe(1)
    expect(verdicts(report)).toEqual([
      'db1/elsewhere: skip',
      'web1/first: pass',
      'web1/second: pass',
      'web1/third: pass',
      'web2/first: fail',
      'web2/second: skip',
      'web2/third: skip',
    ])
    expect(resultOf(report, 'second', 'web2').reason).toBe('needs first on web2, which is fail')
    expect(resultOf(report, 'third', 'web2').reason).toBe('needs second on web2, which is skip')
    expect(resultOf(report, 'elsewhere').reason).toBe('needs first on web2, which is fail')
  })

  it('when: what does not apply is skipped, says why, and lets the run pass', async () => {
    const { exitCode, report } = await proveAll({
      defaults: { on: 'all' },
      checks: [
        { id: 'web-only', when: { group: 'web' }, ...front },
        { id: 'windows-only', on: 'web1', when: { platform: 'windows' }, ...wrong },
      ],
    })
    expect(exitCode).toBe(0)
    expect(report.results.map(({ host, id, reason }) => `${host}/${id}: ${reason}`).sort()).toEqual([
      'db1/web-only: applies to group web; db1 is in db',
      'web1/web-only: ',
      'web1/windows-only: applies to platform windows; web1 is linux',
      'web2/web-only: ',
    ])
  })

  it.each([
    [
      ['-l', 'web'],
      ['web1/a', 'web1/b', 'web2/a', 'web2/b'],
    ],
    [
      ['-l', 'web:!web2'],
      ['web1/a', 'web1/b'],
    ],
    [['-l', 'all:&db'], ['db1/a']],
    [
      ['-l', 'w*1', '-l', 'db1'],
      ['db1/a', 'web1/a', 'web1/b'],
    ],
    [
      ['-l', '~web[12]', '-t', 'late'],
      ['web1/b', 'web2/b'],
    ],
    [
      ['-t', 'early,late'],
      ['db1/a', 'web1/a', 'web1/b', 'web2/a', 'web2/b'],
    ],
    [
      ['-t', 'early'],
      ['db1/a', 'web1/a', 'web2/a'],
    ],
  ])('%j chooses', async (args, chosen) => {
    const { exitCode, report } = await proveAll(
      {
        defaults: { on: 'all' },
        checks: [
          { id: 'a', tags: ['early'], route: { destination: 'default' } },
          { id: 'b', on: 'web', tags: ['late'], ...front },
        ],
      },
      ...args,
    )
    expect(exitCode).toBe(0)
    expect(report.results.map(({ host, id }) => `${host}/${id}`).sort()).toEqual(chosen)
  })

  it.each([
    [['-l', 'wbe'], 'netproof: --limit wbe: no inventory has a host or a group "wbe"; did you mean "web"?'],
    [['-t', 'no-such-tag'], 'netproof: no check is left after --limit and --tags: such a run would prove nothing'],
  ])('%j is refused, as nothing would be proven', async (args, message) => {
    const runbook = writeRunbook(lab, { checks: [{ id: 'a', on: 'web', ...front }] })
    const { exitCode, stdout, stderr } = await lab.netproof('ops', ['run', runbook, '-i', inventory, ...args])
    expect([exitCode, stdout, stderr]).toEqual([3, '', `${message}\n`])
  })

  it('include, host variables and --var: the nearer word counts', async () => {
    const common = writeRunbook(lab, { checks: [{ id: 'shared', on: 'web', route: { destination: '${net}', interface: '${out}' } }] })
    const main = { include: [common], vars: { net: '203.0.113.0/24', out: 'eth0' }, checks: [{ id: 'own', on: 'web1', ...front }] }
    const hosts = lab.inventory({ transport: 'exec', extra: { web2: { vars: { out: 'eth1' } } } })
    const runbook = writeRunbook(lab, main)
    const byHost = await prove(lab, [runbook, '-i', hosts])
    expect(verdicts(byHost.report)).toEqual(['web1/own: pass', 'web1/shared: pass', 'web2/shared: fail'])
    expect(resultOf(byHost.report, 'shared', 'web2').location.file).toBe(common)
    const byOption = await prove(lab, [runbook, '-i', hosts, '--var', 'net=10.10.0.0/24', '--var', 'out=eth1'])
    expect(verdicts(byOption.report)).toEqual(['web1/own: pass', 'web1/shared: pass', 'web2/shared: pass'])
  })

  it.concurrent.each([
    ['low', 1],
    ['medium', 1],
    ['high', 0],
  ])('--fail-on %s ends with %i when only a medium check failed', async (level, expected) => {
    const { exitCode, report } = await proveAll({ checks: [{ id: 'm', on: 'web1', severity: 'medium', ...wrong }] }, '--fail-on', level)
    expect([exitCode, report.exitCode, report.totals.fail]).toEqual([expected, expected, 1])
  })

  it('--timeout ends the run, tells what was known, and leaves nothing behind', async () => {
    await lab.sh('db1', "nft -f - <<'E'\ntable inet np { chain i { type filter hook input priority 0; tcp dport 5433 drop; }; }\nE")
    const started = performance.now()
    const { exitCode, report } = await proveAll(
      {
        checks: [
          { id: 'quick', on: 'web2', ...front },
          { id: 'slow', on: 'web1', 'tcp-port': { target: 'db1:5433', expect: 'filtered' } },
        ],
      },
      '--timeout',
      '1s',
    )
    await lab.sh('db1', 'nft delete table inet np')
    expect(performance.now() - started).toBeLessThan(4_000)
    expect(verdicts(report)).toEqual(['web1/slow: error', 'web2/quick: pass'])
    expect(resultOf(report, 'slow').reason).toBe("the run's time of 1.0 s ended before it could be determined")
    expect([exitCode, report.interrupted]).toEqual([2, false])
    await until(
      'nothing of the visit is left on web1',
      async () => !(await processesOn(lab, 'web1')).some(({ line }) => /python3|sh -s/.test(line)),
    )
  })
})
