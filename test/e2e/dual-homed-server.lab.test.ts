import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { complaints, type Proof, prove, resultOf, verdicts } from './in-lab.js'

const runbook = 'runbooks/dual-homed-server.yaml'
const servers = ['alpine', 'centos7', 'rhel9', 'ubuntu16', 'ubuntu24']

labDescribe('the runbook dual-homed-server', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab('distros')
    inventory = lab.inventory({ transport: 'ssh' })
  })
  afterAll(() => lab?.stop())

  const run = (...more: readonly string[]): Promise<Proof> => prove(lab, [runbook, '-i', inventory, ...more])
  const wrong = ({ report }: Proof): readonly string[] => verdicts(report).filter((verdict) => !verdict.endsWith(': pass'))
  const told = ({ report }: Proof, id: string, host: string): string => complaints(resultOf(report, id, host)).join('\n')

  it('passes on servers of five ages, as they are', { timeout: 60_000 }, async () => {
    const proof = await run()
    expect(wrong(proof)).toEqual([])
    expect(proof.exitCode).toBe(0)
    const { results } = proof.report
    expect([...new Set(results.map(({ host }) => host))].sort()).toEqual(servers)
    expect(results).toHaveLength(10 * servers.length)
  })

  it('names the two default gateways, which one wins, and what to do; and passes once one is gone', { timeout: 60_000 }, async () => {
    await lab.sh('rhel9', 'ip route add default via 10.10.0.1 dev eth1 metric 50')
    const two = await run('-l', 'rhel9')
    expect(two.exitCode).toBe(1)
    expect(wrong(two)).toEqual([
      'rhel9/one-gateway: fail',
      'rhel9/reboot: fail',
      'rhel9/the-back-end-offers-none-not-even-with-a-high-metric: fail',
    ])
    const words = told(two, 'one-gateway', 'rhel9')
    expect(words).toContain('Two default gateways, on eth0 and eth1: the classic mistake on a host with several networks.')
    expect(words).toContain('such as `ip route add NETWORK via 10.10.0.1 dev eth1`')

    await lab.sh('rhel9', 'ip route delete default via 10.10.0.1 dev eth1')
    expect(wrong(await run('-l', 'rhel9'))).toEqual([])
  })

  it('sees what only runs and what is only written, on each system, and passes again', { timeout: 60_000 }, async () => {
    await lab.sh('ubuntu24', 'ip route add 10.40.0.0/16 via 10.10.0.1 dev eth1')
    await lab.sh('centos7', 'cd /etc/sysconfig/network-scripts; cp route-eth1 /run/kept; sed -i -e /0=/d -e s/1=/0=/ route-eth1')
    // The mistake of the book, where only the next boot would show it; and what no file can tell.
    await lab.sh('ubuntu16', 'cd /etc/network/interfaces.d; cp eth1 /run/kept; echo "    gateway 10.10.0.1" >> eth1')
    await lab.sh('alpine', 'cd /etc/network; cp interfaces /run/kept; echo "	up /usr/local/sbin/routes" >> interfaces')

    const changed = await run('-l', 'alpine,centos7,ubuntu16,ubuntu24')
    expect(wrong(changed)).toEqual([
      'alpine/back-files: error',
      'alpine/reboot: error',
      'centos7/back-route: fail',
      'centos7/reboot: fail',
      'ubuntu16/back-files: fail',
      'ubuntu16/reboot: fail',
      'ubuntu24/reboot: fail',
    ])
    expect(told(changed, 'reboot', 'ubuntu24')).toContain('10.40.0.0/16')
    expect(told(changed, 'back-route', 'centos7')).toContain('/etc/sysconfig/network-scripts/route-eth1')
    expect(told(changed, 'back-files', 'ubuntu16')).toContain('/etc/network/interfaces.d/eth1')
    expect(told(changed, 'reboot', 'alpine')).toContain('/usr/local/sbin/routes')

    await lab.sh('ubuntu24', 'ip route delete 10.40.0.0/16')
    await lab.sh('centos7', 'cp /run/kept /etc/sysconfig/network-scripts/route-eth1')
    await lab.sh('ubuntu16', 'cp /run/kept /etc/network/interfaces.d/eth1')
    await lab.sh('alpine', 'cp /run/kept /etc/network/interfaces')
    expect(wrong(await run())).toEqual([])
  })
})
