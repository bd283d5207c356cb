import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { NetworkConfig } from '../../facts/network-config/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext } from '../../model/check.js'
import { inet, inet6, show } from './cases.js'
import { route } from './index.js'
import type { Spec } from './schema.js'
import { familyOf } from './target.js'

const context = { host: { name: 'web1' } } as CheckContext

const host = (name: string): NetworkConfig =>
  JSON.parse(readFileSync(new URL(`../../facts/network-config/fixtures/${name}.expected.json`, import.meta.url), 'utf8')) as NetworkConfig

/** The finding about files alone: the others are what they are without `persistent`. */
function judge(spec: Spec, config: NetworkConfig): string {
  const asked = { ...spec, persistent: true }
  const tables = familyOf(spec) === 'inet' ? inet : inet6
  const alone = route.evaluate(spec, { tables }, context, nothingLearnt)
  const findings = route.evaluate(asked, { tables, config }, context, nothingLearnt)
  expect(findings.slice(0, -1)).toEqual(alone)
  const last = findings.at(-1)
  return last === undefined ? 'none' : `${last.verdict} ${show(last)}`
}

describe('persistent', () => {
  const debian = host('debian12')
  const centos = host('centos6')
  const looked =
    'Looked at: /etc/network/interfaces, /etc/network/interfaces.d/routes, /etc/network/interfaces.more/wifi, /etc/network/interfaces.more/old.dpkg-dist.'
  const centosFiles =
    'Looked at: /etc/sysconfig/network, /etc/sysconfig/static-routes, /etc/sysconfig/network-scripts/ifcfg-eth0, /etc/sysconfig/network-scripts/ifcfg-eth0:0, ' +
    '/etc/sysconfig/network-scripts/ifcfg-eth1 and 3 more files.'
  const script =
    '/etc/network/interfaces:33 is not understood (a command that is not understood): post-up /usr/local/sbin/more-routes $IFACE.'

  test.each<[Spec, NetworkConfig, string]>([
    [
      { destination: '10.20.0.0/16', via: '10.10.0.1', interface: 'enp2s0' },
      debian,
      'pass route 10.20.0.0/16: persistent | configured | 10.20.0.0/16 via 10.10.0.1 dev enp2s0 | /etc/network/interfaces.d/routes:3 has it.',
    ],
    [
      { destination: '10.99.0.0/16', type: 'unreachable' },
      debian,
      'pass route 10.99.0.0/16: persistent | configured | unreachable 10.99.0.0/16 | /etc/network/interfaces.d/routes:5 has it.',
    ],
    [
      { destination: '10.20.0.0/16', via: '10.10.0.2' },
      debian,
      `fail route 10.20.0.0/16: persistent | configured | 10.20.0.0/16 via 10.10.0.1 dev enp2s0 | /etc/network/interfaces.d/routes:3 has 10.20.0.0/16 via 10.10.0.1 dev enp2s0 instead: that is what a reboot sets up. ${looked}`,
    ],
    [
      { destination: '10.20.0.0/16', metric: 100 },
      debian,
      `fail route 10.20.0.0/16: persistent | configured | 10.20.0.0/16 via 10.10.0.1 dev enp2s0 | /etc/network/interfaces.d/routes:3 has 10.20.0.0/16 via 10.10.0.1 dev enp2s0 instead: that is what a reboot sets up. ${looked}`,
    ],
    [
      { destination: '10.40.0.0/16', via: '10.10.0.1', interface: 'enp2s0' },
      debian,
      `fail route 10.40.0.0/16: persistent | configured | not configured | It is gone after a reboot. ${looked} Write \`up ip route add 10.40.0.0/16 via 10.10.0.1 dev enp2s0\` under iface enp2s0 in /etc/network/interfaces.d/routes.`,
    ],
    [
      { destination: '10.60.0.0/16', via: '10.10.0.1' },
      { ...centos, systems: centos.systems.map((system) => ({ ...system, opaque: [] })) },
      `fail route 10.60.0.0/16: persistent | configured | not configured | It is gone after a reboot. ${centosFiles} Write \`10.60.0.0/16 via 10.10.0.1 dev eth1\` into /etc/sysconfig/network-scripts/route-eth1.`,
    ],
    [
      { destination: 'default', via: '203.0.113.1' },
      centos,
      'pass route default: persistent | configured | default via 203.0.113.1 dev eth0 | /etc/sysconfig/network:3 has it.',
    ],
    [
      { destination: 'default', interface: 'br0' },
      { ...debian, systems: debian.systems.map((system) => ({ ...system, routes: [] })) },
      'error route default: persistent | configured | left to DHCP or a router | No file has it. br0 is configured by DHCP or router advertisements (/etc/network/interfaces:28), which may offer it: what they offer at the next boot is in no file.',
    ],
    [
      { destination: '10.20.0.0/16' },
      {
        ...debian,
        systems: debian.systems.map((system) => ({
          ...system,
          interfaces: system.interfaces.map((each) => ({ ...each, onboot: false })),
        })),
      },
      'fail route 10.20.0.0/16: persistent | configured | configured, and not at boot | /etc/network/interfaces.d/routes:3 has it, but enp2s0 is not brought up at boot.',
    ],
    [
      { destination: '10.20.0.0/16', 'next-hops': [{ via: '10.10.0.1', interface: 'enp2s0' }] },
      debian,
      'pass route 10.20.0.0/16: persistent | configured | 10.20.0.0/16 via 10.10.0.1 dev enp2s0 | /etc/network/interfaces.d/routes:3 has it.',
    ],
    [
      { destination: 'default', family: 'inet6', via: '2001:db8:113::1' },
      debian,
      'pass route default (IPv6): persistent | configured | default via 2001:db8:113::1 dev enp1s0 | /etc/network/interfaces:13 has it.',
    ],
    [
      { destination: '10.40.0.0/16', table: 100 },
      host('ubuntu1604'),
      'pass route 10.40.0.0/16 table 100: persistent | configured | 10.40.0.0/16 via 10.10.0.1 dev ens4 table 100 | /etc/network/interfaces:29 has it.',
    ],
    [
      { destination: '10.99.0.0/16' },
      host('ubuntu1604'),
      `error route 10.99.0.0/16: persistent | configured | not in what is understood | ${script}`,
    ],
    [{ destination: '10.99.9.0/24', absent: true }, debian, 'pass route 10.99.9.0/24: persistent | not configured | not configured'],
    [
      { destination: '10.20.0.0/16', absent: true },
      debian,
      'fail route 10.20.0.0/16: persistent | not configured | 10.20.0.0/16 via 10.10.0.1 dev enp2s0 | It comes back at the next boot: /etc/network/interfaces.d/routes:3 has it.',
    ],
    [
      { destination: '10.99.9.0/24', absent: true },
      host('ubuntu1604'),
      `error route 10.99.9.0/24: persistent | not configured | not in what is understood | ${script}`,
    ],
    [
      { destination: '10.20.0.0/16' },
      { ...debian, systems: debian.systems.flatMap((system) => [system, { ...system, system: 'networkd' }]) },
      'error route 10.20.0.0/16: persistent | configured | 10.20.0.0/16 via 10.10.0.1 dev enp2s0 | /etc/network/interfaces.d/routes:3 has it, but enp2s0 is configured more than once, in /etc/network/interfaces.d/routes and /etc/network/interfaces.d/routes: which of them wins is not known. Leave one.',
    ],
    [
      { destination: '10.20.0.0/16' },
      { ...debian, unread: [{ file: '/etc/network/interfaces', why: 'only root may read it' }] },
      'error route 10.20.0.0/16: persistent | configured | not known | /etc/network/interfaces was not read: only root may read it. Set become: sudo for web1 in the inventory.',
    ],
  ])('%j', (spec, config, finding) => {
    expect(judge(spec, config)).toBe(finding)
  })

  test('asks for the files as well', () => {
    expect(route.needs({ destination: 'default', persistent: true }, context)).toEqual({
      tables: { fact: 'routes', host: 'web1', args: { family: 'inet' } },
      config: { fact: 'network-config', host: 'web1', args: {} },
    })
  })

  test('a lookup is no entry that a file could have', () => {
    expect(route.problems?.({ destination: '10.0.0.1', lookup: true, persistent: true })).toEqual([
      { path: ['persistent'], message: 'a lookup gives one way: `persistent` has no meaning' },
    ])
  })
})
