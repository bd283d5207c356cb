import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkKinds } from '../../src/builtins.js'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { prove, verdicts, writeRunbook } from './in-lab.js'
import { type SshShim, sshShim } from './ssh-shim.js'

/** A check of each kind that judges the state of a host and sends nothing; those with a window look twice. */
const state: Readonly<Record<string, readonly object[]>> = {
  route: [
    { destination: '10.20.0.0/16', via: '10.10.0.1', persistent: true },
    { destination: '10.20.0.5', lookup: true, interface: 'eth1' },
  ],
  'default-route': [{ via: '203.0.113.1', interface: 'eth0' }],
  interface: [
    { name: 'eth0', state: 'up', addresses: { contains: ['203.0.113.22/24'] } },
    { name: 'eth1', counters: { over: '1s', 'rx-errors': 0, 'tx-errors': 0 } },
  ],
  'network-config': [{ 'matches-running': true }],
  'listening-port': [{ port: 443, process: 'nginx' }],
  'listening-ports': [{ exactly: [22, 443], protocol: 'tcp' }],
  connections: [{ count: 0, 'local-port': 443 }],
  sysctl: [{ key: 'net.ipv4.conf.*.forwarding', interface: 'eth0', value: 0 }],
  'dns-client': [{ options: ['timeout:1', 'attempts:1'] }],
  'hosts-entry': [{ name: 'nobody.example.com', absent: true }],
  firewall: [{ traffic: { port: 443, from: 'any' }, verdict: 'accept', family: 'inet' }],
  'protocol-counters': [{ counter: 'TcpExtListenOverflows', over: '1s', value: 0 }],
  conntrack: [{ drop: 0, over: '1s' }],
  neighbor: [{ address: '203.0.113.99', absent: true }],
}

/** These send packets, or are not netproof's own. */
const others = ['tcp-port', 'dns-record', 'ping', 'path', 'path-symmetry', 'packet-capture', 'command']

labDescribe('facts about the state of a host', () => {
  let lab: Lab
  let inventory: string
  let shim: SshShim
  beforeAll(async () => {
    lab = await startLab('distros')
    inventory = lab.inventory({ transport: 'ssh' })
    shim = sshShim(lab)
  })
  afterAll(() => lab?.stop())

  it('of every kind there is, windows included, come in one round trip and in the time of one window', { timeout: 60_000 }, async () => {
    expect(checkKinds.map(({ kind }) => kind).sort()).toEqual([...Object.keys(state), ...others].sort())
    const checks = Object.entries(state).flatMap(([kind, specs]) => specs.map((spec, index) => ({ id: `${kind}-${index}`, [kind]: spec })))
    const runbook = writeRunbook(lab, { defaults: { on: 'rhel9' }, checks })
    const { report, stderr } = await prove(lab, [runbook, '-i', inventory], shim.env)
    expect(
      verdicts(report).filter((verdict) => !verdict.endsWith(': pass')),
      JSON.stringify(report.results, null, 1) + stderr,
    ).toEqual([])
    expect(shim.take().executions).toHaveLength(1)
  })
})
