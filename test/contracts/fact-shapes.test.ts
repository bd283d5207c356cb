import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { factKinds } from '../../src/builtins.js'
import type { FactRecord } from '../../src/model/fact.js'
import type { Json } from '../../src/model/json.js'

const directory = 'runbooks/demo/recording'

/** Records of the labs web-db and dns, kept by `netproof run --record`. */
const others = 'test/contracts/fixtures/facts.jsonl'

const recorded = readdirSync(directory, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.jsonl'))
  .map((file) => `${directory}/${file}`)
  .concat(others)
  .flatMap((file) => readFileSync(file, 'utf8').trimEnd().split('\n'))
  .map((line) => JSON.parse(line) as FactRecord)

const literals: Readonly<Record<string, Json>> = {
  'firewall-rules': {
    tables: [
      {
        ...{ tool: 'nft', family: 'inet', name: 'filter', dormant: false },
        chains: [
          {
            name: 'input',
            base: { type: 'filter', hook: 'input', priority: -5, policy: 'drop', devices: ['eth0'] },
            counters: { packets: 1, bytes: 60 },
            growth: { packets: 1, bytes: 60 },
            rules: [
              {
                ...{ position: 1, handle: 4, text: 'tcp dport 22 accept', comment: 'ssh' },
                counters: { packets: 1, bytes: 60 },
                counter: 'web',
                growth: { packets: 0, bytes: 0 },
                statements: [
                  { kind: 'test', fields: ['dport'], negate: false, entries: [[[22, 22]]] },
                  { kind: 'lookup', fields: ['saddr'], negate: true, set: 'bad' },
                  { kind: 'bits', field: 'tcp-flags', mask: 18, values: [2], negate: false },
                  { kind: 'unsure', what: 'limit rate 5/second' },
                  {
                    kind: 'verdict-map',
                    fields: ['iif'],
                    set: null,
                    entries: [{ ranges: [['eth*', 'eth*']], verdict: { do: 'jump', chain: 'lan' } }],
                  },
                  { kind: 'some-verdict', verdicts: [{ do: 'drop', chain: null }], what: 'numgen' },
                  { kind: 'set-mark', field: 'mark', from: 'ct-mark', and: null, xor: 1 },
                  { kind: 'untrack' },
                  { kind: 'translate', end: 'destination', address: '192.0.2.1', self: false, port: 80 },
                  { kind: 'opaque', what: 'queue' },
                  { kind: 'verdict', verdict: { do: 'accept', chain: null } },
                ],
              },
            ],
          },
        ],
        sets: [
          { name: 'bad', dynamic: false, entries: [{ ranges: [['192.0.2.0', '192.0.2.255']], verdict: { do: 'drop', chain: null } }] },
        ],
      },
    ],
    unseen: ['the tables filter of iptables'],
    ipv6: true,
    growthMs: 5_000,
  },
  sockets: {
    ...{ count: 1, hidden: 0, states: [{ name: 'established', count: 1 }], peers: [{ name: '10.0.0.5', count: 1 }] },
    ...{ localPorts: [{ name: 443, count: 1 }], peerPorts: [{ name: 40000, count: 1 }] },
    examples: [{ state: 'established', local: '10.0.0.1:443', peer: '10.0.0.5:40000', process: 'nginx' }],
    details: [
      {
        ...{ name: 'rtt', shown: 1, hidden: 0, median: 0.5 },
        lowest: [{ value: 0.5, socket: { state: 'established', local: '10.0.0.1:443', peer: '10.0.0.5:40000', process: null } }],
        highest: [{ value: 0.5, socket: { state: 'established', local: '10.0.0.1:443', peer: '10.0.0.5:40000', process: null } }],
      },
    ],
  },
  'protocol-counters': { afterMs: 5_010, counters: [{ name: 'TcpRetransSegs', before: '7', after: '9' }] },
  conntrack: { entries: 12, maximum: 262_144, counters: [{ name: 'invalid', total: 3, growth: 1 }], afterMs: 5_010 },
  rules: {
    ...{ family: 'inet', shown: true },
    rules: [{ priority: 500, from: '10.0.0.0/8', to: '192.0.2.1/32', table: 'main', further: 'iif lo', protocol: 'static' }],
  },
  neighbors: {
    ...{ families: ['inet', 'inet6'], complete: true },
    entries: [{ family: 'inet', address: '203.0.113.1', interface: 'eth0', mac: '00:00:5e:00:01:07', state: 'stale', router: null }],
  },
  'hosts-file': {
    ...{ exists: true, entries: [{ line: 3, address: '10.20.0.5', names: ['db1'] }], sources: ['files', 'dns'] },
    ...{ multi: true, hostname: 'web1', cloudInit: false },
  },
  links: {
    hides: ['parent'],
    links: [
      {
        ...{ name: 'eth0', altNames: ['front'], up: true, carrier: true, operState: 'up', mac: '52:54:00:12:34:56', mtu: 1500 },
        ...{ type: 'vlan', vlanId: 7, parent: 'bond0', master: 'br0' },
        addresses: [{ address: '10.0.0.1', prefixLength: 24, peer: null, flags: ['dynamic'] }],
      },
    ],
  },
  arp: { interface: 'eth0', asked: 3, answers: [{ mac: '02:00:00:00:00:02' }], problem: null },
  'link-speed': [{ name: 'eth0', speed: 10_000_000_000, duplex: 'full' }],
  bonds: [
    {
      ...{ name: 'bond0', mode: '802.3ad', miiStatus: 'up', activeMember: null, aggregator: 1, partnerMac: '00:1b:54:aa:bb:cc' },
      members: [{ name: 'eth0', miiStatus: 'up', aggregator: 1, partnerMac: '00:1b:54:aa:bb:cc' }],
    },
  ],
  'interface-counters': {
    afterMs: 5010,
    interfaces: [{ name: 'eth0', replaced: false, changes: [{ counter: 'rx-errors', change: 3 }] }],
  },
  'dns-client': {
    library: { servers: ['127.0.0.53'], ignored: [], search: ['example.com'], options: ['edns0'] },
    file: { exists: true, target: '../run/systemd/resolve/stub-resolv.conf', comments: ['# by hand'] },
    hostName: 'web1.example.com',
    cLibrary: 'glibc',
    hosts: ['files', 'dns'],
    resolved: { servers: ['192.0.2.53'], domains: [], links: [{ interface: 'eth0', servers: ['192.0.2.54'], domains: ['~.'] }] },
    networkManager: ['192.0.2.53'],
  },
  'sysctl-config': {
    assignments: [{ path: 'net/ipv4/ip_forward', value: '1', file: '/etc/sysctl.d/99-a.conf', line: 1 }],
    unread: [{ path: 'net/ipv4/ip_forward', value: null, file: '/etc/sysctl.conf', line: 1 }],
  },
  sysctl: {
    entries: [
      { path: 'net/ipv4/ip_forward', value: '1', problem: null },
      { path: 'net/ipv4/tcp_fastopen_key', value: null, problem: 'denied' },
    ],
    nearby: { folder: 'net/ipv4', names: ['ip_forward'] },
  },
  capture: {
    ...{ tool: 'tcpdump version 4.99.3', ended: 'answered', listenedMs: 512.5, dropped: { kernel: 0, interface: 0 }, pcap: '' },
    packets: [
      {
        ...{ offsetMs: 1.5, length: 74, direction: 'in', sourceMac: '02:00:00:00:00:01', targetMac: null, vlans: [10] },
        ...{ protocol: 'tcp', source: '10.0.0.1', destination: '10.0.0.2', sourcePort: 40_000, destinationPort: 443 },
        ...{ flags: ['syn'], ttl: 64, icmp: { type: 8, code: 0 }, isLaterFragment: false },
      },
    ],
  },
  users: [{ name: 'root', uid: 0 }],
  'process-units': [{ pid: 7, unit: 'nginx.service', container: 'lxc web' }],
  'command-output': { exitCode: 3, stdout: 'inactive\n', stderr: '', stderrCut: false },
  listeners: [
    {
      ...{ protocol: 'tcp', family: 6, address: '::', port: 22, interface: 'eth0', interfaceShown: true, v6only: false },
      ...{ processes: [{ name: 'sshd', pid: 1 }], uid: 0 },
    },
  ],
  'network-config': {
    distribution: null,
    systems: [
      {
        ...{
          system: 'ifupdown',
          files: ['/etc/network/interfaces'],
          applies: 'yes',
          because: '',
          dns: ['10.0.0.53'],
          search: ['example'],
        },
        interfaces: [
          {
            ...{ file: '/etc/network/interfaces', line: 1, name: 'eth0', match: null, matchMac: null, matchNames: [], onboot: true },
            ...{ method4: 'static', method6: null, gateways: ['10.0.0.1'], defroute: true, dns: [], search: [], mtu: 1500, mac: null },
            addresses: [{ file: '/etc/network/interfaces', line: 2, address: '10.0.0.2', prefixLength: 24 }],
            ...{ vlan: { id: 7, link: 'eth1' }, master: null, ports: [] },
          },
        ],
        routes: [
          {
            ...{ file: '/etc/network/interfaces', line: 3, family: 'inet', destination: '0.0.0.0/0', via: '10.0.0.1' },
            ...{ interface: 'eth0', metric: null, table: 'main', source: null, type: 'unicast' },
          },
        ],
        rules: [
          { file: '/etc/network/interfaces', line: 4, family: 'inet', priority: 9, from: '10.0.0.2/32', to: null, table: '9', text: '' },
        ],
        opaque: [{ file: '/etc/network/interfaces', line: 5, text: 'post-up x', why: '', interface: 'eth0', topics: ['routes'] }],
        notes: [{ file: '/etc/network/interfaces', line: 6, text: '' }],
      },
    ],
    hooks: [{ file: '/etc/rc.local', line: 2, text: 'ip route add default dev eth0', why: '', interface: null, topics: ['routes'] }],
    unread: [{ file: '/etc/netplan/x.yaml', why: 'only root may read it' }],
  },
}

function valuesOf(name: string): readonly Json[] {
  const found = recorded.flatMap(({ fact, outcome }) => (fact === name && 'value' in outcome ? [outcome.value] : []))
  return [...found, ...(literals[name] === undefined ? [] : [literals[name]])]
}

/** Every copy of `value` that lacks one key of one map in it. */
function* withoutOneKey(value: Json | undefined): Iterable<Json> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    const { [key]: _, ...rest } = value as Readonly<Record<string, Json>>
    if (!Array.isArray(value)) yield rest
    for (const changed of withoutOneKey(inner)) yield Array.isArray(value) ? value.with(Number(key), changed) : { ...rest, [key]: changed }
  }
}

describe.each(factKinds.map((kind) => [kind.name, kind] as const))('values of %s', (name, kind) => {
  it('are known by what hosts really answered', () => {
    const values = valuesOf(name)
    expect(values).not.toEqual([])
    for (const value of values) expect(kind.isValue(value), JSON.stringify(value)).toBe(true)
  })

  it.each([null, 5, 'x', {}, true, [null], [5], [{}], [[]]].map((value) => [JSON.stringify(value), value] as const))(
    'are never %s',
    (_, value) => {
      expect(kind.isValue(value)).toBe(false)
    },
  )

  it('lack nothing', () => {
    for (const value of valuesOf(name)) {
      for (const lacking of withoutOneKey(value)) expect(kind.isValue(lacking), JSON.stringify(lacking)).toBe(false)
    }
  })
})
