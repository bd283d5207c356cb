import { describe, expect, test } from 'vitest'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext, Learnt } from '../../model/check.js'
import { closed, dormant, gate, iptables, iptablesWith, mixed, nft, nftWith, nftWithSet, none, sharing, someLinks } from './fixtures.js'
import { firewall } from './index.js'
import type { Spec } from './schema.js'

const context = { host: { name: 'web1' } } as CheckContext

/** `verdict | subject | expected | actual | message`. */
const judge = (spec: Spec, rules = iptables, learnt: Learnt = nothingLearnt): readonly string[] =>
  firewall
    .evaluate(spec, { rules, links: [someLinks], addresses: [] }, context, learnt)
    .map(({ verdict, subject, expected, actual, message }) => [verdict, subject, expected, actual, message].join(' | '))

describe('traffic', () => {
  test.each<[string, Spec, readonly string[]]>([
    [
      'accepted by a rule',
      { traffic: { port: 22, from: '10.0.0.0/16' }, verdict: 'accept' },
      ['pass | input tcp port 22 from 10.0.0.0/16, IPv4 | accepted | accepted | '],
    ],
    [
      'a part of the addresses has another verdict',
      { traffic: { port: 22, from: '10.0.0.0/8' }, verdict: 'accept' },
      [
        'fail | input tcp port 22 from 10.0.0.0/8, IPv4 | accepted | dropped from 10.66.0.0/16 | Dropped by rule 3 of chain INPUT in table filter (iptables): `-s 10.66.0.0/16 -j DROP`. Look at `iptables -L INPUT -n -v --line-numbers`.',
      ],
    ],
    [
      'closed in IPv4, and forgotten in IPv6',
      { traffic: { port: 5432, from: 'any' }, verdict: 'blocked' },
      [
        'pass | input tcp port 5432 from any, IPv4 | dropped or rejected | dropped, rejected | ',
        'fail | input tcp port 5432 from any, IPv6 | dropped or rejected | accepted | Accepted by the policy of chain INPUT in table filter (ip6tables). Look at `ip6tables -L INPUT -n -v --line-numbers`.',
      ],
    ],
    [
      'drop is not reject',
      { traffic: { port: 5432, from: '192.0.2.1' }, verdict: 'drop' },
      [
        'fail | input tcp port 5432 from 192.0.2.1, IPv4 | dropped | rejected | Rejected by rule 7 of chain INPUT in table filter (iptables): `-j REJECT --reject-with icmp-host-prohibited`. Look at `iptables -L INPUT -n -v --line-numbers`.',
      ],
    ],
    [
      'the source decides, and is not given',
      { traffic: { port: 22 }, verdict: 'accept', family: 'inet' },
      [
        'error | input tcp port 22, IPv4 | accepted | not decided | It may be accepted by rule 4 of chain INPUT in table filter (iptables): `-s 10.0.0.0/8 -p tcp -m tcp --dport 22 -m comment --comment "ssh from inside" -j ACCEPT`, or dropped by rule 3 of chain INPUT in table filter (iptables): `-s 10.66.0.0/16 -j DROP`. Rule 3 of chain INPUT in table filter (iptables): `-s 10.66.0.0/16 -j DROP` turns on the source address: add `from`. Rule 4 of chain INPUT in table filter (iptables): `-s 10.0.0.0/8 -p tcp -m tcp --dport 22 -m comment --comment "ssh from inside" -j ACCEPT` turns on the source address: add `from`.',
      ],
    ],
    [
      'a rate decides',
      { traffic: { protocol: 'icmp', 'icmp-type': 'echo-request', from: '192.0.2.1' }, verdict: 'accept' },
      [
        'error | input icmp type echo-request from 192.0.2.1, IPv4 | accepted | not decided | It may be accepted by rule 5 of chain INPUT in table filter (iptables): `-p icmp -m icmp --icmp-type 8 -m limit --limit 5/sec -j ACCEPT`, or rejected by rule 7 of chain INPUT in table filter (iptables): `-j REJECT --reject-with icmp-host-prohibited`. Rule 5 of chain INPUT in table filter (iptables): `-p icmp -m icmp --icmp-type 8 -m limit --limit 5/sec -j ACCEPT` turns on -m limit --limit 5/sec.',
      ],
    ],
    [
      'a target that is not known',
      { traffic: { port: 8080, from: '192.0.2.1' }, verdict: 'blocked' },
      [
        'error | input tcp port 8080 from 192.0.2.1, IPv4 | dropped or rejected | not decided | What becomes of it cannot be told at rule 6 of chain INPUT in table filter (iptables): `-p tcp -m tcp --dport 8080 -j NFQUEUE --queue-num 0` (-j NFQUEUE --queue-num 0); look at `iptables -L INPUT -n -v --line-numbers`.',
      ],
    ],
    [
      'answers come back',
      { traffic: { port: 40_000, state: 'established', from: '192.0.2.1' }, verdict: 'accept' },
      ['pass | input established tcp port 40000 from 192.0.2.1, IPv4 | accepted | accepted | '],
    ],
    [
      'through the host',
      { traffic: { direction: 'forward', port: 443, from: '10.0.0.1', to: '192.0.2.1' }, verdict: 'accept' },
      [
        'fail | forward tcp port 443 from 10.0.0.1 to 192.0.2.1, IPv4 | accepted | dropped | Dropped by the policy of chain FORWARD in table filter (iptables). Look at `iptables -L FORWARD -n -v --line-numbers`.',
      ],
    ],
    [
      'from the host',
      { traffic: { direction: 'output', port: 443, to: '192.0.2.1' }, verdict: 'accept' },
      ['pass | output tcp port 443 to 192.0.2.1, IPv4 | accepted | accepted | '],
    ],
    [
      'lo is another matter',
      { traffic: { port: 5432, interface: 'lo', from: '127.0.0.1' }, verdict: 'accept' },
      ['pass | input tcp port 5432 from 127.0.0.1 by lo, IPv4 | accepted | accepted | '],
    ],
  ])('%s', (_, spec, findings) => {
    expect(judge(spec)).toEqual(findings)
  })

  test('under nft: sets, maps, marks and handles', () => {
    expect(judge({ traffic: { port: 443, from: 'any', interface: 'eth0' }, verdict: 'accept' }, nft)).toEqual([
      'fail | input tcp port 443 from any by eth0, IPv4 | accepted | dropped from 192.0.2.0/24 | Dropped by rule 3 (handle 14) of chain input in table inet filter (nft): `ip saddr @bad drop`. Look at `nft -a list chain inet filter input`.',
      'pass | input tcp port 443 from any by eth0, IPv6 | accepted | accepted | ',
    ])
    expect(judge({ traffic: { port: 23, from: '198.51.100.7', interface: 'eth0' }, verdict: 'accept' }, nft)).toEqual([
      'fail | input tcp port 23 from 198.51.100.7 by eth0, IPv4 | accepted | dropped | Dropped by the policy of chain input in table inet filter (nft). Look at `nft -a list chain inet filter input`.',
    ])
  })

  test.each([
    [
      'a rate of the set',
      { stmt: [{ limit: { rate: 1, per: 'hour' } }] },
      [{ elem: { val: '192.0.2.7', limit: { rate: 1, per: 'hour' } } }],
    ],
    ['a rate of the set, without its elements saying so', { stmt: [{ limit: { rate: 1, per: 'hour' } }] }, ['192.0.2.7']],
    ['a quota of one element', {}, [{ elem: { val: '192.0.2.7', quota: { val: 5, val_unit: 'mbytes' } } }]],
    ['what is not known', {}, [{ elem: { val: '192.0.2.7', stmt: [{ last: null }] } }]],
  ])('a set asks more than what is in it: %s', (_, more, elem) => {
    expect(judge({ traffic: { port: 443, from: '192.0.2.7' }, verdict: 'accept' }, nftWithSet({ ...more, elem }))).toEqual([
      'error | input tcp port 443 from 192.0.2.7, IPv4 | accepted | not decided | It may be accepted by rule 1 (handle 20) of chain input in table inet sets (nft): `ip saddr @s accept`, or dropped by the policy of chain input in table inet sets (nft). Rule 1 (handle 20) of chain input in table inet sets (nft): `ip saddr @s accept` turns on what is in set s.',
    ])
  })

  test('a set whose elements are counted is a plain set', () => {
    const elem = [{ elem: { val: '192.0.2.7', comment: 'ops', counter: { packets: 0, bytes: 0 } } }]
    expect(
      judge({ traffic: { port: 443, from: '192.0.2.7' }, verdict: 'accept' }, nftWithSet({ stmt: [{ counter: null }], elem })),
    ).toEqual(['pass | input tcp port 443 from 192.0.2.7, IPv4 | accepted | accepted | '])
  })

  const anonymous = { match: { op: '==', left: { meta: { key: 'iifname' } }, right: '100' } }
  const paired = { concat: [{ meta: { key: 'iifname' } }, { payload: { protocol: 'tcp', field: 'dport' } }] }
  const pair = { concat: ['100', 23] }
  test.each([
    ['iifname', nftWith(anonymous, { accept: null })],
    ['a set', nftWith({ match: { op: '==', left: paired, right: { set: [pair] } } }, { accept: null })],
    ['a map', nftWith({ vmap: { key: paired, data: { set: [[pair, { accept: null }]] } } })],
    ['a named set', nftWithSet({ type: 'ifname', elem: ['100'] }, { meta: { key: 'iifname' } })],
    ['iptables', iptablesWith('[0:0] -A INPUT -i 100 -j ACCEPT')],
  ])('an interface may have a number for a name: %s', (_, rules) => {
    const by = (link: string): string | undefined =>
      judge({ traffic: { port: 23, from: '198.51.100.7', interface: link }, verdict: 'accept' }, rules)[0]?.split(' | ')[0]
    expect([by('100'), by('docker0')]).toEqual(['pass', 'fail'])
  })

  test('whether an address is of a certain interface is not known', () => {
    const rules = iptablesWith('[0:0] -A INPUT -m addrtype --dst-type LOCAL --limit-iface-in -j ACCEPT')
    expect(judge({ traffic: { port: 22, from: '10.0.0.1', interface: 'eth0' }, verdict: 'accept' }, rules)).toEqual([
      'error | input tcp port 22 from 10.0.0.1 by eth0, IPv4 | accepted | not decided | It may be accepted by rule 1 of chain INPUT in table filter (iptables): `-m addrtype --dst-type LOCAL --limit-iface-in -j ACCEPT`, or dropped by the policy of chain INPUT in table filter (iptables). Rule 1 of chain INPUT in table filter (iptables): `-m addrtype --dst-type LOCAL --limit-iface-in -j ACCEPT` turns on -m addrtype --dst-type LOCAL --limit-iface-in.',
    ])
  })

  test('the older iptables drops what nft accepts, as both filter', () => {
    expect(judge({ traffic: { port: 443, from: '198.51.100.7', interface: 'eth0' }, verdict: 'accept' }, mixed)).toEqual([
      'fail | input tcp port 443 from 198.51.100.7 by eth0, IPv4 | accepted | dropped | Dropped by rule 1 of chain INPUT in table filter (iptables-legacy): `-p tcp -m tcp --dport 443 -j DROP`. Look at `iptables-legacy -L INPUT -n -v --line-numbers`.',
    ])
  })

  test('rules of a dormant table block nothing, and it is said why', () => {
    expect(judge({ traffic: { port: 23 }, verdict: 'blocked', family: 'inet' }, dormant)).toEqual([
      'fail | input tcp port 23, IPv4 | dropped or rejected | accepted | No filter chain is at the hook input for IPv4: everything is accepted. Switched off by `flags dormant`: table inet filter. Its rules are listed and do nothing.',
    ])
  })

  test('no rules at all accept, and it is said that there are none', () => {
    expect(judge({ traffic: { port: 23 }, verdict: 'blocked', family: 'inet' }, none)).toEqual([
      'fail | input tcp port 23, IPv4 | dropped or rejected | accepted | This host has no rules at all, neither of nft nor of iptables: everything is accepted.',
    ])
  })

  test('what cannot be listed may drop what is accepted, and cannot accept what is dropped', () => {
    const hidden = { ...iptables, unseen: ["nft's own tables, as there is no nft to list them"] }
    expect(judge({ traffic: { port: 22, from: '10.0.0.1' }, verdict: 'accept' }, hidden)).toEqual([
      "error | input tcp port 22 from 10.0.0.1, IPv4 | accepted | not decided | It cannot be told what is in nft's own tables, as there is no nft to list them.",
    ])
    expect(judge({ traffic: { port: 23, from: '10.66.0.1' }, verdict: 'blocked' }, hidden)).toEqual([
      'pass | input tcp port 23 from 10.66.0.1, IPv4 | dropped or rejected | dropped | ',
    ])
  })

  test('without IPv6 in the kernel nothing is asked of it', () => {
    expect(judge({ traffic: { port: 5432, from: 'any' }, verdict: 'blocked' }, { ...iptables, ipv6: false })).toHaveLength(1)
  })
})

describe('chains of devices', () => {
  const on = (devices: string, spec: Spec['traffic'], verdict: Spec['verdict'] = 'accept', hook: 'ingress' | 'egress' = 'ingress') =>
    judge({ traffic: { port: 443, from: '192.0.2.1', ...spec }, ...(verdict === undefined ? {} : { verdict }) }, gate(hook, devices)).map(
      (finding) => finding.split(' | ')[0],
    )

  test('drop before every other chain', () => {
    expect(
      judge({ traffic: { port: 443, from: '192.0.2.1', interface: 'eth0' }, verdict: 'accept' }, gate('ingress', 'device "eth0"')),
    ).toEqual([
      'fail | input tcp port 443 from 192.0.2.1 by eth0, IPv4 | accepted | dropped | Dropped by the policy of chain gate in table netdev early (nft). Look at `nft -a list chain netdev early gate`.',
    ])
  })

  test.each<[string, string, Spec['traffic'], Spec['verdict'], 'ingress' | 'egress', string]>([
    ['one of several devices', 'devices = { eth0, "docker0" }', { interface: 'docker0' }, 'accept', 'ingress', 'fail'],
    ['another device', 'device "eth0"', { interface: 'docker0' }, 'accept', 'ingress', 'pass'],
    ['another device does not block', 'device "eth0"', { interface: 'docker0' }, 'blocked', 'ingress', 'fail'],
    ['a port of the bridge', 'device "eth1"', { interface: 'br0' }, 'accept', 'ingress', 'error'],
    ['a port of the bridge, and the bridge', 'devices = { br0, eth1 }', { interface: 'br0' }, 'blocked', 'ingress', 'pass'],
    ['the parent of a VLAN', 'device "eth0"', { interface: 'eth0.5' }, 'accept', 'ingress', 'error'],
    ['what a tunnel runs over', 'device "eth0"', { interface: 'wg0' }, 'accept', 'ingress', 'error'],
    ['an interface that is not named', 'device "eth0"', {}, 'accept', 'ingress', 'error'],
    ['devices that are not told', '', { interface: 'docker0' }, 'accept', 'ingress', 'error'],
    ['devices that are not told do not block for sure', '', { interface: 'docker0' }, 'blocked', 'ingress', 'error'],
    ['on the way out', 'device "eth0"', { direction: 'output', 'out-interface': 'eth0' }, 'accept', 'egress', 'fail'],
    ['on the way out of another', 'device "eth0"', { direction: 'output', 'out-interface': 'docker0' }, 'accept', 'egress', 'pass'],
    ['on the way through', 'device "eth0"', { direction: 'forward', 'out-interface': 'eth0' }, 'accept', 'egress', 'fail'],
  ])('%s', (_, devices, traffic, verdict, hook, expected) => {
    expect(on(devices, traffic, verdict, hook)).toEqual([expected])
  })

  test('what is not known is told', () => {
    expect(
      judge({ traffic: { port: 443, from: '192.0.2.1', interface: 'br0' }, verdict: 'accept' }, gate('ingress', 'device "eth1"')),
    ).toEqual([
      'error | input tcp port 443 from 192.0.2.1 by br0, IPv4 | accepted | not decided | It may be accepted by default, as no chain stands in the way, or dropped by the policy of chain gate in table netdev early (nft). The policy of chain gate in table netdev early (nft) turns on whether these packets pass through eth1.',
    ])
    expect(
      judge({ traffic: { port: 443, from: '192.0.2.1' }, verdict: 'accept' }, gate('ingress', 'device "eth1"', 'accept', { drop: null })),
    ).toEqual([
      'error | input tcp port 443 from 192.0.2.1, IPv4 | accepted | not decided | It may be accepted by default, as no chain stands in the way, or dropped by rule 1 (handle 2) of chain gate in table netdev early (nft): `drop`. The policy of chain gate in table netdev early (nft) turns on the interface it comes in by: add `interface`.',
    ])
  })

  test('the links are asked for where an interface is named, in the same visit', () => {
    const links = [{ fact: 'links', host: 'web1', args: {} }]
    expect(firewall.needs({ traffic: { interface: 'eth0' }, verdict: 'accept' }, context).links).toEqual(links)
    expect(firewall.needs({ traffic: { port: 22 }, verdict: 'accept' }, context).links).toEqual([])
  })
})

describe('destinations of what is for the host', () => {
  const own = [
    { name: 'lo', addresses: ['127.0.0.1', '::1'] },
    { name: 'eth0', addresses: ['203.0.113.10', '203.0.113.11', '2001:db8:113::11'] },
  ].map(({ name, addresses }) => ({
    name,
    addresses: addresses.map((address) => ({ address, prefixLength: null, peer: null, dynamic: null })),
  }))
  const rules = iptablesWith(
    '[0:0] -A INPUT -d 203.0.113.10/32 -p tcp -m tcp --dport 443 -j ACCEPT\n[0:0] -A INPUT -d 203.0.113.11/32 -p tcp -m tcp --dport 443 -j ACCEPT\n[0:0] -A INPUT -d 203.0.113.11/32 -p tcp -m tcp --dport 22 -j ACCEPT',
  )
  const verdictOn = (traffic: Spec['traffic'], verdict: 'accept' | 'blocked' = 'accept', ruleset = rules): readonly string[] =>
    firewall
      .evaluate(
        { traffic: { ...traffic }, verdict, family: 'inet' },
        { rules: ruleset, links: [someLinks], addresses: [own] },
        context,
        nothingLearnt,
      )
      .map((finding) => `${finding.verdict} ${finding.actual}`)

  test.each<[string, Spec['traffic'], readonly string[]]>([
    ['all of them are meant where none is said', { port: 443 }, ['pass accepted']],
    ['not all are open', { port: 22 }, ['error not decided']],
    ['any are all of them', { port: 22, to: 'any' }, ['fail dropped to 203.0.113.10']],
    ['one of them', { port: 22, to: '203.0.113.11' }, ['pass accepted']],
    ['those within a prefix', { port: 443, to: '203.0.113.0/24' }, ['pass accepted']],
    ['another address', { port: 443, to: '203.0.113.99' }, ['error not decided']],
    ['another address beside one of them', { port: 443, to: ['203.0.113.11', '203.0.113.12'] }, ['error not decided']],
    ['a network in which it has none', { port: 443, to: '198.51.100.0/24' }, ['error not decided']],
    ['what is not for it may go anywhere', { port: 443, to: '203.0.113.99', direction: 'forward' }, ['fail dropped']],
    ['a group that it may listen to', { protocol: 'udp', port: 5353, to: '224.0.0.251' }, ['fail dropped']],
  ])('%s', (_, traffic, findings) => {
    expect(verdictOn(traffic)).toEqual(findings)
  })

  test('by lo it has the loopback addresses as well', () => {
    const closed = iptablesWith('[0:0] -A INPUT -d 127.0.0.0/8 -j ACCEPT')
    expect(verdictOn({ port: 80, interface: 'lo', to: '127.0.0.2' }, 'accept', closed)).toEqual(['pass accepted'])
    expect(verdictOn({ port: 80, interface: 'lo' }, 'accept', closed)).toEqual(['error not decided'])
    expect(verdictOn({ port: 80, to: '203.0.113.0/24' }, 'blocked', closed)).toEqual(['pass dropped'])
  })

  test('it is told which the host has', () => {
    const [finding] = firewall.evaluate(
      { traffic: { port: 443, to: '203.0.113.99' }, verdict: 'accept' },
      { rules, links: [], addresses: [own] },
      context,
      nothingLearnt,
    )
    expect(finding?.message).toBe(
      'It cannot be told what rules for input do with packets to 203.0.113.99: this host has 203.0.113.10, 203.0.113.11, and sends others on; ask with `direction: forward`.',
    )
  })

  test('its addresses are asked for in the same visit, for input', () => {
    const wanted = [{ fact: 'interfaces', host: 'web1', args: {} }]
    expect(firewall.needs({ traffic: { port: 22 }, verdict: 'accept' }, context).addresses).toEqual(wanted)
    expect(firewall.needs({ traffic: { port: 22, direction: 'forward' }, verdict: 'accept' }, context).addresses).toEqual([])
    expect(firewall.needs({ policy: { input: 'drop' } }, context).addresses).toEqual([])
  })
})

describe('interfaces that are named', () => {
  const anywhere = { port: 443, from: '198.51.100.7' }

  test('one that the host has not proves nothing', () => {
    expect(judge({ traffic: { ...anywhere, interface: 'etho0' }, verdict: 'accept' }, nft)).toEqual([
      'error | input tcp port 443 from 198.51.100.7 by etho0, IPv4 | accepted | not decided | The host has no interface etho0. Did you mean eth0? There are: lo, eth0, eth1, br0, eth0.5, docker0, wg0, 100.',
    ])
    expect(judge({ traffic: { direction: 'forward', 'out-interface': 'tun9' }, verdict: 'accept', family: 'inet' }, none)).toEqual([
      'error | forward tcp out by tun9, IPv4 | accepted | not decided | The host has no interface tun9. There are: lo, eth0, eth1, br0, eth0.5, docker0, wg0, 100.',
    ])
  })

  test('it may go by an alternative name, which rules do not know', () => {
    expect(judge({ traffic: { ...anywhere, interface: 'enp1s0' }, verdict: 'accept' }, nft)).toEqual([
      'pass | input tcp port 443 from 198.51.100.7 by enp1s0, IPv4 | accepted | accepted | ',
    ])
  })
})

/** Rules that let every new connection from outside pass, in words that seem to choose. */
const acceptsAll: readonly (readonly [string, ...object[]])[] = [
  ['iifname != lo accept', { match: { op: '!=', left: { meta: { key: 'iifname' } }, right: 'lo' } }, { accept: null }],
  [
    'fib daddr type local accept',
    { match: { op: '==', left: { fib: { result: 'type', flags: ['daddr'] } }, right: 'local' } },
    { accept: null },
  ],
  [
    'ct state vmap { established : accept, new : accept }',
    {
      vmap: {
        key: { ct: { key: 'state' } },
        data: {
          set: [
            ['established', { accept: null }],
            ['new', { accept: null }],
          ],
        },
      },
    },
  ],
]

describe('policy', () => {
  test.each<[string, Spec, typeof iptables, readonly string[]]>([
    [
      'a rule at the end is a default as well; IPv6 is forgotten',
      { policy: { input: 'blocked' } },
      iptables,
      [
        'pass | default of input, IPv4 | dropped or rejected | rejected | ',
        'fail | default of input, IPv6 | dropped or rejected | accepted | IPv4 is rejected by default, IPv6 is not: what is closed there is open here. Decided by the policy of chain INPUT in table filter (ip6tables). Look at `ip6tables -L INPUT -n -v --line-numbers`.',
      ],
    ],
    [
      'each hook has its own',
      { policy: { forward: 'drop', output: 'accept' }, family: 'inet' },
      iptables,
      ['pass | default of forward, IPv4 | dropped | dropped | ', 'pass | default of output, IPv4 | accepted | accepted | '],
    ],
    [
      'one chain for both families',
      { policy: { input: 'drop' } },
      nft,
      ['pass | default of input, IPv4 | dropped | dropped | ', 'pass | default of input, IPv6 | dropped | dropped | '],
    ],
    ...acceptsAll.map(([what, ...expr]): [string, Spec, typeof iptables, readonly string[]] => [
      `what the policy drops is accepted by a rule before: ${what}`,
      { policy: { input: 'blocked' }, family: 'inet' },
      nftWith(...expr),
      [
        `fail | default of input, IPv4 | dropped or rejected | accepted | Decided by rule 5 (handle 16) of chain input in table inet filter (nft): \`${what}\`. Look at \`nft -a list chain inet filter input\`.`,
      ],
    ]),
    [
      'a dormant table decides nothing',
      { policy: { input: 'drop' }, family: 'inet' },
      dormant,
      [
        'fail | default of input, IPv4 | dropped | accepted, as no chain is at this hook | No filter chain is at the hook input for IPv4. Look at `nft list ruleset` and `iptables-save`. Switched off by `flags dormant`: table inet filter. Its rules are listed and do nothing.',
      ],
    ],
    [
      'no chain accepts',
      { policy: { forward: 'drop' }, family: 'inet' },
      nft,
      [
        'fail | default of forward, IPv4 | dropped | accepted, as no chain is at this hook | No filter chain is at the hook forward for IPv4. Look at `nft list ruleset` and `iptables-save`.',
      ],
    ],
  ])('%s', (_, spec, rules, findings) => {
    expect(judge(spec, rules)).toEqual(findings)
  })
})

describe('counters', () => {
  const rule = { chain: 'INPUT', comment: 'ssh from inside' }

  test.each<[string, Spec, typeof iptables, readonly string[]]>([
    [
      'within bounds',
      { counters: { over: '5s', rule, packets: { max: 10 } } },
      closed,
      ['pass | rules of INPUT with comment "ssh from inside" | at most 10 packets in 5s | 10 packets in 5.1 s | '],
    ],
    [
      'beyond',
      { counters: { over: '5s', rule, packets: { max: 0 }, bytes: 0 } },
      closed,
      [
        'fail | rules of INPUT with comment "ssh from inside" | at most 0 packets in 5s | 10 packets in 5.1 s | Counted by rule 4 of chain INPUT in table filter (iptables): `-s 10.0.0.0/8 -p tcp -m tcp --dport 22 -m comment --comment "ssh from inside" -j ACCEPT`. Look at `iptables -L INPUT -n -v --line-numbers`.',
        'fail | rules of INPUT with comment "ssh from inside" | 0 bytes in 5s | 600 bytes in 5.1 s | Counted by rule 4 of chain INPUT in table filter (iptables): `-s 10.0.0.0/8 -p tcp -m tcp --dport 22 -m comment --comment "ssh from inside" -j ACCEPT`. Look at `iptables -L INPUT -n -v --line-numbers`.',
      ],
    ],
    [
      'a policy counts, too',
      { counters: { over: '5s', rule: { chain: 'FORWARD', policy: true }, packets: 0 } },
      closed,
      ['pass | policy of FORWARD | 0 packets in 5s | 0 packets in 5.1 s | '],
    ],
    [
      'a counter that all of them share counts once',
      { counters: { over: '5s', rule: { text: 'counter name web' }, packets: 10 } },
      sharing,
      ['pass | rules with `counter name web` | 10 packets in 5s | 10 packets in 5.1 s | '],
    ],
    [
      'beside one that counts by itself',
      { counters: { over: '5s', rule: { chain: 'input' }, packets: 110 } },
      sharing,
      ['pass | rules of input | 110 packets in 5s | 110 packets in 5.1 s | '],
    ],
    [
      'a counter that another rule shares',
      { counters: { over: '5s', rule: { text: 'dport 443' }, packets: 10 } },
      sharing,
      [
        'error | rules with `dport 443` | 10 packets in 5s | not known | rule 2 (handle 5) of chain input in table inet web (nft): `tcp dport 443 counter name web accept` shares the counter web with rule 1 (handle 4) of chain input in table inet web (nft): `tcp dport 80 counter name web accept`: how much each counts cannot be told. Let `rule` say what holds for all that share it, or give each rule a counter of its own.',
      ],
    ],
    [
      'no such rule',
      { counters: { over: '5s', rule: { comment: 'ssh' }, packets: 0 } },
      closed,
      [
        'fail | rules with comment "ssh" | 0 packets in 5s | no such rule | No rule of this host is like that. Look at `nft -a list ruleset` and `iptables-save -c`.',
      ],
    ],
    [
      'a rule that does not count',
      { counters: { over: '5s', rule: { text: 'ip saddr @bad' }, packets: 0 } },
      nft,
      [
        'error | rules with `ip saddr @bad` | 0 packets in 5s | not counted | rule 3 (handle 14) of chain input in table inet filter (nft): `ip saddr @bad drop` does not count: in nft a rule counts with the word `counter` only.',
      ],
    ],
    [
      'loaded anew in between',
      { counters: { over: '5s', rule, packets: 0 } },
      { ...iptables, growthMs: 5_000 },
      [
        'error | rules of INPUT with comment "ssh from inside" | 0 packets in 5s | not known | rule 4 of chain INPUT in table filter (iptables): `-s 10.0.0.0/8 -p tcp -m tcp --dport 22 -m comment --comment "ssh from inside" -j ACCEPT` was loaded anew or set to zero meanwhile: run it again.',
      ],
    ],
  ])('%s', (_, spec, rules, findings) => {
    expect(judge(spec, rules)).toEqual(findings)
  })

  test('asks for the rules twice, and for all checks of one window at once', () => {
    const { rules } = firewall.needs({ counters: { over: '5s', rule, packets: 0 } }, context)
    expect(rules).toEqual({ fact: 'firewall-rules', host: 'web1', args: { overMs: 5_000 } })
    expect(firewall.needs({ policy: { input: 'drop' } }, context).rules.args).toEqual({ overMs: null })
  })
})
