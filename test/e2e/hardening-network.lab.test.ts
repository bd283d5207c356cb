import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { debianServer } from './debian-server.js'
import { complaints, type Proof, prove, resultOf, verdicts, writeRunbook } from './in-lab.js'
import { endService, serve } from './services.js'

const runbook = readFileSync('runbooks/hardening-network.yaml', 'utf8')

const hardened = {
  'net.ipv4.conf.all.send_redirects': 0,
  'net.ipv4.conf.default.send_redirects': 0,
  'net.ipv4.conf.all.accept_redirects': 0,
  'net.ipv4.conf.default.accept_redirects': 0,
  'net.ipv6.conf.all.accept_redirects': 0,
  'net.ipv6.conf.default.accept_redirects': 0,
  'net.ipv4.conf.all.secure_redirects': 0,
  'net.ipv4.conf.default.secure_redirects': 0,
  'net.ipv4.conf.all.rp_filter': 1,
  'net.ipv4.conf.default.rp_filter': 1,
  'net.ipv4.conf.all.accept_source_route': 0,
  'net.ipv4.conf.default.accept_source_route': 0,
  'net.ipv6.conf.all.accept_source_route': 0,
  'net.ipv6.conf.default.accept_source_route': 0,
  'net.ipv4.conf.all.log_martians': 1,
  'net.ipv4.conf.default.log_martians': 1,
  'net.ipv6.conf.all.accept_ra': 0,
  'net.ipv6.conf.default.accept_ra': 0,
}
/** As the kernel makes interfaces before the settings of a lab are written. */
const ofInterfaces = ['send_redirects', 'accept_redirects', 'secure_redirects'].map((key) => [`net.ipv4.conf.eth0.${key}`, 0] as const)
const ofInterfaces6 = ['accept_redirects', 'accept_ra'].map((key) => [`net.ipv6.conf.eth0.${key}`, 0] as const)

const rules = (port: number): string => `table inet host {
  chain input { type filter hook input priority 0; policy drop;
    ct state established,related accept; iif lo accept; meta l4proto { icmp, ipv6-icmp } accept; tcp dport { 22, ${port} } accept; }
  chain forward { type filter hook forward priority 0; policy drop; }
}`

const server = (address: string, port: number, process: string) => ({
  lans: { lan: { address: [`${address}/24`] } },
  routes: [{ to: 'default', via: '192.0.2.1' }],
  ssh: true as const,
  services: [{ tcp: port, process }],
  sysctl: { ...hardened, ...Object.fromEntries([...ofInterfaces, ...ofInterfaces6]) },
  firewall: rules(port),
  vars: { listening: [22, port] },
  root: debianServer(`${address}/24`, '192.0.2.1'),
})

labDescribe('the runbook hardening-network', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab({
      hosts: {
        ops: { lans: { lan: { address: ['192.0.2.10/24'] } } },
        web1: { ...server('192.0.2.11', 443, 'nginx'), groups: ['web'] },
        db1: { ...server('192.0.2.5', 5432, 'postgres'), groups: ['db'] },
      },
    })
    inventory = lab.inventory({ transport: 'exec' })
  })
  afterAll(() => lab?.stop())

  const blocked = '["web1:23", "web1:8080", "db1:6379"]'
  const run = (...more: readonly string[]): Promise<Proof> =>
    prove(lab, [writeRunbook(lab, runbook), '-i', inventory, '--var', `blocked=${blocked}`, ...more])
  const bad = ({ report }: Proof): string[] => verdicts(report).filter((line) => !line.endsWith(': pass'))

  it('passes on servers that are set up so', { timeout: 120_000 }, async () => {
    const proof = await run()
    expect(bad(proof)).toEqual([])
    expect(proof.report.results).toHaveLength(2 * 26 + 1)
  })

  it('follows the settings of the kernel, by the ids of what they answer', { timeout: 120_000 }, async () => {
    await lab.sh('web1', 'sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0 net.ipv4.tcp_syncookies=0')
    expect(bad(await run('-t', 'cis-ubuntu24.04-1.0.0:3.3.7'))).toEqual(['web1/rp-filter: fail'])
    const broken = bad(await run('-t', 'cis'))
    expect(broken).toEqual(expect.arrayContaining(['web1/ip-forward: fail', 'web1/rp-filter: fail', 'web1/syncookies: fail']))
    expect(broken.every((line) => line.startsWith('web1/'))).toBe(true)
    // A host with several uplinks is let off by its variables.
    await lab.sh('web1', 'sysctl -qw net.ipv4.conf.all.rp_filter=2')
    expect(bad(await run('-t', 'cis-rhel9-2.0.0:3.3.7'))).toEqual(['web1/rp-filter: fail'])
    expect(bad(await run('-t', 'cis-rhel9-2.0.0:3.3.7', '--var', 'rp_filter={ one-of: [1, 2] }'))).toEqual([])
    await lab.sh('web1', 'sysctl -qw net.ipv4.conf.default.rp_filter=0 net.ipv6.conf.default.accept_source_route=1')
    expect(bad(await run('-t', 'cis-rhel9-2.0.0:3.3.8'))).toEqual(['web1/source-route-later-6: fail'])
    expect(bad(await run('-t', 'cis-rhel9-2.0.0:3.3.7', '--var', 'rp_filter={ one-of: [1, 2] }'))).toEqual(['web1/rp-filter-later: fail'])
    await lab.sh('web1', 'sysctl -qw net.ipv4.ip_forward=0 net.ipv4.conf.all.rp_filter=1 net.ipv4.tcp_syncookies=1')
    await lab.sh(
      'web1',
      Object.entries(hardened)
        .map(([key, value]) => `sysctl -qw ${key}=${value}`)
        .join('; '),
    )
    await lab.sh('web1', [...ofInterfaces, ...ofInterfaces6].map(([key, value]) => `sysctl -qw ${key}=${value}`).join('; '))
    expect(bad(await run('-t', 'cis'))).toEqual([])
  })

  it('follows what listens, what the firewall lets through, and what would not survive a boot', { timeout: 180_000 }, async () => {
    await serve(lab, 'db1', { tcp: 6379, address: '0.0.0.0', process: 'redis-server' })
    const offered = await run('-t', 'kisa-2026:U-34')
    expect(bad(offered)).toEqual(['db1/services: fail'])
    expect(complaints(resultOf(offered.report, 'services', 'db1')).join()).toContain('6379/tcp')
    expect(bad(await run('-t', 'pci-dss-4:1.3.1'))).toEqual([])

    await lab.sh('db1', 'nft chain inet host input "{ policy accept; }"')
    expect(bad(await run('-t', 'pci-dss'))).toEqual(['controller/blocked: fail', 'db1/default-deny: fail', 'db1/services: fail'])
    await lab.sh('db1', 'nft chain inet host input "{ policy drop; }"; ip route add 198.51.100.0/24 via 192.0.2.1')
    expect(bad(await run('-t', 'pci-dss-4:1.2.8'))).toEqual(['db1/persistent: fail'])
    await lab.sh('db1', 'ip route del 198.51.100.0/24')
    await endService(lab, 'db1', 6379)
    expect(bad(await run())).toEqual([])
  })
})
