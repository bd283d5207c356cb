import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Links } from '../../facts/links/index.js'
import type { ConfiguredRoute, ConfiguredSystem, NetworkConfig, Opaque } from '../../facts/network-config/index.js'
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

  const place = (line: number) => ({ file: '/etc/network/interfaces', line })
  const written = (line: number, change: Partial<ConfiguredRoute> = {}): ConfiguredRoute => ({
    ...place(line),
    ...{ family: 'inet', destination: '10.20.0.0/16', via: '10.10.0.1', interface: 'enp2s0', metric: null, table: 'main' },
    ...{ source: null, type: 'unicast', ...change },
  })
  const opaque = (line: number, text: string): Opaque => ({
    ...{ ...place(line), text, why: 'a command that is not understood', interface: 'enp2s0', topics: ['addresses', 'routes'] },
  })
  const says = (change: Partial<ConfiguredSystem>, name: ConfiguredSystem['system'] = 'ifupdown'): NetworkConfig => ({
    ...debian,
    systems: debian.systems.map((system) => ({ ...system, opaque: [], routes: [], rules: [], ...change, system: name })),
  })
  const sameTwice = [written(4), written(5, { via: '10.10.0.9' })]
  const there = 'route 10.20.0.0/16: persistent | configured | 10.20.0.0/16 via 10.10.0.1 dev enp2s0'
  const has = '/etc/network/interfaces:4 has it'
  const twoOfThem = `${has}, but /etc/network/interfaces:5 has 10.20.0.0/16 via 10.10.0.9 dev enp2s0: which of the two a boot leaves depends on the order. Keep one, or give them different metrics.`
  const gone = (destination: string): string =>
    `fail route ${destination}: persistent | configured | not configured | It is gone after a reboot. ${looked} `

  test.each<[string, Spec, NetworkConfig, string]>([
    [
      'two lines for one destination',
      { destination: '10.20.0.0/16', via: '10.10.0.1' },
      says({ routes: sameTwice }),
      `error ${there} | ${twoOfThem}`,
    ],
    ['either of which will do', { destination: '10.20.0.0/16' }, says({ routes: sameTwice }), `pass ${there} | ${has}.`],
    [
      'with different metrics',
      { destination: '10.20.0.0/16', via: '10.10.0.1' },
      says({ routes: [written(4), written(5, { via: '10.10.0.9', metric: 50 })] }),
      `pass ${there} | ${has}.`,
    ],
    [
      'which NetworkManager gives metrics of their own',
      { destination: '10.20.0.0/16', via: '10.10.0.1' },
      says({ routes: sameTwice }, 'keyfile'),
      `pass ${there} | ${has}.`,
    ],
    [
      'a device that nothing configures',
      { destination: '10.20.0.0/16' },
      says({ routes: [written(4, { interface: 'ens192' })] }),
      'error route 10.20.0.0/16: persistent | configured | 10.20.0.0/16 via 10.10.0.1 dev ens192 | /etc/network/interfaces:4 has it, but nothing configures ens192: whether there is such an interface at boot is not known.',
    ],
    [
      'a line that may take it away',
      { destination: '10.20.0.0/16' },
      says({ routes: [written(4)], opaque: [opaque(6, 'up ip route del 10.20.0.0/16')] }),
      `error ${there} | ${has}, but /etc/network/interfaces:6 is not understood (a command that is not understood): up ip route del 10.20.0.0/16.`,
    ],
    [
      'a default route that a line may take away',
      { destination: 'default', via: '10.10.0.1' },
      says({ routes: [written(4, { destination: '0.0.0.0/0' })], opaque: [opaque(6, 'up ip route del default')] }),
      'error route default: persistent | configured | default via 10.10.0.1 dev enp2s0 | /etc/network/interfaces:4 has it, but /etc/network/interfaces:6 is not understood (a command that is not understood): up ip route del default.',
    ],
    [
      'a line about another',
      { destination: '10.20.0.0/16' },
      says({ routes: [written(4)], opaque: [opaque(6, 'up ip route del 110.20.0.0/16'), opaque(7, 'up /usr/local/sbin/x')] }),
      `pass ${there} | ${has}.`,
    ],
    ['no metric, which is 0', { destination: '10.20.0.0/16', metric: 0 }, says({ routes: [written(4)] }), `pass ${there} | ${has}.`],
    [
      'no metric, of which others make what they like',
      { destination: '10.20.0.0/16', metric: 0 },
      says({ routes: [written(4)] }, 'keyfile'),
      `error ${there} | ${has} without a metric: which one it gets is the system's own choice. Write one.`,
    ],
    [
      'of an address',
      { destination: '10.10.0.0/24', interface: 'enp2s0', source: '10.10.0.111', metric: 0 },
      says({}),
      'pass route 10.10.0.0/24: persistent | configured | 10.10.0.0/24 dev enp2s0 src 10.10.0.111 | The kernel makes it of an address that is configured: /etc/network/interfaces.d/routes:2.',
    ],
    [
      'of an address, though it is to be gone',
      { destination: '10.10.0.0/24', absent: true },
      says({}),
      'fail route 10.10.0.0/24: persistent | not configured | 10.10.0.0/24 dev enp2s0 src 10.10.0.111 | It comes back at the next boot: The kernel makes it of an address that is configured: /etc/network/interfaces.d/routes:2.',
    ],
    [
      'what to write: a table, a metric and a source',
      { destination: '10.30.0.0/16', via: '10.10.0.1', interface: 'enp2s0', table: 50, metric: 7, source: '10.10.0.12' },
      says({}),
      `${gone('10.30.0.0/16 table 50')}Write \`up ip route add 10.30.0.0/16 via 10.10.0.1 dev enp2s0 table 50 metric 7 src 10.10.0.12\` under iface enp2s0 in /etc/network/interfaces.d/routes.`,
    ],
    [
      'what to write: a type',
      { destination: '10.30.0.0/16', type: 'blackhole' },
      says({}),
      `${gone('10.30.0.0/16')}Write \`up ip route add blackhole 10.30.0.0/16\` under iface IF in /etc/network/interfaces.`,
    ],
    [
      'what to write: several next hops',
      { destination: '10.30.0.0/16', 'next-hops': [{ via: '10.10.0.1' }, { via: '10.10.0.2' }] },
      says({}),
      `${gone('10.30.0.0/16')}Write it with all of its next hops.`,
    ],
  ])('%s', (_, spec, config, finding) => {
    expect(judge(spec, config)).toBe(finding)
  })

  test('takes an interface by any of its names', () => {
    const link = { name: 'enp2s0', altNames: ['back0'], up: true, carrier: true, operState: 'up', mac: null, mtu: 1500, type: 'ethernet' }
    const links: Links = { hides: [], links: [{ ...link, vlanId: null, parent: null, master: null, addresses: [] }] }
    const verdictOn = (name: string): string | undefined =>
      route
        .evaluate(
          { destination: '10.20.0.0/16', interface: name, persistent: true },
          { tables: inet, config: debian, links },
          context,
          nothingLearnt,
        )
        .at(-1)?.verdict
    expect([verdictOn('enp2s0'), verdictOn('back0'), verdictOn('front0')]).toEqual(['pass', 'pass', 'fail'])
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
