import { describe, expect, test } from 'vitest'
import type { CheckContext } from '../../model/check.js'
import { back, evaluate, front, hop, type Row, show, tables, tables6, to } from './cases.js'
import { defaultRoute } from './index.js'
import type { Spec } from './schema.js'

const name = ([spec, { routes }]: Row): string => `${JSON.stringify(spec)} of ${routes.length}`
const advertised = (via: string, device: string) => to('::/0', [hop(via, device)], { protocol: 'ra', metric: 1024 })
const unreachable = to('0.0.0.0/0', [], { types: ['unreachable'], metric: 5 })
const tunnel = [to('0.0.0.0/1', [hop('10.8.0.1', 'tun0')]), to('128.0.0.0/1', [hop('10.8.0.1', 'tun0')])]
const proc = { hides: ['protocol', 'scope', 'source', 'link-state', 'further-next-hops'], tables: 'main' } as const
const proc6 = { hides: ['protocol', 'scope', 'source', 'link-state'], tables: 'unnamed' } as const
const nameless = (via: string) => to('::/0', [hop(via, 'eth0')], { protocol: null, table: null, scope: null, metric: 1024 })

const readWithoutIp =
  'Read without `ip`: of a multipath route only the first next hop would be seen, and a route for one TOS alone looks like any other. A link that is down would not be seen.'
const persist =
  'To last, do the same in the network configuration: no gateway and no default route from DHCP at the back end, but these routes; the check `network-config` proves it. Look at `ip route show default table all`.'
const dropped = 'stateful firewalls drop such replies, and strict rp_filter drops the requests.'
const frontAlone =
  'Keep the default gateway of the front end alone, and reach the networks behind the back end by routes of their own, such as `ip route add NETWORK via ITS-GATEWAY`.'
const noWay =
  'A default route goes when its interface does: look at `ip route show default table all` and `ip link`, then at the gateway in the network configuration or the DHCP lease.'

describe('passes', () => {
  const rows: readonly Row[] = [
    [{}, tables(front), 'pass | default-route: count | 1 | 1: 203.0.113.1 dev eth0 metric 200'],
    [
      { via: '203.0.113.1', interface: 'eth0', metric: { max: 200 } },
      tables(front),
      'pass | default-route: count | 1 | 1: 203.0.113.1 dev eth0 metric 200',
      'pass | default-route: via | 203.0.113.1 dev eth0 | 203.0.113.1 dev eth0 metric 200',
      'pass | default-route: metric | at most 200 | 200',
    ],
    [
      { source: '203.0.113.11' },
      tables({ ...front, source: '203.0.113.11' }),
      'pass | default-route: count | 1 | 1: 203.0.113.1 dev eth0 metric 200',
      'pass | default-route: source | 203.0.113.11 | 203.0.113.11',
    ],
    // A router of another family (RFC 8950), in any spelling.
    [
      { via: 'FE80:0::1' },
      tables(to('0.0.0.0/0', [hop('fe80::1', 'eth0')])),
      'pass | default-route: count | 1 | 1: fe80::1 dev eth0',
      'pass | default-route: via | fe80::1 | fe80::1 dev eth0',
    ],
    // A default of another table is a matter of rules, and one for a TOS is not for all packets.
    [
      {},
      tables(front, { ...back, table: '99' }, { ...back, tos: '0x10' }),
      'pass | default-route: count | 1 | 1: 203.0.113.1 dev eth0 metric 200',
    ],
    [
      { table: 99, via: '10.10.0.1' },
      tables(front, { ...back, table: '99' }),
      'pass | default-route table 99: count | 1 | 1: 10.10.0.1 dev eth1 metric 100',
      'pass | default-route table 99: via | 10.10.0.1 | 10.10.0.1 dev eth1 metric 100',
    ],
    // Of routers of one metric the one that advertises a higher preference is used.
    [
      { family: 'inet6', count: 2, via: 'fe80::2' },
      tables6({ ...advertised('fe80::1', 'eth0'), preference: 'low' }, { ...advertised('fe80::2', 'eth0'), preference: 'high' }),
      'pass | default-route (IPv6): count | 2 | 2: fe80::1 dev eth0 metric 1024; fe80::2 dev eth0 metric 1024',
      'pass | default-route (IPv6): via | fe80::2 | fe80::2 dev eth0 metric 1024',
    ],
    // One route with two next hops is one route.
    [
      {},
      tables(to('0.0.0.0/0', [hop('203.0.113.1', 'eth0'), hop('10.10.0.1', 'eth1')])),
      'pass | default-route: count | 1 | 1: 203.0.113.1 dev eth0 weight 1, 10.10.0.1 dev eth1 weight 1',
    ],
    // As old kernels list an IPv6 multipath route.
    [
      { family: 'inet6', count: 2, via: 'fe80::1' },
      tables6(advertised('fe80::1', 'eth0'), { ...advertised('fe80::2', 'eth0'), preference: 'high' }),
      'pass | default-route (IPv6): count | 2 | 2: fe80::1 dev eth0 metric 1024; fe80::2 dev eth0 metric 1024',
      'fail | default-route (IPv6): via | fe80::1 | fe80::2 dev eth0 metric 1024 | There is one via fe80::1 dev eth0 too, of the same metric: the router in use advertises itself with a higher preference (RFC 4191).',
    ],
    [
      { family: 'inet6' },
      tables6(to('::/0', [hop('fe80::1', 'eth0')]), to('::/0', [hop('fe80::2', 'eth0')])),
      'pass | default-route (IPv6): count | 1 | 1: fe80::1 dev eth0; fe80::2 dev eth0',
    ],
    [
      { count: 2, via: '10.10.0.1' },
      tables(front, back),
      'pass | default-route: count | 2 | 2: 10.10.0.1 dev eth1 metric 100; 203.0.113.1 dev eth0 metric 200',
      'pass | default-route: via | 10.10.0.1 | 10.10.0.1 dev eth1 metric 100',
    ],
    [
      {},
      tables(front, ...tunnel),
      'pass | default-route: count | 1 | 1: 203.0.113.1 dev eth0 metric 200 | No traffic takes the default route: 0.0.0.0/1 and 128.0.0.0/1 via 10.8.0.1 dev tun0 cover every address and are longer, as VPN clients set it.',
    ],
    [
      { family: 'inet6' },
      tables6(advertised('fe80::1', 'eth0'), to('2000::/3', [hop(null, 'tun0')])),
      'pass | default-route (IPv6): count | 1 | 1: fe80::1 dev eth0 metric 1024 | No traffic takes the default route: 2000::/3 dev tun0 covers every global address and is longer, as VPN clients set it.',
    ],
    [{ count: 0 }, tables(unreachable), 'pass | default-route: count | 0 | 0'],
    [{ absent: true }, tables(), 'pass | default-route | no default route | no default route'],
    [{ absent: true }, tables(unreachable), 'pass | default-route | no default route | unreachable metric 5'],
    [
      { absent: true, interface: 'eth1' },
      tables(front),
      'pass | default-route | no default route with interface eth1 | 203.0.113.1 dev eth0 metric 200',
    ],
    [{}, { ...tables(front), ...proc }, `pass | default-route: count | 1 | 1: 203.0.113.1 dev eth0 metric 200 | ${readWithoutIp}`],
    [
      { family: 'inet6' },
      { ...tables6(nameless('fe80::1')), ...proc6 },
      'pass | default-route (IPv6): count | 1 | 1: fe80::1 dev eth0 metric 1024 | Read without `ip`: the host does not tell which table a route is in; table main is assumed. A link that is down would not be seen.',
    ],
  ]
  test.each(rows.map((row) => [name(row), row] as const))('%s', (_, [spec, read, ...findings]) => {
    expect(evaluate(spec, read).map(show)).toEqual(findings)
  })
})

describe('fails', () => {
  const rows: readonly Row[] = [
    [
      {},
      tables(back, front),
      `fail | default-route: count | 1 | 2: 10.10.0.1 dev eth1 metric 100; 203.0.113.1 dev eth0 metric 200 | Two default gateways, on eth1 and eth0: the classic mistake on a host with several networks. The one via 10.10.0.1 dev eth1 metric 100 wins: it has the lowest metric. What comes in by eth0 from beyond 203.0.113.0/24 is answered by eth1: ${dropped} ${frontAlone} ${persist}`,
    ],
    [
      { via: '203.0.113.1', interface: 'eth0' },
      tables({ ...back, protocol: 'dhcp' }, front),
      `fail | default-route: count | 1 | 2: 10.10.0.1 dev eth1 metric 100; 203.0.113.1 dev eth0 metric 200 | Two default gateways, on eth1 and eth0: the classic mistake on a host with several networks. The one via 10.10.0.1 dev eth1 metric 100 wins: it has the lowest metric. What comes in by eth0 from beyond 203.0.113.0/24 is answered by eth1: ${dropped} Keep the one via 203.0.113.1 dev eth0 alone, and reach the networks behind the other by routes of their own, such as \`ip route add NETWORK via 10.10.0.1 dev eth1\`. The one via 10.10.0.1 dev eth1 is to go. It comes from DHCP. ${persist}`,
      'fail | default-route: via | 203.0.113.1 dev eth0 | 10.10.0.1 dev eth1 metric 100 | There is one via 203.0.113.1 dev eth0 too: its metric is 200, and the lower metric wins.',
    ],
    [
      { interface: 'eth0' },
      tables({ ...back, metric: 200 }, front),
      `fail | default-route: count | 1 | 2: 10.10.0.1 dev eth1 metric 200; 203.0.113.1 dev eth0 metric 200 | Two default gateways, on eth1 and eth0: the classic mistake on a host with several networks. They share the metric 200, so that the kernel may use either: the first whose gateway answers. What comes in by the one may be answered by the other: ${dropped} Keep the one via 203.0.113.1 dev eth0 alone, and reach the networks behind the other by routes of their own, such as \`ip route add NETWORK via 10.10.0.1 dev eth1\`. The one via 10.10.0.1 dev eth1 is to go. It was set by hand or by a script (protocol boot). ${persist}`,
      'fail | default-route: interface | eth0 | 10.10.0.1 dev eth1 metric 200; 203.0.113.1 dev eth0 metric 200 | 2 default routes share the metric 200: the kernel may use any of them.',
    ],
    [
      {},
      tables(front, to('0.0.0.0/0', [hop('203.0.113.2', 'eth0')], { metric: 300 })),
      'fail | default-route: count | 1 | 2: 203.0.113.1 dev eth0 metric 200; 203.0.113.2 dev eth0 metric 300 | Two default gateways on eth0. Linux does not test them: one of higher metric is used only once the other route is gone. The one via 203.0.113.1 dev eth0 metric 200 wins: it has the lowest metric. Look at `ip route show default table all`.',
    ],
    [
      { family: 'inet6' },
      tables6(advertised('fe80::1', 'eth0'), advertised('fe80::2', 'eth0')),
      'fail | default-route (IPv6): count | 1 | 2: fe80::1 dev eth0 metric 1024; fe80::2 dev eth0 metric 1024 | Two routers advertise themselves on eth0; where that is meant, expect their number with `count`. They share the metric 1024, so that the kernel may use either: the first whose gateway answers. Look at `ip -6 route show default table all`.',
    ],
    [
      { family: 'inet6', interface: 'eth0' },
      tables6(advertised('fe80::1', 'eth0'), { ...advertised('fe80::2', 'eth1'), metric: 2048 }),
      'fail | default-route (IPv6): count | 1 | 2: fe80::1 dev eth0 metric 1024; fe80::2 dev eth1 metric 2048 | Two default gateways, on eth0 and eth1: the classic mistake on a host with several networks. The one via fe80::1 dev eth0 metric 1024 wins: it has the lowest metric. What comes in by eth1 is answered by eth0: stateful firewalls drop such replies. Keep the one via fe80::1 dev eth0 alone, and reach the networks behind the other by routes of their own, such as `ip -6 route add NETWORK via fe80::2 dev eth1`. The one via fe80::2 dev eth1 is to go. It comes from a router advertisement. net.ipv6.conf.eth1.accept_ra_defrtr=0 refuses it. To last, do the same in the network configuration: no gateway and no default route from DHCP at the back end, but these routes; the check `network-config` proves it. Look at `ip -6 route show default table all`.',
      'pass | default-route (IPv6): interface | eth0 | fe80::1 dev eth0 metric 1024',
    ],
    [{}, tables(), `fail | default-route: count | 1 | 0 | Table main has no way to other networks. ${noWay}`],
    [
      { via: '203.0.113.1' },
      tables({ ...back, table: '99' }, unreachable),
      `fail | default-route: count | 1 | 0 | Table main has no way to other networks (expected: via 203.0.113.1). Its default route turns packets away: unreachable metric 5. Table 99 has one, for packets that a rule sends there: via 10.10.0.1 dev eth1 metric 100. ${noWay}`,
    ],
    [
      { count: { min: 0 }, via: '203.0.113.1' },
      tables(),
      'pass | default-route: count | at least 0 | 0',
      `fail | default-route | via 203.0.113.1 | no default route | Table main has no way to other networks. ${noWay}`,
    ],
    [
      { via: '203.0.113.7' },
      tables(front),
      'pass | default-route: count | 1 | 1: 203.0.113.1 dev eth0 metric 200',
      'fail | default-route: via | 203.0.113.7 | 203.0.113.1 dev eth0 metric 200 | It was set by hand or by a script (protocol boot).',
    ],
    [
      { source: '203.0.113.11' },
      tables(front),
      'pass | default-route: count | 1 | 1: 203.0.113.1 dev eth0 metric 200',
      'fail | default-route: source | 203.0.113.11 | none | It was set by hand or by a script (protocol boot).',
    ],
    // A blackhole that comes first.
    [
      {},
      tables(front, unreachable),
      'pass | default-route: count | 1 | 1: 203.0.113.1 dev eth0 metric 200',
      'fail | default-route: type | a route that leads somewhere | unreachable metric 5 | It has the lowest metric, so that traffic is turned away in spite of the gateways behind it. It was set by hand or by a script (protocol boot).',
    ],
    [
      {},
      tables(to('0.0.0.0/0', [hop('203.0.113.1', 'eth0', 'linkdown')])),
      'pass | default-route: count | 1 | 1: 203.0.113.1 dev eth0 linkdown',
      'fail | default-route: link | up | dead: 203.0.113.1 dev eth0 linkdown | eth0 has no carrier or is down, and the kernel sends packets into it all the same, as the sysctl ignore_routes_with_linkdown is not set. Look at `ip link show eth0`, the cable and the switch port.',
    ],
    [
      { count: 2 },
      tables(to('0.0.0.0/0', [hop('203.0.113.1', 'eth0', 'dead', 'linkdown')]), { ...back, metric: 300 }),
      'pass | default-route: count | 2 | 2: 203.0.113.1 dev eth0 dead linkdown; 10.10.0.1 dev eth1 metric 300',
      'fail | default-route: link | up | dead: 203.0.113.1 dev eth0 dead linkdown | eth0 has no carrier or is down, and the kernel passes over it. Look at `ip link show eth0`, the cable and the switch port.',
    ],
    [
      { count: 3 },
      tables(front),
      'fail | default-route: count | 3 | 1: 203.0.113.1 dev eth0 metric 200 | More were expected: a gateway that is not configured, or whose interface is down. Look at `ip link` and `ip route show default table all`.',
    ],
    [
      { absent: true, interface: 'eth1' },
      tables(back, front),
      'fail | default-route | no default route with interface eth1 | 10.10.0.1 dev eth1 metric 100 | The default route is there. It was set by hand or by a script (protocol boot). Take the gateway out of the network configuration of that interface, or the default route out of what DHCP may set.',
    ],
  ]
  test.each(rows.map((row) => [name(row), row] as const))('%s', (_, [spec, read, ...findings]) => {
    expect(evaluate(spec, read).map(show)).toEqual(findings)
  })
})

describe('leaves undetermined', () => {
  const unseen = 'The tools of this host do not show it; `ip` of iproute2 would.'
  const rows: readonly Row[] = [
    [
      { table: 99, absent: true },
      { ...tables(front), ...proc },
      'error | default-route table 99: table | 99 | not shown by this host | Without `ip` of iproute2 or BusyBox this host shows table main alone.',
    ],
    [
      { source: '203.0.113.11' },
      { ...tables(front), ...proc },
      `pass | default-route: count | 1 | 1: 203.0.113.1 dev eth0 metric 200 | ${readWithoutIp}`,
      `error | default-route: source | 203.0.113.11 | not shown by this host | ${unseen}`,
    ],
    [
      { family: 'inet6' },
      { ...tables6(nameless('fe80::1'), nameless('fe80::2')), ...proc6 },
      'error | default-route (IPv6): count | 1 | 1 to 2: fe80::1 dev eth0 metric 1024; fe80::2 dev eth0 metric 1024 | Read without `ip`: the host does not tell whether they are in one table. `ip` of iproute2 would show it.',
    ],
    // BusyBox, of a multipath route.
    [
      { interface: 'eth0' },
      tables(to('0.0.0.0/0', null)),
      'pass | default-route: count | 1 | 1: next hops that this host does not show | A link that is down would not be seen.',
      `error | default-route: interface | eth0 | next hops that this host does not show | ${unseen}`,
    ],
    [
      { absent: true, via: '10.10.0.1' },
      { ...tables(front), ...proc },
      'error | default-route | no default route with via 10.10.0.1 | 203.0.113.1 dev eth0 metric 200 | Whether this route is the unwanted one, the tools of this host do not show; `ip` of iproute2 would.',
    ],
    // A nexthop object that is a blackhole looks like a gateway to `lo`.
    [
      {},
      { ...tables(to('0.0.0.0/0', [hop(null, 'lo')], { types: ['unicast', 'blackhole'] })), ...proc, hides: [] },
      'error | default-route: count | 1 | 0 to 1: dev lo | The tools of this host do not tell a gateway from a blackhole here. `ip` of iproute2 would show it.',
    ],
    [
      { table: 100 },
      tables({ ...back, table: 'backend' }),
      'error | default-route table 100: table | 100 | 10.10.0.1 dev eth1 metric 100 in table backend | Is backend table 100? A table that has a name on the host (/etc/iproute2/rt_tables) goes by it: if so, write `table: backend`.',
    ],
  ]
  test.each(rows.map((row) => [name(row), row] as const))('%s', (_, [spec, read, ...findings]) => {
    expect(evaluate(spec, read).map(show)).toEqual(findings)
  })
})

describe('refuses', () => {
  const nothingAt = 'drop `via`, or write `absent: true` for a default route that must not be like that'
  test.each<[Spec, string, string | undefined]>([
    [{ via: '10.0.0.1/24' }, 'via: expected an address, found "10.0.0.1/24"', 'write 10.0.0.1'],
    [
      { via: { not: ['10.0.0.1', 'fe80::1'] }, family: 'inet6' },
      'via.not.0: 10.0.0.1 is an IPv4 address, and the default route is of the other family',
      'leave `family: inet6` out for the IPv4 default route',
    ],
    [
      { source: '2001:db8::1' },
      'source: 2001:db8::1 is an IPv6 address, and the default route is of the other family',
      'add `family: inet6` for the IPv6 default route',
    ],
    [{ interface: { min: 'eth0' } }, 'interface.min: `min` needs numbers, and interface is none', 'use one-of or matches'],
    [{ count: { min: 3, max: 2 } }, 'count.min: `min` 3 is more than `max` 2', undefined],
    [{ metric: { min: 3, max: 2 } }, 'metric.min: `min` 3 is more than `max` 2', undefined],
    [
      { count: 1, absent: true },
      'count: `absent` already says how many: none',
      'drop one of the two: `absent` is about every default route, whatever their number',
    ],
    [{ count: 0, via: '10.0.0.1' }, 'count: no default route is expected, so that it cannot be as expected', nothingAt],
    [{ count: { max: 0 }, via: '10.0.0.1' }, 'count: no default route is expected, so that it cannot be as expected', nothingAt],
    [{ count: { min: 0 } }, 'count: any number of default routes would do: that proves nothing', 'write `count: { min: 1 }`, or a number'],
  ])('%j', (spec, message, hint) => {
    const found = defaultRoute.problems?.(spec).map((problem) => [`${problem.path.join('.')}: ${problem.message}`, problem.hint])
    expect(found).toEqual([[message, hint]])
  })

  test.each<Spec>([{}, { count: { min: 1 } }, { count: { min: 0 }, via: '10.0.0.1' }, { count: 0 }, { via: 'fe80::1' }])(
    'but not %j',
    (spec) => {
      expect(defaultRoute.problems?.(spec)).toEqual([])
    },
  )
})

test('asks for facts of the family that is meant, and for rules where table main is', () => {
  const tables = { fact: 'routes', host: 'web1', args: { family: 'inet6' } }
  const needs = (spec: Spec) => defaultRoute.needs({ family: 'inet6', ...spec }, { host: { name: 'web1' } } as CheckContext)
  expect(needs({})).toEqual({ tables, rules: { ...tables, fact: 'rules' } })
  expect(needs({ table: 99 })).toEqual({ tables })
  expect(needs({ absent: true })).toEqual({ tables })
})
