import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { debianServer } from './debian-server.js'
import { complaints, type Proof, prove, resultOf, verdicts, writeRunbook } from './in-lab.js'
import { endService, serve } from './services.js'

const runbook = readFileSync('runbooks/server-baseline.yaml', 'utf8')

labDescribe('the runbook server-baseline', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab({
      hosts: {
        ops: { lans: { front: { address: ['203.0.113.10/24'] } } },
        web1: {
          lans: { front: { address: ['203.0.113.11/24'] } },
          routes: [{ to: 'default', via: '203.0.113.1' }],
          ssh: true,
          services: [{ tcp: 443, process: 'nginx' }],
          groups: ['web'],
          vars: { dns: ['10.0.0.53', '10.1.0.53'], search: ['corp.example.com'], listening: [22, 443], window: '500ms' },
          // Without a rule that asks for it, nothing is tracked.
          firewall: 'table inet host { chain input { type filter hook input priority 0; ct state established accept; }; }',
          root: {
            ...debianServer('203.0.113.11/24', '203.0.113.1'),
            'etc/resolv.conf': 'search corp.example.com\nnameserver 10.0.0.53\nnameserver 10.1.0.53\n',
            'etc/hosts': '127.0.0.1 localhost\n::1 localhost ip6-localhost\n203.0.113.11 web1\n',
            'etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
          },
        },
      },
      routers: { edge1: { lans: { front: { address: ['203.0.113.1/24'] } } } },
    })
    inventory = lab.inventory({ transport: 'ssh' })
  })
  afterAll(() => lab?.stop())

  const run = (...more: readonly string[]): Promise<Proof> =>
    prove(lab, [writeRunbook(lab, runbook), '-i', inventory, '--var', 'servers=web', ...more])
  const bad = ({ report }: Proof): string[] => verdicts(report).filter((line) => !line.endsWith(': pass'))

  it('passes on a server that is ready, and in one round trip or two', { timeout: 120_000 }, async () => {
    const proof = await run()
    expect(proof.report.results.filter(({ verdict }) => verdict !== 'pass').flatMap(complaints)).toEqual([])
    expect(proof.report.results).toHaveLength(16)
  })

  it('names what is wrong of link, route and boot, and only that', { timeout: 180_000 }, async () => {
    await lab.sh('web1', 'ip link set eth0 mtu 1400')
    expect(bad(await run('-t', 'link'))).toEqual(['web1/link: fail'])
    await lab.sh('web1', 'ip link set eth0 mtu 1500; ip route add default via 203.0.113.254 metric 50')
    const { report } = await run()
    expect(bad({ report } as Proof)).toEqual(['web1/boot: fail', 'web1/gateway-on-link: fail', 'web1/one-default-route: fail'])
    expect(complaints(resultOf(report, 'boot')).join()).toContain('203.0.113.254')
    await lab.sh('web1', 'ip route del default metric 50')
    expect(bad(await run())).toEqual([])
  })

  it('names what is wrong of names and services, and only that', { timeout: 180_000 }, async () => {
    const change = (sed: string): Promise<string> => lab.sh('web1', sed)
    await change("sed -i 's/10.1.0.53/192.0.2.53/' /etc/resolv.conf; echo '198.51.100.7 www.example.com' >>/etc/hosts")
    await serve(lab, 'web1', { tcp: 8080, address: '0.0.0.0', process: 'python3' })
    expect(bad(await run())).toEqual(['web1/dns: fail', 'web1/services: fail', 'web1/unpinned: fail'])
    await endService(lab, 'web1', 8080)
    await endService(lab, 'web1', 443)
    await change("sed -i 's/192.0.2.53/10.1.0.53/' /etc/resolv.conf; sed -i '/www.example.com/d' /etc/hosts")
    expect(bad(await run())).toEqual(['web1/services: fail'])
    await serve(lab, 'web1', { tcp: 443, process: 'nginx' })
    expect(bad(await run())).toEqual([])
  })
})
