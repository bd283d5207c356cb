import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { complaints, type Proof, prove, resultOf, until, verdicts, writeRunbook } from './in-lab.js'
import { isLogin, isOfVisit, processesOn } from './processes.js'

const checks = [
  { id: 'lan', route: { destination: '203.0.113.0/24', interface: 'eth0' } },
  { id: 'tcpmux', 'listening-port': { port: 1, absent: true } },
  { id: 'refused', 'tcp-port': { target: '127.0.0.1:1', expect: 'closed' } },
]

const loginTakesTooLong = (address: string): string =>
  `ssh: login at ${address} took longer than 3.0 s: something answers there, but does not let us in; try ssh -v ${address}`

labDescribe('hosts that are hard to reach', () => {
  let lab: Lab
  let inventory: string
  let runbook: string
  let all: Proof
  beforeAll(async () => {
    lab = await startLab('ssh-troubles')
    inventory = lab.inventory({ transport: 'ssh' })
    runbook = writeRunbook(lab, { defaults: { on: 'all', timeout: '2s' }, checks })
    all = await prove(lab, [runbook, '-i', inventory, '--connect-timeout', '3s'])
  })
  afterAll(() => lab?.stop())

  /** With what differs from lab to lab replaced. */
  const plain = (text: string): string => text.replaceAll(lab.directory, 'LAB').replace(/SHA256:[A-Za-z0-9+/]{43}/, 'SHA256:…')

  it.each(['good', 'banner', 'noisy-shell', 'noisy-bashrc', 'one-at-a-time', 'one-session', 'other-port', 'user'])(
    '%s is judged like any other',
    (host) => {
      expect(all.report.hosts.find(({ name }) => name === host)?.error).toBeNull()
      expect(checks.map(({ id }) => resultOf(all.report, id, host).verdict)).toEqual(['pass', 'pass', 'pass'])
    },
  )

  it.each([
    ['nologin', 'transport', 'no POSIX shell answered: the command ended with exit code 1: This account is currently not available.'],
    ['force-command', 'transport', 'no POSIX shell answered: the command ended with exit code 0: Only the menu is allowed here.'],
    [
      'wrong-key',
      'host-key',
      'ssh: the host key of 203.0.113.9 has changed: it sent ED25519 SHA256:…, not the key in LAB/known_hosts line 9. ' +
        "If the host was set up anew: ssh-keygen -f LAB/known_hosts -R '203.0.113.9', then log in once by hand. " +
        'If not, find out who answers there',
    ],
    [
      'refused',
      'login-refused',
      'ssh: root@203.0.113.10: login refused with the key LAB/client-key; it takes publickey. ' +
        'netproof types no passwords: check the user, and authorized_keys on the host',
    ],
    ['silent', 'timeout', 'ssh: 203.0.113.11 takes the connection but says nothing: Connection timed out during banner exchange'],
    ['stalled', 'timeout', loginTakesTooLong('203.0.113.12')],
    ['filtered', 'unreachable', 'ssh: connect to 203.0.113.16 port 22: Connection timed out'],
    ['inner', 'unreachable', 'ssh: connect to 10.99.0.2 port 22: Network is unreachable'],
    ['down', 'unreachable', 'ssh: connect to 203.0.113.99 port 22: Connection timed out'],
    ['unreachable', 'unreachable', 'ssh: connect to 192.0.2.1 port 22: Network is unreachable'],
  ])('%s gives every check the same error', (host, reason, message) => {
    const error = all.report.hosts.find(({ name }) => name === host)?.error
    expect({ reason: error?.reason, message: plain(error?.message ?? '') }).toEqual({ reason, message })
    for (const { id } of checks) {
      const result = resultOf(all.report, id, host)
      expect([result.verdict, plain(result.reason), result.findings]).toEqual(['error', message, []])
    }
  })

  it('a connection that is reset is tried again, and then told', () => {
    // Whether the reset comes before ssh has connected, or has begun to read, is a matter of microseconds.
    const words =
      /^ssh: (connect to 203\.0\.113\.13 port 22: Connection reset by peer|before login: .*|Connection reset by 203\.0\.113\.13 port 22)( \(\d tries\))?$/
    for (const { id } of checks) {
      const { verdict, reason } = resultOf(all.report, id, 'reset')
      expect(verdict).toBe('error')
      expect(reason).toMatch(words)
    }
  })

  it('loses no check of any host, and ends with 2 as none failed', () => {
    expect(all.report.totals).toEqual({ pass: 24, fail: 0, error: 33, skip: 0 })
    expect(all.report.results).toHaveLength(all.report.hosts.length * checks.length)
    expect([all.exitCode, all.report.exitCode]).toEqual([2, 2])
  })

  it('tells people once for each host, not once for each check', async () => {
    const { stdout, exitCode } = await lab.netproof('ops', ['run', runbook, '-i', inventory, '-l', 'unreachable'])
    expect(exitCode).toBe(2)
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      ' ! unreachable  every check (3): ssh: connect to 192.0.2.1 port 22: Network is',
      '                unreachable',
    ])
  })

  it('a failed check counts for more than hosts that could not be asked', async () => {
    const wrong = writeRunbook(lab, {
      checks: [{ id: 'via', on: 'good,unreachable', route: { destination: '203.0.113.0/24', via: '203.0.113.77' } }],
    })
    const { exitCode, report } = await prove(lab, [wrong, '-i', inventory])
    expect(verdicts(report)).toEqual(['good/via: fail', 'unreachable/via: error'])
    expect(exitCode).toBe(1)
  })

  it('reaches a host behind a jump host', async () => {
    const jump = lab.inventory({ transport: 'ssh', extra: { inner: { 'ssh-args': ['-F', lab.sshConfig, '-J', 'good'] } } })
    const inner = writeRunbook(lab, { checks: [{ id: 'cellar', on: 'inner', route: { destination: '10.99.0.0/24', interface: 'eth0' } }] })
    const { exitCode, report } = await prove(lab, [inner, '-i', jump])
    expect([exitCode, ...verdicts(report)]).toEqual([0, 'inner/cellar: pass'])
  })

  it.each(['one-at-a-time', 'one-session'])('four logins at once at %s all get through', async (host) => {
    const { hosts } = parse(readFileSync(inventory, 'utf8')) as { hosts: Record<string, object> }
    const names = Array.from({ length: 4 }, (_, index) => `alias${index}`)
    const path = join(lab.directory, `${host}.yaml`)
    writeFileSync(
      path,
      stringify({ version: 1, hosts: Object.fromEntries(names.map((name) => [name, hosts[host]])) }, { aliasDuplicateObjects: false }),
    )
    const { exitCode, report } = await prove(lab, [runbook, '-i', path])
    expect(report.totals).toEqual({ pass: 12, fail: 0, error: 0, skip: 0 })
    expect(exitCode).toBe(0)
  })

  it('a connection cut in the middle costs what was under way there, and nothing elsewhere', async () => {
    const slow = writeRunbook(lab, {
      checks: [
        { id: 'before', on: 'good', route: { destination: '203.0.113.0/24', interface: 'eth0' } },
        { id: 'slow', on: 'good', timeout: '5s', 'tcp-port': { target: '203.0.113.16:22', expect: 'filtered' } },
        { id: 'after', on: 'good', needs: ['slow'], 'listening-port': { port: 22 } },
        { id: 'elsewhere', on: 'banner', retry: { until: '10s', every: '200ms' }, 'listening-port': { port: 4711 } },
      ],
    })
    const running = prove(lab, [slow, '-i', inventory])
    await until('the probe runs on good', async () => (await processesOn(lab, 'good')).some(({ line }) => line.startsWith('python3 ')))
    for (const { pid } of (await processesOn(lab, 'good')).filter(isLogin)) process.kill(pid)
    await until('nothing of the visit is left on good', async () => !(await processesOn(lab, 'good')).some(isOfVisit))
    await lab.sh(
      'banner',
      "perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(Listen => 1, LocalPort => 4711) or die $!; sleep 5' >/dev/null 2>&1 &",
    )
    const { exitCode, report } = await running
    expect(verdicts(report)).toEqual(['banner/elsewhere: pass', 'good/after: skip', 'good/before: pass', 'good/slow: error'])
    expect(complaints(resultOf(report, 'slow'))).toEqual(['ssh: the connection to 203.0.113.1 was lost while a command ran'])
    expect(resultOf(report, 'after').reason).toBe('needs slow on good, which is error')
    expect(resultOf(report, 'elsewhere').attempts).toBeGreaterThan(1)
    expect(exitCode).toBe(2)
  })

  it('process names are for root: without it the check says what to do, with sudo it passes', async () => {
    const who = writeRunbook(lab, { checks: [{ id: 'who', on: 'user', 'listening-port': { port: 22, family: 'inet', process: 'sshd' } }] })
    const without = await prove(lab, [who, '-i', inventory])
    expect([without.exitCode, ...complaints(resultOf(without.report, 'who'))]).toEqual([
      2,
      'listening-port 22/tcp: process: expected sshd, actual not shown. Who holds 0.0.0.0 is shown to root alone: set become: sudo for user in the inventory. ' +
        'Was it root already, the kernel itself holds the socket, as for NFS and WireGuard.',
    ])
    const sudo = lab.inventory({ transport: 'ssh', extra: { user: { become: 'sudo' } } })
    const as = await prove(lab, [who, '-i', sudo])
    expect([as.exitCode, ...verdicts(as.report)]).toEqual([0, 'user/who: pass'])
  })
})
