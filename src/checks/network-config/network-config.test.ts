import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import type { Interfaces } from '../../facts/interfaces/index.js'
import type {
  ConfiguredInterface,
  ConfiguredRoute,
  ConfiguredRule,
  ConfiguredSystem,
  NetworkConfig,
} from '../../facts/network-config/index.js'
import type { Route, RouteTables } from '../../facts/routes/index.js'
import type { Rule, Rules } from '../../facts/rules/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext, Finding } from '../../model/check.js'
import { networkConfigCheck } from './index.js'
import type { Spec } from './schema.js'

const context = { host: { name: 'web1' } } as CheckContext

/** What the readers made of a whole host: see the fixtures of the fact. */
const host = (name: string): NetworkConfig =>
  JSON.parse(readFileSync(new URL(`../../facts/network-config/fixtures/${name}.expected.json`, import.meta.url), 'utf8')) as NetworkConfig

const show = ({ verdict, subject, expected, actual, message }: Finding): string =>
  `${verdict} ${subject} | ${expected} | ${actual}${message === '' ? '' : ` | ${message}`}`

const judge = (
  spec: Spec,
  config: NetworkConfig,
  interfaces: readonly Interfaces[] = [],
  tables: readonly RouteTables[] = [],
  policy: readonly Rules[] = [],
) => networkConfigCheck.evaluate(spec, { config, interfaces, tables, policy }, context, nothingLearnt).map(show)

describe('what is written', () => {
  const ubuntu = host('ubuntu1604')
  const centos = host('centos7')
  const script =
    '/etc/network/interfaces:33 is not understood (a command that is not understood): post-up /usr/local/sbin/more-routes $IFACE.'
  const sourced =
    '/etc/sysconfig/network-scripts/ifcfg-em3:14 is not understood (not a plain KEY=value: only the shell that reads the file at boot knows what it does): . /etc/sysconfig/site-network.'

  test.each<[string, Spec, NetworkConfig, ...string[]]>([
    [
      'all of an interface',
      { interface: 'ens3', onboot: true, method: 'static', dns: ['8.8.8.8', '203.0.113.53'], search: { contains: ['example.com'] } },
      ubuntu,
      'pass network-config ens3: onboot | yes | yes',
      'pass network-config ens3: method | static | static',
      'pass network-config ens3: dns | 8.8.8.8, 203.0.113.53 | 203.0.113.53, 8.8.8.8',
      'pass network-config ens3: search | containing example.com | example.com, corp.example.com',
    ],
    [
      'none of it',
      {
        ...{ interface: 'bond0.20', onboot: false, method: { not: 'static' }, addresses: ['10.10.0.11/16'], gateway: '10.10.0.2' },
        ...{ dns: ['10.0.0.53'], mtu: 9000 },
      },
      { ...centos, systems: centos.systems.map((system) => ({ ...system, opaque: [] })) },
      'fail network-config bond0.20: onboot | no | yes | Written in /etc/sysconfig/network-scripts/ifcfg-bond0.20:1.',
      'fail network-config bond0.20: method | not static | static | Written in /etc/sysconfig/network-scripts/ifcfg-bond0.20:1.',
      'fail network-config bond0.20: addresses | 10.10.0.11/16 | 10.10.0.11/24, 10.10.0.111/24 | Not written: 10.10.0.11/16. ' +
        '10.10.0.11/24 is not expected (/etc/sysconfig/network-scripts/ifcfg-bond0.20:4). 10.10.0.111/24 is not expected (/etc/sysconfig/network-scripts/ifcfg-bond0.20:6). ' +
        'Written in /etc/sysconfig/network-scripts/ifcfg-bond0.20:1.',
      'fail network-config bond0.20: gateway | 10.10.0.2 | 10.10.0.1 | Written in /etc/sysconfig/network-scripts/ifcfg-bond0.20:1.',
      'fail network-config bond0.20: dns | 10.0.0.53 | none | Not written: 10.0.0.53. Written in /etc/sysconfig/network-scripts/ifcfg-bond0.20:1.',
      'fail network-config bond0.20: mtu | 9000 | not written | Nothing is written, so that the driver decides (1500 for Ethernet). Written in /etc/sysconfig/network-scripts/ifcfg-bond0.20:1.',
    ],
    [
      'DEFROUTE=no keeps a gateway from being a default route',
      { interface: 'bond0.20', gateway: '10.10.0.1', defroute: true },
      { ...centos, systems: centos.systems.map((system) => ({ ...system, opaque: [] })) },
      'pass network-config bond0.20: gateway | 10.10.0.1 | 10.10.0.1',
      'fail network-config bond0.20: defroute | yes | no | No default route through it comes of the configuration. Written in /etc/sysconfig/network-scripts/ifcfg-bond0.20:1.',
    ],
    [
      'IPv6 is asked for by its family',
      { interface: 'bond0', family: 'inet6', method: 'static', addresses: { contains: ['2001:DB8:113::12/64'] }, mtu: { min: 9000 } },
      centos,
      'pass network-config bond0: method | static | static',
      'pass network-config bond0: addresses | containing 2001:DB8:113::12/64 | 203.0.113.11/24, 2001:db8:113::11/64, 2001:db8:113::12/64, 2001:db8:113::13/64',
      'pass network-config bond0: mtu | at least 9000 | 9000',
    ],
    [
      'not brought up',
      { interface: 'ens5', onboot: true, method: 'dhcp' },
      ubuntu,
      'fail network-config ens5: onboot | yes | no | It stays down after a reboot: add `auto ens5`. Written in /etc/network/interfaces:35.',
      'pass network-config ens5: method | dhcp | dhcp',
    ],
    [
      'a script may set addresses and routes, but is not about onboot and dns',
      { interface: 'ens4', onboot: true, addresses: ['10.10.0.11/24'], defroute: false, dns: [] },
      ubuntu,
      'pass network-config ens4: onboot | yes | yes',
      `error network-config ens4: addresses | 10.10.0.11/24 | 10.10.0.11/24 | ${script}`,
      `error network-config ens4: defroute | no | no | ${script}`,
      'pass network-config ens4: dns | none | none',
    ],
    [
      'a file that runs commands may say anything of its interface',
      { interface: 'em3', onboot: false },
      centos,
      `error network-config em3: onboot | no | no | ${sourced}`,
    ],
    [
      'a route that is written passes beside a script',
      { interface: 'ens4', routes: { contains: [{ destination: '10.20.0.0/16', via: '10.10.0.1' }] } },
      ubuntu,
      'pass network-config ens4: routes | containing 10.20.0.0/16 via 10.10.0.1 | 10.20.0.0/16 via 10.10.0.1 dev ens4; 10.30.0.0/16 via 10.10.0.1 dev ens4; ' +
        '192.0.2.7/32 via 10.10.0.1 dev ens4 metric 5; 10.40.0.0/16 via 10.10.0.1 dev ens4 table 100',
    ],
    [
      'one that is not written does not fail beside a script',
      { interface: 'ens3', routes: { contains: [{ destination: '10.99.0.0/16' }] } },
      ubuntu,
      `error network-config ens3: routes | containing 10.99.0.0/16 | none | ${script}`,
    ],
    [
      'a whole set is not known beside a script',
      { interface: 'ens3', routes: [] },
      ubuntu,
      `error network-config ens3: routes | none | none | ${script}`,
    ],
    [
      'routes of the host, the default one among them',
      { routes: [{ destination: 'default', via: '203.0.113.1', interface: 'eth0' }] },
      host('alpine'),
      'pass network-config: routes | default via 203.0.113.1 dev eth0 | default via 203.0.113.1 dev eth0',
    ],
    [
      'routes too many and too few, and where the line goes',
      { interface: 'enp2s0', routes: [{ destination: '10.30.0.0/16', via: '10.10.0.1' }] },
      host('debian12'),
      'fail network-config enp2s0: routes | 10.30.0.0/16 via 10.10.0.1 | 10.20.0.0/16 via 10.10.0.1 dev enp2s0 | Not written: 10.30.0.0/16 via 10.10.0.1. ' +
        'Looked at: /etc/network/interfaces, /etc/network/interfaces.d/routes, /etc/network/interfaces.more/wifi, /etc/network/interfaces.more/old.dpkg-dist. ' +
        'Write `up ip route add 10.30.0.0/16 via 10.10.0.1 dev enp2s0` under iface enp2s0 in /etc/network/interfaces.d/routes. ' +
        '10.20.0.0/16 via 10.10.0.1 dev enp2s0 is not expected (/etc/network/interfaces.d/routes:3).',
    ],
    [
      'DHCP may offer a default route',
      { interface: 'eth1', defroute: false },
      host('alpine'),
      'fail network-config eth1: defroute | no | yes | The DHCP server may offer one.',
    ],
    [
      'configured nowhere',
      { interface: 'eth7', onboot: true },
      host('alpine'),
      'fail network-config eth7 | a configuration | none | eth7 stays down after a reboot. Looked at: /etc/network/interfaces.',
    ],
    [
      'what cannot be read',
      { interface: 'eth0', onboot: true },
      { ...host('alpine'), unread: [{ file: '/etc/netplan/a.yaml', why: 'only root may read it' }] },
      'error network-config eth0 | known configuration | not known | /etc/netplan/a.yaml was not read: only root may read it. Set become: sudo for web1 in the inventory.',
    ],
    [
      'no system that is known',
      { interface: 'eth0', onboot: true },
      { distribution: 'openSUSE', systems: [], hooks: [], unread: [] },
      'error network-config eth0 | known configuration | not known | No configuration was found of a system that is known here (ifcfg files, interfaces(5), netplan, ' +
        'NetworkManager keyfiles, systemd-networkd): what sets this host up at boot is not known.',
    ],
    [
      'a system of which it is not known whether it is started',
      { interface: 'eth0', onboot: true },
      {
        ...host('alpine'),
        systems: host('alpine').systems.map((system) => ({ ...system, applies: 'maybe' as const, because: 'No sign.' })),
      },
      'error network-config eth0 | known configuration | not known | Whether interfaces(5) (/etc/network/interfaces) take effect at the next boot is not known. No sign.',
    ],
    [
      'a system that is not read at boot',
      { interface: 'ens3', onboot: true },
      {
        ...host('alpine'),
        systems: [
          ...host('alpine').systems,
          ...ubuntu.systems.map((system) => ({ ...system, applies: 'no' as const, because: 'Nothing starts it.' })),
        ],
      },
      'fail network-config ens3 | a configuration | none | ens3 stays down after a reboot. Looked at: /etc/network/interfaces. ' +
        'It is configured by interfaces(5), which do not apply: Nothing starts it.',
    ],
    [
      'two that configure it',
      { interface: 'eth0', onboot: true },
      { ...host('alpine'), systems: [...host('alpine').systems, ...host('alpine').systems] },
      'error network-config eth0 | one configuration | not clear | eth0 is configured more than once, in /etc/network/interfaces and /etc/network/interfaces: which of them wins is not known. Leave one.',
    ],
  ])('%s', (_, spec, config, ...findings) => {
    expect(judge(spec, config)).toEqual(findings)
  })
})

describe('what runs', () => {
  const file = '/etc/network/interfaces'
  const eth0: ConfiguredInterface = {
    ...{ file, line: 1, name: 'eth0', match: null, matchMac: null, matchNames: [], onboot: true, method4: 'static', method6: null },
    addresses: [{ file, line: 2, address: '10.0.0.2', prefixLength: 24 }],
    ...{ gateways: ['10.0.0.1'], defroute: true, dns: [], search: [], mtu: null, mac: null, vlan: null, master: null, ports: [] },
  }
  const eth1: ConfiguredInterface = { ...eth0, line: 5, name: 'eth1', method4: 'dhcp', addresses: [], gateways: [], defroute: false }
  const written = (destination: string, via: string, line: number, more: Partial<ConfiguredRoute> = {}): ConfiguredRoute => ({
    ...{ file, line, family: 'inet', destination, via, interface: 'eth0', metric: null, table: 'main', source: null, type: 'unicast' },
    ...more,
  })
  const system: ConfiguredSystem = {
    ...{ system: 'ifupdown', files: [file], applies: 'yes', because: '', interfaces: [eth0, eth1], rules: [], dns: [], search: [] },
    ...{ routes: [written('0.0.0.0/0', '10.0.0.1', 3), written('10.20.0.0/16', '10.0.0.9', 4)], opaque: [], notes: [] },
  }
  const config = (change: Partial<ConfiguredSystem> = {}): NetworkConfig => ({
    distribution: null,
    systems: [{ ...system, ...change }],
    hooks: [],
    unread: [],
  })

  const hook: NetworkConfig['hooks'][number] = {
    ...{
      file: '/etc/rc.local',
      line: 2,
      text: 'ip route add 10.30.0.0/16 via 10.0.0.9',
      why: 'a script',
      interface: null,
      topics: ['routes'],
    },
  }

  const address = (text: string, dynamic: boolean | null = false) => {
    const [bare = '', length] = text.split('/')
    return { address: bare, prefixLength: Number(length), peer: null, dynamic }
  }
  const links = (
    zero: readonly string[],
    one: Interfaces[number]['addresses'] = [address('192.168.7.9/24', true)],
    more: Interfaces = [],
  ): Interfaces => [
    { name: 'lo', addresses: [address('127.0.0.1/8'), address('::1/128')] },
    { name: 'eth0', addresses: [...zero.map((text) => address(text)), address('fe80::1/64')] },
    { name: 'eth1', addresses: one },
    { name: 'docker0', addresses: [address('172.17.0.1/16')] },
    ...more,
  ]
  const running = (
    destination: string,
    via: string | null,
    device: string,
    protocol: string | null = 'boot',
    metric = 0,
    table = 'main',
  ): Route => ({
    ...{ destination, types: ['unicast'], metric, table, protocol, scope: null, source: null, from: null, tos: null },
    nextHops: [{ via, interface: device, weight: 1, flags: [] }],
  })
  const usual = [
    running('0.0.0.0/0', '10.0.0.1', 'eth0'),
    running('0.0.0.0/0', '192.168.7.1', 'eth1', 'dhcp', 100),
    running('10.0.0.0/24', null, 'eth0', 'kernel'),
    running('10.20.0.0/16', '10.0.0.9', 'eth0'),
    running('172.17.0.0/16', null, 'docker0', 'boot'),
    running('10.77.0.0/16', '10.0.0.3', 'eth0', 'bird'),
    running('127.0.0.0/8', null, 'lo', 'kernel', 0, 'local'),
  ]
  const tables = (routes: readonly Route[], shown: RouteTables['tables'] = 'all'): readonly RouteTables[] => [
    { family: 'inet', tables: shown, hides: [], routes },
    { family: 'inet6', tables: 'all', hides: [], routes: [{ ...running('::/0', 'fe80::9', 'eth0', 'ra', 1024) }] },
  ]
  const same = links(['10.0.0.2/24'])
  const pass = 'pass network-config: matches running | the same after a reboot | the same'

  const usualRules: readonly Rule[] = [
    { priority: 0, from: null, to: null, table: 'local', further: '', protocol: null },
    { priority: 1000, from: null, to: null, table: null, further: 'lookup [l3mdev-table]', protocol: 'kernel' },
    { priority: 32_766, from: null, to: null, table: 'main', further: '', protocol: null },
  ]
  const rule = (change: Partial<Rule> = {}): Rule => ({
    ...{ priority: 32_765, from: '10.0.0.2/32', to: null, table: '100', further: '', protocol: null, ...change },
  })
  const writtenRule = (text: string, change: Partial<ConfiguredRule> = {}): ConfiguredRule => ({
    ...{
      file: '/etc/network/interfaces',
      line: 9,
      family: 'inet',
      priority: null,
      from: '10.0.0.2/32',
      to: null,
      table: '100',
      text,
      ...change,
    },
  })
  const comes = '/etc/network/interfaces:9 configures it, but there is no such rule: it comes back at the next boot. Look at `ip rule`.'
  const goes =
    'It is set now but configured nowhere: it is gone after a reboot, and with it the way of what it is about. Looked at: /etc/network/interfaces.'

  test.each<[string, readonly ConfiguredRule[], readonly Rule[], ...string[]]>([
    ['none but those of the kernel', [], [], pass],
    ['the same', [writtenRule('from 10.0.0.2 table 100')], [rule({ protocol: 'static' })], pass],
    ['one with its priority', [writtenRule('', { priority: 32_765 })], [rule()], pass],
    ['one to table main, which is not said', [writtenRule('', { table: null })], [rule({ table: 'main' })], pass],
    ['a table that the host has a name for', [writtenRule('')], [rule({ table: 'isp1' })], pass],
    ['of a daemon, and of a VPN', [], [rule({ protocol: 'zebra' }), rule({ from: null, further: 'not fwmark 0xca6c' })], pass],
    ['the second one of wg-quick', [], [rule({ from: null, table: 'main', further: 'suppress_prefixlength 0' })], pass],
    [
      'one that keeps a prefix to table main',
      [],
      [rule({ table: 'main', further: 'suppress_prefixlength 0' })],
      `fail network-config: rule from 10.0.0.2/32 | after a reboot: gone | 32765: from 10.0.0.2/32 suppress_prefixlength 0 lookup main | ${goes}`,
    ],
    ['one with a mark, said in another way', [writtenRule('from 10.0.0.2 mark 1')], [rule({ further: 'fwmark 0x1' })], pass],
    [
      'of nobody',
      [],
      [rule()],
      `fail network-config: rule from 10.0.0.2/32 | after a reboot: gone | 32765: from 10.0.0.2/32 lookup 100 | ${goes}`,
    ],
    [
      'one that is only written',
      [writtenRule('from 10.0.0.2 table 100')],
      [],
      `fail network-config: rule from 10.0.0.2/32 | after a reboot: from 10.0.0.2 table 100 | no such rule | ${comes}`,
    ],
    [
      'another table',
      [writtenRule('from 10.0.0.2 table 100')],
      [rule({ table: '200' })],
      `fail network-config: rule from 10.0.0.2/32 | after a reboot: gone | 32765: from 10.0.0.2/32 lookup 200 | ${goes}`,
      `fail network-config: rule from 10.0.0.2/32 | after a reboot: from 10.0.0.2 table 100 | no such rule | ${comes}`,
    ],
    [
      'the opposite',
      [writtenRule('from 10.0.0.2 table 100')],
      [rule({ further: 'not' })],
      `fail network-config: rule from 10.0.0.2/32 | after a reboot: gone | 32765: from 10.0.0.2/32 not lookup 100 | ${goes}`,
      `fail network-config: rule from 10.0.0.2/32 | after a reboot: from 10.0.0.2 table 100 | no such rule | ${comes}`,
    ],
    [
      'one that is wider than what is written',
      [writtenRule('from 10.0.0.2 iif eth1 table 100')],
      [rule()],
      `fail network-config: rule from 10.0.0.2/32 | after a reboot: gone | 32765: from 10.0.0.2/32 lookup 100 | ${goes}`,
      `fail network-config: rule from 10.0.0.2/32 | after a reboot: from 10.0.0.2 iif eth1 table 100 | no such rule | ${comes}`,
    ],
  ])('rules: %s', (_, rules, now, ...expected) => {
    const policy: readonly Rules[] = [{ family: 'inet', shown: true, rules: [...usualRules, ...now] }]
    expect(judge({ 'matches-running': true }, config({ rules }), [same], tables(usual), policy)).toEqual(expected)
  })

  test('rules: not of an interface that is not brought up, and unknown where nothing shows them', () => {
    const rules = [writtenRule('from 10.0.0.2 table 100', { file: '/etc/sysconfig/network-scripts/rule-eth9' })]
    const asleep = config({ rules, interfaces: [eth0, eth1, { ...eth1, name: 'eth9', file: '/etc/x', onboot: false }] })
    const hidden: readonly Rules[] = [{ family: 'inet', shown: false, rules: [] }]
    expect(judge({ 'matches-running': true }, asleep, [same], tables(usual), hidden)).toEqual([pass])
    expect(judge({ 'matches-running': true }, config({ rules }), [same], tables(usual), hidden)).toEqual([
      'error network-config: rule from 10.0.0.2/32 | after a reboot: from 10.0.0.2 table 100 | not shown by this host | ' +
        'Without `ip`, and without support for rules in the kernel, this host shows none; /etc/sysconfig/network-scripts/rule-eth9:9 configures one.',
    ])
    expect(judge({ 'matches-running': true }, config(), [same], tables(usual), hidden)).toEqual([pass])
  })

  test.each<[string, NetworkConfig, Interfaces, readonly RouteTables[], ...string[]]>([
    ['nothing but what a boot sets up, and what comes by itself', config(), same, tables(usual), pass],
    [
      'an address of nobody',
      config(),
      links(['10.0.0.2/24', '10.0.0.99/24']),
      tables(usual),
      'fail network-config: address 10.0.0.99/24 on eth0 | after a reboot: gone | set | 10.0.0.99/24 is set now but configured nowhere: it is gone after a reboot. eth0 is configured in /etc/network/interfaces:1.',
    ],
    [
      'another length',
      config(),
      links(['10.0.0.2/16']),
      tables(usual),
      'fail network-config: address 10.0.0.2/16 on eth0 | after a reboot: 10.0.0.2/24 | set | /etc/network/interfaces:2 has another length: after a reboot eth0 has 10.0.0.2/24, and the network on the link is another.',
    ],
    [
      'an address that is only written',
      config(),
      links([]),
      tables(usual),
      'fail network-config: address 10.0.0.2/24 on eth0 | after a reboot: set | not set | /etc/network/interfaces:2 configures 10.0.0.2/24, and eth0 does not have it: it appears at the next boot. Look at `ip address show`.',
    ],
    [
      'a lease where the file has none',
      config({
        interfaces: [
          { ...eth0, addresses: [] },
          { ...eth1, method4: 'none' },
        ],
      }),
      links([]),
      tables(usual),
      'fail network-config: address 192.168.7.9/24 on eth1 | after a reboot: gone | set | 192.168.7.9/24 was leased (DHCP), but /etc/network/interfaces:5 says none: after a reboot eth1 is without it.',
    ],
    [
      'an interface in no file',
      config(),
      links(['10.0.0.2/24'], undefined, [{ name: 'eth2', addresses: [address('10.9.0.1/24'), address('2001:db8::1/64', true)] }]),
      tables(usual),
      'fail network-config: address 10.9.0.1/24 on eth2 | after a reboot: gone | set | 10.9.0.1/24 is set now, but nothing configures eth2: it is gone after a reboot. Looked at: /etc/network/interfaces.',
    ],
    [
      'an interface that is not brought up',
      config({ interfaces: [{ ...eth0, onboot: false }, eth1], routes: [] }),
      same,
      tables(usual.slice(1, 3)),
      'fail network-config: address 10.0.0.2/24 on eth0 | after a reboot: gone | set | eth0 is not brought up at boot (/etc/network/interfaces:2): 10.0.0.2/24 is gone after a reboot.',
    ],
    [
      'a route that is not there',
      config(),
      same,
      tables(usual.filter(({ destination }) => destination !== '10.20.0.0/16')),
      'fail network-config: route 10.20.0.0/16 | after a reboot: 10.20.0.0/16 via 10.0.0.9 dev eth0 | no such route | /etc/network/interfaces:4 configures it, but it is not in the table: it comes back at the next boot.',
    ],
    [
      'a route of nobody',
      config(),
      same,
      tables([...usual, running('10.30.0.0/16', '10.0.0.9', 'eth0', 'static')]),
      'fail network-config: route 10.30.0.0/16 | after a reboot: gone | 10.0.0.9 dev eth0 | It is set now but configured nowhere: it is gone after a reboot. Looked at: /etc/network/interfaces. ' +
        'Write `up ip route add 10.30.0.0/16 via 10.0.0.9 dev eth0` under iface eth0 in /etc/network/interfaces.',
    ],
    [
      'a blackhole of nobody, in a table of its own',
      config(),
      same,
      tables([...usual, { ...running('10.31.0.0/16', null, 'eth0', 'static', 7), types: ['blackhole'], nextHops: [], table: '50' }]),
      'fail network-config: route 10.31.0.0/16 table 50 | after a reboot: gone | blackhole metric 7 | It is set now but configured nowhere: it is gone after a reboot. Looked at: /etc/network/interfaces. ' +
        'Write `up ip route add blackhole 10.31.0.0/16 table 50 metric 7` under iface IF in /etc/network/interfaces.',
    ],
    [
      'two ways of nobody',
      config(),
      same,
      tables([
        ...usual,
        {
          ...running('10.31.0.0/16', '10.0.0.9', 'eth0', 'static'),
          nextHops: ['10.0.0.9', '10.0.0.8'].map((via) => ({ via, interface: 'eth0', weight: 1, flags: [] })),
        },
      ]),
      'fail network-config: route 10.31.0.0/16 | after a reboot: gone | 10.0.0.9 dev eth0 weight 1, 10.0.0.8 dev eth0 weight 1 | It is set now but configured nowhere: it is gone after a reboot. Looked at: /etc/network/interfaces. ' +
        'Write it with all of its next hops.',
    ],
    [
      'a route that a script beside the configuration may set',
      { ...config(), hooks: [hook] },
      same,
      tables([...usual, running('10.30.0.0/16', '10.0.0.9', 'eth0', 'static')]),
      'error network-config: route 10.30.0.0/16 | after a reboot: gone | 10.0.0.9 dev eth0 | It is set now but configured nowhere: it is gone after a reboot. Looked at: /etc/network/interfaces. ' +
        'Write `up ip route add 10.30.0.0/16 via 10.0.0.9 dev eth0` under iface eth0 in /etc/network/interfaces. ' +
        'But /etc/rc.local:2 is not understood (a script): ip route add 10.30.0.0/16 via 10.0.0.9.',
    ],
    [
      'no difference, and a script that may make one',
      { ...config(), hooks: [hook] },
      same,
      tables(usual),
      'error network-config: matches running | the same after a reboot | no difference in what is understood | /etc/rc.local:2 is not understood (a script): ip route add 10.30.0.0/16 via 10.0.0.9.',
    ],
    [
      'another gateway',
      config(),
      same,
      tables([running('10.20.0.0/16', '10.0.0.8', 'eth0'), ...usual.filter(({ destination }) => destination !== '10.20.0.0/16')]),
      'fail network-config: route 10.20.0.0/16 | after a reboot: 10.20.0.0/16 via 10.0.0.9 dev eth0 | 10.0.0.8 dev eth0 | It is another at the next boot: /etc/network/interfaces:4 has 10.20.0.0/16 via 10.0.0.9 dev eth0.',
    ],
    [
      'two gateways are written, and one is in the table',
      config({ routes: [...system.routes, written('0.0.0.0/0', '10.9.0.1', 9, { interface: 'eth1' })] }),
      same,
      tables(usual),
      'fail network-config: route default | after a reboot: default via 10.9.0.1 dev eth1 | 10.0.0.1 dev eth0 | /etc/network/interfaces:9 configures it, but it is not in the table: it comes back at the next boot. ' +
        '/etc/network/interfaces:3 configures default via 10.0.0.1 dev eth0 as well, and that one is in the table: which of the two a boot leaves depends on the order. Keep one, or give them different metrics.',
    ],
    [
      'a route beside a lease may be the server’s',
      config(),
      same,
      tables([...usual, running('10.30.0.0/16', '192.168.7.2', 'eth1')]),
      'error network-config: route 10.30.0.0/16 | after a reboot: not known | 192.168.7.2 dev eth1 | It is in no file, and eth1 is configured by dhcp: whether that offers it is not known. Where it was set by hand, it is gone after a reboot.',
    ],
    [
      'a table that the host does not show',
      config({ routes: [...system.routes, written('10.50.0.0/16', '10.0.0.9', 8, { table: '100' })] }),
      same,
      tables(usual, 'main'),
      'error network-config: route 10.50.0.0/16 table 100 | after a reboot: 10.50.0.0/16 via 10.0.0.9 dev eth0 table 100 | not shown by this host | ' +
        'Without `ip` of iproute2 or BusyBox this host does not show table 100; /etc/network/interfaces:8 configures it.',
    ],
    [
      'addresses of an unknown interface, as /proc has them',
      config(),
      [{ name: null, addresses: [{ address: '10.0.0.2', prefixLength: null, peer: null, dynamic: null }] }],
      tables(usual),
      pass,
    ],
    [
      'a script that might do anything',
      config({ opaque: [{ file, line: 7, text: 'up /x', why: 'a command', interface: 'eth1', topics: ['routes'] }] }),
      same,
      tables(usual),
      'error network-config: matches running | the same after a reboot | no difference in what is understood | /etc/network/interfaces:7 is not understood (a command): up /x.',
    ],
    [
      'a difference that a script might explain',
      config({ opaque: [{ file, line: 7, text: 'up /x', why: 'a command', interface: 'eth1', topics: ['routes'] }] }),
      links(['10.0.0.2/24', '10.0.0.99/24']),
      tables(usual),
      'error network-config: address 10.0.0.99/24 on eth0 | after a reboot: gone | set | 10.0.0.99/24 is set now but configured nowhere: it is gone after a reboot. eth0 is configured in /etc/network/interfaces:1. ' +
        'But /etc/network/interfaces:7 is not understood (a command): up /x.',
    ],
  ])('%s', (_, config, interfaces, tables, ...findings) => {
    expect(judge({ 'matches-running': true }, config, [interfaces], tables)).toEqual(findings)
  })

  test('one interface alone', () => {
    const spec: Spec = { interface: 'eth1', 'matches-running': true }
    const more = [...usual, running('10.30.0.0/16', '10.0.0.9', 'eth0')]
    expect(judge(spec, config(), [links(['10.0.0.99/24'])], tables(more))).toEqual([
      'pass network-config eth1: matches running | the same after a reboot | the same',
    ])
  })

  test('many differences are counted', () => {
    const many = Array.from({ length: 30 }, (_, index) => running(`10.${100 + index}.0.0/16`, '10.0.0.9', 'eth0'))
    const findings = judge({ 'matches-running': true }, config(), [same], tables([...usual, ...many]))
    expect(findings).toHaveLength(21)
    expect(findings.at(-1)).toBe(
      'fail network-config: matches running | the same after a reboot | 30 differences | The first 20 are shown.',
    )
  })
})

describe('specifications', () => {
  const problem = (spec: Spec): readonly string[] =>
    (networkConfigCheck.problems?.(spec) ?? []).map(
      ({ path, message, hint }) => `${path.join('.')}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
    )

  test.each<[Spec, ...string[]]>([
    [{ interface: 'eth0' }, ': nothing is expected here (add `onboot`, `method`, `addresses`, `routes` … or `matches-running: true`)'],
    [
      { interface: 'eth0', 'matches-running': false },
      'matches-running: nothing is expected here (add `onboot`, `method`, `addresses`, `routes` … or `matches-running: true`)',
    ],
    [{ onboot: true }, 'onboot: `onboot` is about one interface (add `interface`)'],
    [{ interface: 'eth0', gateway: 'router1' }, 'gateway: expected an address, found "router1"'],
    [{ interface: 'eth0', gateway: { not: ['10.0.0.1/24'] } }, 'gateway.not.0: expected an address, found "10.0.0.1/24" (write 10.0.0.1)'],
    [{ interface: 'eth0', gateway: { min: '10.0.0.1' } }, 'gateway.min: `min` needs numbers, and gateway is none (use one-of or matches)'],
    [{ interface: 'eth0', gateway: '2001:db8::1' }, 'gateway: 2001:db8::1 is no address of family inet (say `family: inet6`)'],
    [
      { interface: 'eth0', family: 'inet6', gateway: { not: '10.0.0.1' } },
      'gateway.not: 10.0.0.1 is no address of family inet6 (say `family: inet`)',
    ],
    [{ interface: 'eth0', addresses: ['10.0.0.1'] }, 'addresses.0: 10.0.0.1 has no length (write 10.0.0.1/24, or whatever its network is)'],
    [
      { interface: 'eth0', addresses: { contains: ['10.0.0.300/24'] } },
      'addresses.contains.0: expected an address with its length, found "10.0.0.300/24" (write it like 10.10.0.11/24)',
    ],
    [{ interface: 'eth0', dns: ['dns1'] }, 'dns.0: expected an address, found "dns1"'],
    [{ interface: 'eth0', mtu: { min: 9000, max: 1500 } }, 'mtu.min: `min` 9000 is more than `max` 1500'],
    [
      { routes: [{ destination: '10.0.0.0/33' }] },
      'routes.0.destination: expected a prefix, an address or "default", found "10.0.0.0/33" (write it like 10.20.0.0/16)',
    ],
    [{ routes: [{ destination: '10.0.0.1/8' }] }, 'routes.0.destination: 10.0.0.1/8 has bits set beyond its length (write 10.0.0.0/8)'],
    [{ routes: { contains: [{ destination: 'default', via: 'x' }] } }, 'routes.contains.0.via: expected an address, found "x"'],
    [
      { interface: 'eth0', routes: [{ destination: 'default', interface: 'eth1' }] },
      'routes.0.interface: the check is about eth0 (leave `interface` out of its routes)',
    ],
  ])('%j', (spec, ...messages) => {
    expect(problem(spec)).toEqual(messages)
  })

  test.each<[Spec]>([
    [{ 'matches-running': true }],
    [{ interface: 'eth0', routes: [] }],
    [{ interface: 'eth0', addresses: ['2001:db8::1/64'] }],
  ])('nothing wrong with %j', (spec) => {
    expect(problem(spec)).toEqual([])
  })

  const validate = new Ajv2020({ strict: true, formats: { regex: true } }).compile(networkConfigCheck.schema)
  test.each([
    {},
    { interface: '' },
    { interface: 'eth0', method: 'bootp' },
    { interface: 'eth0', mtu: 1 },
    { routes: { contains: [] } },
    { router: 'x' },
  ])('refuses %j', (spec) => expect(validate(spec)).toBe(false))
})

describe('needs', () => {
  const config = { fact: 'network-config', host: 'web1', args: {} }
  test.each<[Spec, object]>([
    [
      { interface: 'eth0', onboot: true },
      { config, interfaces: [], tables: [], policy: [] },
    ],
    [
      { 'matches-running': true },
      {
        config,
        interfaces: [{ fact: 'interfaces', host: 'web1', args: {} }],
        tables: ['inet', 'inet6'].map((family) => ({ fact: 'routes', host: 'web1', args: { family } })),
        policy: ['inet', 'inet6'].map((family) => ({ fact: 'rules', host: 'web1', args: { family } })),
      },
    ],
  ])('%j', (spec, needs) => {
    expect(networkConfigCheck.needs(spec, context)).toEqual(needs)
  })
})
