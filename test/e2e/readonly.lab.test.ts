import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { must } from '../lab/process.js'
import { type Proof, prove, until, writeRunbook } from './in-lab.js'
import { isLogin, processesOn } from './processes.js'

const state: Readonly<Record<string, string>> = {
  addresses: 'ip -j addr',
  links: 'ip -j link',
  routes: 'ip -j route show table all; ip -j -6 route show table all',
  rules: 'ip -j rule; ip -j -6 rule',
  firewall: 'nft list ruleset',
  sockets: "ss -Hltun | awk '{ print $1, $2, $5 }' | sort",
  settings: 'find /etc -path /etc/netns -prune -o -type f -print | sort | xargs -d "\\n" sha256sum',
  'temporary files': 'find /tmp -path "$LAB" -prune -o -printf "%p %s %T@\\n" | sort',
  home: 'find "$HOME" -printf "%p %s %T@\\n" | sort',
  'kernel settings': 'cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/icmp_ratelimit /proc/sys/net/ipv4/conf/*/rp_filter',
}

labDescribe('a run changes nothing', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startLab('web-db')
    await ownTemporaryFiles('web1')
  })
  afterAll(() => lab?.stop())

  /** Gives those who log in to a host a /tmp of their own, since other programs of this machine write to its. */
  async function ownTemporaryFiles(host: string): Promise<void> {
    const sshd = (await processesOn(lab, host)).find(({ line }) => /^sshd: .*\[listener\]/.test(line))
    if (sshd === undefined) throw new Error(`no sshd on ${host}`)
    const script = 'mount --bind "$1" /mnt; mount -t tmpfs tmpfs /tmp; mkdir -p "$1"; mount --move /mnt "$1"; : >/tmp/was-there'
    await must(['nsenter', '-t', String(sshd.pid), '-m', 'sh', '-euc', script, 'sh', lab.directory])
  }

  /** As whoever logs in sees it. */
  async function snapshot(host: string): Promise<Record<string, string>> {
    const script = Object.values(state).map((command) => `${command}; echo ----`)
    const input = `set -eu\nLAB='${lab.directory}'\n${script.join('\n')}\n`
    const { exitCode, stdout, stderr } = await lab.exec('ops', ['ssh', '-F', lab.sshConfig, host, 'sh -s'], { input })
    expect([exitCode, stderr]).toEqual([0, ''])
    await until('the login is over', async () => !(await processesOn(lab, host)).some(isLogin))
    const processes = (await processesOn(lab, host)).map(({ line, pid }) => `${pid} ${line}`).sort()
    const parts = stdout.split('----\n')
    return { ...Object.fromEntries(Object.keys(state).map((name, index) => [name, parts[index] ?? ''])), processes: processes.join('\n') }
  }

  it('of all that a host is', async () => {
    const runbook = writeRunbook(lab, {
      defaults: { on: 'web1' },
      checks: [
        { route: { destination: 'default', via: '203.0.113.1' } },
        { route: { destination: 'default', family: 'inet6' } },
        { route: { destination: '10.20.0.5', lookup: true, via: '10.10.0.1' } },
        { 'listening-port': { port: 443, process: 'nginx', user: 'root' } },
        { 'listening-port': { port: [1, 9], protocol: 'udp', absent: true } },
        { 'tcp-port': { target: ['db1:5432', 'localhost:80'] } },
        { 'tcp-port': { target: 'db1:81', expect: 'closed' } },
        { 'packet-capture': { interface: 'eth1', filter: 'tcp dst port 5432', probe: { tcp: 'db1:5432' }, flags: { syn: { min: 1 } } } },
        { 'tcp-port': { target: 'no-such-name.invalid:1', expect: 'closed' } },
      ],
    })
    const before = await snapshot('web1')
    for (const [name, text] of Object.entries(before)) if (name !== 'firewall') expect(text, name).not.toBe('')
    expect(before['temporary files']).toContain('/tmp/was-there')
    const proof: Proof = await prove(lab, [runbook, '-i', lab.inventory({ transport: 'ssh', extra: { web1: { become: 'sudo' } } })])
    expect(proof.report.totals).toEqual({ pass: 8, fail: 0, error: 1, skip: 0 })
    await until('the login is over', async () => !(await processesOn(lab, 'web1')).some(isLogin))
    expect(await snapshot('web1')).toEqual(before)
  })
})
