import { describe, expect, test } from 'vitest'
import type { NextHop, Route, RouteTables } from '../../facts/routes/index.js'
import { evaluate, inet, inet6, linkDown, name, procInet, procInet6, type Row, show } from './cases.js'

describe('passes', () => {
  const rows: readonly Row[] = [
    [{ destination: 'default' }, inet, 'route default | a route | 10.10.0.1 dev eth1 metric 100'],
    [{ destination: '0.0.0.0/0' }, inet, 'route 0.0.0.0/0 | a route | 10.10.0.1 dev eth1 metric 100'],
    [{ destination: 'default', family: 'inet6' }, inet6, 'route default (IPv6) | a route | fe80::1 dev eth0 metric 1024'],
    [{ destination: 'default', via: '10.10.0.1' }, inet, 'route default: via | 10.10.0.1 | 10.10.0.1 dev eth1 metric 100'],
    [
      { destination: 'default', via: '10.10.0.1', interface: 'eth1', metric: 100, protocol: 'boot' },
      inet,
      'route default: via | 10.10.0.1 dev eth1 | 10.10.0.1 dev eth1 metric 100',
      'route default: metric | 100 | 100',
      'route default: protocol | boot | boot',
    ],
    [{ destination: 'default', via: { not: '203.0.113.1' } }, inet, 'route default: via | not 203.0.113.1 | 10.10.0.1 dev eth1 metric 100'],
    [{ destination: 'default', metric: { max: 100 } }, inet, 'route default: metric | at most 100 | 100'],
    [
      { destination: 'default', interface: { 'one-of': ['eth0', 'eth1'] } },
      inet,
      'route default: interface | one of eth0, eth1 | 10.10.0.1 dev eth1 metric 100',
    ],
    [
      { destination: 'default', via: '203.0.113.1', metric: 200, backup: true },
      inet,
      'route default: via | 203.0.113.1 | 203.0.113.1 dev eth0 metric 200',
      'route default: metric | 200 | 200',
    ],
    [{ destination: '10.20.0.0/16', source: '10.10.0.5' }, inet, 'route 10.20.0.0/16: source | 10.10.0.5 | 10.10.0.5'],
    [{ destination: '10.50.0.7', via: '203.0.113.2' }, inet, 'route 10.50.0.7: via | 203.0.113.2 | 203.0.113.2 dev eth0'],
    [{ destination: '10.50.0.7/32' }, inet, 'route 10.50.0.7/32 | a route | 203.0.113.2 dev eth0'],
    [{ destination: '10.66.0.0/16', type: 'blackhole' }, inet, 'route 10.66.0.0/16: type | blackhole | blackhole'],
    [
      { destination: '10.67.0.0/16', type: { not: 'unicast' }, metric: 50 },
      inet,
      'route 10.67.0.0/16: type | not unicast | unreachable',
      'route 10.67.0.0/16: metric | 50 | 50',
    ],
    [{ destination: 'default', table: 99, via: '10.10.0.9' }, inet, 'route default table 99: via | 10.10.0.9 | 10.10.0.9 dev eth1'],
    [{ destination: 'default', table: 254, metric: 100 }, inet, 'route default: metric | 100 | 100'],
    [{ destination: '127.0.0.0/8', table: 'local', type: 'local' }, inet, 'route 127.0.0.0/8 table local: type | local | local'],
    // An IPv6 next hop of an IPv4 route (RFC 8950), in any spelling.
    [
      { destination: '10.40.0.0/16', via: 'FE80:0::1', interface: 'eth0' },
      inet,
      'route 10.40.0.0/16: via | fe80::1 dev eth0 | fe80::1 dev eth0',
    ],
    [{ destination: '198.51.100.0/24' }, inet, 'route 198.51.100.0/24 | a route | 198.51.100.1 dev eth1 onlink'],
    [
      { destination: '10.30.0.0/16', 'next-hops': [{ via: '10.10.0.1', weight: 5 }, { interface: 'eth0' }] },
      inet,
      'route 10.30.0.0/16: next-hops | 10.10.0.1 weight 5, dev eth0 | 203.0.113.1 dev eth0 weight 1, 10.10.0.1 dev eth1 weight 5',
    ],
    [
      { destination: '10.30.0.0/16', interface: { matches: '^eth' } },
      inet,
      'route 10.30.0.0/16: interface | matching /^eth/ | 203.0.113.1 dev eth0 weight 1, 10.10.0.1 dev eth1 weight 5',
    ],
    // Once per interface: the expected one says which is meant.
    [{ destination: 'fe80::/64', interface: 'eth1' }, inet6, 'route fe80::/64: interface | eth1 | dev eth1 metric 256'],
    [
      { destination: '2001:db8:30::/48', 'next-hops': [{ via: '2001:db8:1::1' }, { via: '2001:db8:2:0::1' }] },
      inet6,
      'route 2001:db8:30::/48: next-hops | 2001:db8:1::1, 2001:db8:2:0::1 | 2001:db8:1::1 dev eth0 weight 1, 2001:db8:2::1 dev eth1 weight 3 metric 1024'.replace(
        ' metric 1024',
        '',
      ),
    ],
    [{ destination: '10.20.0.0/16', link: 'any' }, linkDown, 'route 10.20.0.0/16 | a route | 10.10.0.1 dev eth1 linkdown'],
    [{ destination: '10.99.0.0/16', absent: true }, inet, 'route 10.99.0.0/16 | no route | no such route'],
    [
      { destination: 'default', absent: true, via: '10.10.0.7' },
      inet,
      'route default | no route with via 10.10.0.7 | 10.10.0.1 dev eth1 metric 100; 203.0.113.1 dev eth0 metric 200',
    ],
    [{ destination: 'default', absent: true, table: 100 }, inet, 'route default table 100 | no route | no such route'],
    // Of a route with TOS, packets without it see nothing.
    [{ destination: '10.60.0.0/16', absent: true }, inet, 'route 10.60.0.0/16 | no route | no such route'],
    [
      { destination: '10.20.0.0/16', via: '10.10.0.1' },
      procInet,
      'route 10.20.0.0/16: via | 10.10.0.1 | 10.10.0.1 dev eth1 | Read without `ip`: of a multipath route only the first next hop would be seen, and a route for one TOS alone looks like any other. A link that is down would not be seen.',
    ],
    [
      { destination: 'default', family: 'inet6', via: 'fe80::1' },
      procInet6,
      'route default (IPv6): via | fe80::1 | fe80::1 dev eth0 metric 1024 | Read without `ip`: the host does not tell which table a route is in; table main is assumed. A link that is down would not be seen.',
    ],
    [
      { destination: '10.66.0.0/16', type: { 'one-of': ['blackhole', 'throw'] } },
      procInet,
      'route 10.66.0.0/16: type | one of blackhole, throw | blackhole or throw | Read without `ip`: of a multipath route only the first next hop would be seen, and a route for one TOS alone looks like any other.',
    ],
    [
      { destination: '2001:db8:ffff::/48', table: 99, absent: true },
      procInet6,
      'route 2001:db8:ffff::/48 table 99 | no route | no such route',
    ],
  ]
  test.each(rows.map((row) => [name(row), row] as const))('%s', (_, [spec, tables, ...findings]) => {
    const found = evaluate(spec, tables)
    expect(found.map(show)).toEqual(findings)
    expect(found.map(({ verdict }) => verdict)).toEqual(found.map(() => 'pass'))
  })
})

describe('dead next hops', () => {
  const hop = (via: string, device: string, ...flags: readonly string[]): NextHop => ({ via, interface: device, weight: 1, flags })
  const to = (metric: number, ...nextHops: readonly NextHop[]): Route => ({
    destination: '0.0.0.0/0',
    types: ['unicast'],
    nextHops,
    metric,
    table: 'main',
    protocol: 'boot',
    scope: 'global',
    source: null,
    from: null,
    tos: null,
  })
  const tables = (...list: readonly Route[]): RouteTables => ({ family: 'inet', tables: 'all', hides: [], routes: list })
  const dead = hop('10.0.0.1', 'eth0', 'dead', 'linkdown')

  test('a dead route gives way to a higher metric', () => {
    const found = evaluate({ destination: 'default', via: '10.0.0.1' }, tables(to(100, dead), to(200, hop('10.0.1.1', 'eth1'))))
    expect(found.map(show)).toEqual([
      'route default: via | 10.0.0.1 | 10.0.1.1 dev eth1 metric 200 | Two default routes: the one via 10.0.0.1 has metric 100, but its link is dead.',
    ])
  })

  test('the only route is judged, and its link fails', () => {
    const found = evaluate({ destination: 'default', via: '10.0.0.1' }, tables(to(100, dead)))
    expect(found.map(({ subject, verdict, actual }) => [subject, verdict, actual])).toEqual([
      ['route default: via', 'pass', '10.0.0.1 dev eth0 dead linkdown metric 100'],
      ['route default: link', 'fail', '10.0.0.1 dev eth0 dead linkdown'],
    ])
  })

  test('one broken leg of several fails', () => {
    const found = evaluate({ destination: 'default' }, tables(to(0, hop('10.0.0.1', 'eth0'), hop('10.0.1.1', 'eth1', 'linkdown'))))
    expect(found.map(({ subject, actual }) => [subject, actual])).toEqual([['route default: link', '10.0.1.1 dev eth1 linkdown']])
  })
})

describe('IPv6 routes of one metric, of which one turns packets away', () => {
  const base = {
    destination: '2001:db8::/32',
    metric: 1024,
    table: 'main',
    protocol: 'boot',
    scope: 'global',
    source: null,
    from: null,
    tos: null,
  }
  const leads: Route = { ...base, types: ['unicast'], nextHops: [{ via: 'fe80::1', interface: 'eth0', weight: 1, flags: [] }] }
  const swallows: Route = { ...base, types: ['blackhole'], nextHops: [] }
  const verdicts = (...routes: readonly Route[]) =>
    evaluate({ destination: base.destination, via: 'fe80::1' }, { family: 'inet6', tables: 'all', hides: [], routes }).map(
      ({ subject, verdict, actual }) => [subject, verdict, actual],
    )

  test('the first takes every packet', () => {
    expect(verdicts(swallows, leads)).toEqual([
      ['route 2001:db8::/32: type', 'fail', 'blackhole'],
      ['route 2001:db8::/32: via', 'fail', 'blackhole metric 1024'],
    ])
    expect(verdicts(leads, swallows)).toEqual([['route 2001:db8::/32: via', 'pass', 'fe80::1 dev eth0 metric 1024']])
  })
})

test('a route that may be a blackhole is not believed to lead somewhere', () => {
  const route: Route = {
    ...(procInet.routes[0] as Route),
    destination: '10.70.0.0/16',
    types: ['unicast', 'blackhole'],
    nextHops: [{ via: null, interface: 'lo', weight: 1, flags: [] }],
  }
  const found = evaluate({ destination: '10.70.0.0/16' }, { ...procInet, routes: [route] })
  expect(found.map(({ verdict, subject, actual }) => [verdict, subject, actual])).toEqual([
    ['error', 'route 10.70.0.0/16: type', 'unicast or blackhole'],
  ])
})

test('a link that the host does not show is not believed to be up where that is expected', () => {
  const verdicts = (link: 'up' | 'any') =>
    evaluate({ destination: '10.20.0.0/16', link }, procInet).map(({ verdict, subject, actual, message }) => [
      verdict,
      subject,
      actual,
      message,
    ])
  expect(verdicts('up')).toEqual([
    ['error', 'route 10.20.0.0/16: link', 'not shown by this host', 'The tools of this host do not show it; `ip` of iproute2 would.'],
  ])
  expect(verdicts('any').map(([verdict]) => verdict)).toEqual(['pass'])
})

describe('a table by its number', () => {
  const mgmt: RouteTables = { ...inet, routes: [{ ...(inet.routes[0] as Route), destination: '10.99.0.0/16', table: 'mgmt' }] }
  const question = 'Is mgmt table 99? A table that has a name on the host (/etc/iproute2/rt_tables) goes by it: if so, write `table: mgmt`.'

  test.each([true, false])('is perhaps one that the host has a name for (absent: %j)', (absent) => {
    const found = evaluate({ destination: '10.99.0.0/16', table: 99, absent }, mgmt)
    expect(found.map(({ subject, verdict, message }) => [subject, verdict, message])).toEqual([
      ['route 10.99.0.0/16 table 99: table', 'error', question],
    ])
  })

  test('is none that has routes under its number, or no such route', () => {
    const both: RouteTables = {
      ...mgmt,
      routes: [...mgmt.routes, { ...(mgmt.routes[0] as Route), destination: '10.98.0.0/16', table: '99' }],
    }
    const verdicts = (destination: string, tables: RouteTables) =>
      evaluate({ destination, table: 99, absent: true }, tables).map(({ verdict }) => verdict)
    expect(verdicts('10.99.0.0/16', both)).toEqual(['pass'])
    expect(verdicts('10.97.0.0/16', mgmt)).toEqual(['pass'])
  })
})

describe('size', () => {
  test('a thousand checks of a full table read it once', () => {
    const routes = Array.from(
      { length: 100_000 },
      (_, index): Route => ({ ...(inet.routes[0] as Route), destination: `10.${index >> 8}.${index & 255}.0/24`, table: 'main' }),
    )
    const tables: RouteTables = { family: 'inet', tables: 'all', hides: [], routes }
    const started = process.cpuUsage()
    for (let index = 0; index < 1_000; index += 1) evaluate({ destination: `10.7.${index & 255}.0/${24 + (index & 1)}` }, tables)
    const spent = process.cpuUsage(started)
    // About 0.5 s where this was written; reading the table each time would take a minute.
    expect((spent.user + spent.system) / 1e6).toBeLessThan(10)
  })
})
