import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { complaints, prove, resultOf, until, verdicts, writeRunbook } from './in-lab.js'
import { isLogin, processesOn } from './processes.js'

/** `name` as a runbook takes a variable. */
const taken = (name: string): string => `\${${name}}`

labDescribe('commands of a runbook, over ssh', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab({
      hosts: {
        ops: { lans: { front: { address: ['203.0.113.10/24'] } } },
        // One who may become root, and one who may not.
        web1: {
          lans: { front: { address: ['203.0.113.11/24'] }, back: { address: ['10.10.0.11/24'] } },
          routes: [
            { to: 'default', via: '203.0.113.1' },
            { to: '10.20.0.0/16', via: '10.10.0.1' },
          ],
          ssh: { user: 'op', sudo: true },
        },
        web2: { lans: { front: { address: ['203.0.113.12/24'] } }, ssh: { user: 'op' } },
      },
    })
    inventory = lab.inventory({ transport: 'ssh', extra: { web1: { become: 'sudo' }, web2: { become: 'sudo' } } })
  })
  afterAll(() => lab?.stop())

  const runbook = (...checks: readonly object[]): string => writeRunbook(lab, { defaults: { on: 'web1' }, checks })

  it('run, and the verdict follows the host', async () => {
    const file = join(lab.directory, 'maintenance')
    const path = runbook(
      { id: 'flag', name: 'no maintenance', command: { run: ['test', '-e', file], 'exit-status': 1 } },
      { id: 'who', name: 'by sudo', command: { run: ['id', '-u'], privileged: true, stdout: '0' } },
      { id: 'way', name: 'the way out', command: { run: ['ip', '-j', 'route', 'get', '10.20.0.5'], json: { '/0/gateway': '10.10.0.1' } } },
      { id: 'pipe', name: 'a shell', command: { shell: true, run: 'ip route | grep -c ^default', stdout: '1' } },
    )
    const run = async () => await prove(lab, [path, '-i', inventory, '--allow-commands'])
    const well = ['web1/flag: pass', 'web1/pipe: pass', 'web1/way: pass', 'web1/who: pass']
    expect(verdicts((await run()).report)).toEqual(well)

    writeFileSync(file, '')
    await lab.sh('web1', 'ip route add 10.20.0.5 via 203.0.113.1; ip route add default via 10.10.0.1 metric 99')
    const { report } = await run()
    expect(verdicts(report)).toEqual(['web1/flag: fail', 'web1/pipe: fail', 'web1/way: fail', 'web1/who: pass'])
    expect(['flag', 'way', 'pipe'].flatMap((id) => complaints(resultOf(report, id)))).toEqual([
      `test -e ${file}: exit status: expected 1, actual 0. It printed nothing. By hand, on web1: test -e ${file}`,
      'ip -j route get 10.20.0.5: json /0/gateway: expected "10.10.0.1", actual "203.0.113.1". By hand, on web1: ip -j route get 10.20.0.5',
      'ip route | grep -c ^default: stdout: expected "1", actual "2". By hand, on web1: sh -c \'ip route | grep -c ^default\'',
    ])

    rmSync(file)
    await lab.sh('web1', 'ip route del 10.20.0.5; ip route del default metric 99')
    expect(verdicts((await run()).report)).toEqual(well)
  })

  it('end with their timeout, root or not, and nothing of them is left', async () => {
    const mark = `87${process.pid}`
    const path = runbook(
      { id: 'hangs', name: 'hangs', timeout: '1s', command: { run: ['sleep', mark] } },
      { id: 'root', name: 'hangs as root', timeout: '1s', command: { run: ['sleep', `${mark}1`], privileged: true } },
      { id: 'endless', name: 'prints without end', command: { run: ['yes', mark] } },
      { id: 'left', name: 'leaves something', command: { shell: true, run: `sleep ${mark} & sleep ${mark} >/dev/null 2>&1 & :` } },
    )
    const { report } = await prove(lab, [path, '-i', inventory, '--allow-commands'])
    expect(verdicts(report)).toEqual(['web1/endless: error', 'web1/hangs: error', 'web1/left: pass', 'web1/root: error'])
    await until('the login is over', async () => !(await processesOn(lab, 'web1')).some(isLogin))
    await until('all have ended', async () => !(await processesOn(lab, 'web1')).some(({ line }) => line.includes(mark)))
  })

  it('are refused where sudo refuses, whatever exit status that looks like', async () => {
    const path = writeRunbook(lab, {
      checks: [
        { id: 'one', name: 'one', on: 'web1', command: { run: ['/root/no-such'], privileged: true, 'exit-status': 1 } },
        { id: 'two', name: 'two', on: 'web2', command: { run: ['id', '-u'], privileged: true, 'exit-status': 1 } },
      ],
    })
    const { report } = await prove(lab, [path, '-i', inventory, '--allow-commands'])
    expect(verdicts(report)).toEqual(['web1/one: error', 'web2/two: error'])
    expect(complaints(resultOf(report, 'one')).join()).toContain('/root/no-such: command not found')
    expect(complaints(resultOf(report, 'two')).join()).toContain('sudo: a password is required')
  })

  it('need leave: without it nothing is contacted, a plan shows them, and a recording needs none', async () => {
    const file = join(lab.directory, 'was-here')
    const path = runbook({ id: 'touch', name: 'touch', command: { run: ['touch', file], privileged: true } })
    const refused = await lab.netproof('ops', ['run', path, '-i', inventory])
    expect(refused).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: [
        `${path}:7:5: error: this check runs commands that the runbook brings along, which may change the host`,
        '   7 |     command:',
        '     |     ^^^^^^^',
        '  hint: add --allow-commands if you trust this runbook',
        '',
      ].join('\n'),
    })
    expect(existsSync(file)).toBe(false)
    expect((await lab.netproof('ops', ['validate', path, '-i', inventory])).exitCode).toBe(0)
    const plan = await lab.netproof('ops', ['plan', path, '-i', inventory])
    expect(plan.stdout).toContain(`  runs, with --allow-commands only\n    sudo -n -- touch ${file}\n`)
    expect(existsSync(file)).toBe(false)

    const record = join(lab.directory, 'record')
    expect((await lab.netproof('ops', ['run', path, '-i', inventory, '--allow-commands', '--record', record])).exitCode).toBe(0)
    expect(existsSync(file)).toBe(true)
    rmSync(file)
    expect(verdicts((await prove(lab, [path, '-i', inventory, '--replay', record])).report)).toEqual(['web1/touch: pass'])
    expect(existsSync(file)).toBe(false)
  })

  it('take secrets on standard input, and on no command line', async () => {
    const env = { TOKEN: 'correct-horse' }
    const shown = runbook({ name: 'shown', command: { run: ['echo', `x ${taken('env:TOKEN')}`] } })
    const refused = await lab.netproof('ops', ['run', shown, '-i', inventory, '--allow-commands'], { env })
    expect([refused.exitCode, refused.stdout]).toEqual([3, ''])
    expect(refused.stderr).toContain(
      'a value from the environment cannot be a word of a command: everybody on the host could read it, with ps',
    )
    expect(refused.stderr).toContain('hint: give it as `stdin`, and let the command read it from there')

    const through = writeRunbook(lab, {
      vars: { token: taken('env:TOKEN') },
      defaults: { on: 'web1' },
      checks: [
        { id: 'whole', name: 'whole', command: { run: ['cat'], stdin: taken('token'), stdout: taken('env:TOKEN') } },
        { id: 'told', name: 'told', command: { run: ['cat'], stdin: `x${taken('token')}`, stdout: 'y' } },
        {
          id: 'ps',
          name: 'ps',
          command: { shell: true, run: 'cat >/dev/null; ps axww', stdin: taken('token'), stdout: { not: { contains: 'correct-horse' } } },
        },
      ],
    })
    const { report, stderr } = await prove(lab, [through, '-i', inventory, '--allow-commands'], env)
    expect(verdicts(report)).toEqual(['web1/ps: pass', 'web1/told: fail', 'web1/whole: pass'])
    expect(JSON.stringify(report) + stderr).not.toContain('correct-horse')
    expect(complaints(resultOf(report, 'told'))).toEqual(['cat: stdout: expected "y", actual "x******". By hand, on web1: cat'])
    const indirect = writeRunbook(lab, {
      vars: { t: { a: `-${taken('env:TOKEN')}` } },
      checks: [{ command: { run: ['echo', taken('t.a')] } }],
    })
    expect((await lab.netproof('ops', ['validate', indirect], { env })).stdout).toContain('cannot be a word of a command')
  })
})
