import { describe, expect, test } from 'vitest'
import { busyBox, evaluate, inet, inet6, linkDown, name, procInet, procInet6, type Row, show } from './cases.js'

describe('fails', () => {
  const boot = 'It was set by hand or by a script (protocol boot).'
  const rows: readonly Row[] = [
    [
      { destination: 'default', via: '203.0.113.1', interface: 'eth0' },
      inet,
      'route default: via | 203.0.113.1 dev eth0 | 10.10.0.1 dev eth1 metric 100 | Two default routes: the one via 203.0.113.1 has metric 200, and the lower metric wins.',
    ],
    [
      { destination: 'default', metric: 200 },
      inet,
      'route default: metric | 200 | 100 | Two default routes: the one via 203.0.113.1 has metric 200, and the lower metric wins.',
    ],
    [
      { destination: 'default', via: '10.10.0.7' },
      inet,
      `route default: via | 10.10.0.7 | 10.10.0.1 dev eth1 metric 100 | Two such routes, and none is as expected. ${boot}`,
    ],
    [
      { destination: 'default', via: '10.10.0.7', backup: true },
      inet,
      `route default: via | 10.10.0.7 | 10.10.0.1 dev eth1 metric 100 | Two such routes, and none is as expected. ${boot}`,
    ],
    // Addresses are compared, not text: 10.10.0.1 is not a beginning of 10.10.0.10.
    [
      { destination: '10.20.0.0/16', via: '10.10.0.10' },
      inet,
      'route 10.20.0.0/16: via | 10.10.0.10 | 10.10.0.1 dev eth1 | It comes from the network configuration (protocol static).',
    ],
    [
      { destination: '10.20.0.0/16', via: '10.10.0.1', interface: 'eth' },
      inet,
      'route 10.20.0.0/16: via | 10.10.0.1 dev eth | 10.10.0.1 dev eth1 | It comes from the network configuration (protocol static).',
    ],
    [
      { destination: '10.10.0.0/24', via: '10.10.0.1' },
      inet,
      'route 10.10.0.0/24: via | 10.10.0.1 | dev eth1 | The kernel made it from an address of the interface.',
    ],
    [{ destination: '10.50.0.7', source: '10.10.0.5' }, inet, `route 10.50.0.7: source | 10.10.0.5 | none | ${boot}`],
    [
      { destination: '10.66.0.0/16', via: '10.10.0.1' },
      inet,
      'route 10.66.0.0/16: type | a route that leads somewhere | blackhole | The route is there to turn packets away. It was set by hand or by a script (protocol boot). Where that is meant, expect it with `type`.',
      `route 10.66.0.0/16: via | 10.10.0.1 | blackhole | ${boot}`,
    ],
    [
      { destination: '10.66.0.0/16' },
      inet,
      'route 10.66.0.0/16: type | a route that leads somewhere | blackhole | The route is there to turn packets away. It was set by hand or by a script (protocol boot). Where that is meant, expect it with `type`.',
    ],
    [{ destination: '10.67.0.0/16', type: 'blackhole' }, inet, `route 10.67.0.0/16: type | blackhole | unreachable | ${boot}`],
    [
      { destination: '10.30.0.0/16', via: '10.10.0.1' },
      inet,
      'route 10.30.0.0/16: via | 10.10.0.1 | 203.0.113.1 dev eth0 weight 1, 10.10.0.1 dev eth1 weight 5 | The route has 2 next hops, and every one must be as expected; `next-hops` lists several. It comes from the network configuration (protocol static).',
    ],
    [
      { destination: '10.30.0.0/16', 'next-hops': [{ via: '10.10.0.1' }] },
      inet,
      'route 10.30.0.0/16: next-hops | 10.10.0.1 | 203.0.113.1 dev eth0 weight 1, 10.10.0.1 dev eth1 weight 5 | Not expected: 203.0.113.1 dev eth0 weight 1. It comes from the network configuration (protocol static).',
    ],
    [
      { destination: '10.30.0.0/16', 'next-hops': [{ via: '10.10.0.1', weight: 1 }, { via: '203.0.113.1' }] },
      inet,
      'route 10.30.0.0/16: next-hops | 10.10.0.1 weight 1, 203.0.113.1 | 203.0.113.1 dev eth0 weight 1, 10.10.0.1 dev eth1 weight 5 | Missing: 10.10.0.1 weight 1. Not expected: 10.10.0.1 dev eth1 weight 5. It comes from the network configuration (protocol static).',
    ],
    [
      { destination: '10.20.0.0/16' },
      linkDown,
      'route 10.20.0.0/16: link | up | 10.10.0.1 dev eth1 linkdown | The route is there, but eth1 has no carrier or is down: look at `ip link show eth1`, the cable and the switch port. With `link: any` this is accepted.',
    ],
    [
      { destination: '10.21.0.0/16' },
      inet,
      'route 10.21.0.0/16 | a route | no such route | Traffic to it takes the default route instead: via 10.10.0.1 dev eth1 metric 100.',
    ],
    [
      { destination: '10.66.5.0/24', via: '10.10.0.1', metric: { max: 5 } },
      inet,
      'route 10.66.5.0/24 | via 10.10.0.1, metric at most 5 | no such route | Traffic to it takes 10.66.0.0/16 instead: blackhole.',
    ],
    [
      { destination: '10.20.0.0/24' },
      inet,
      'route 10.20.0.0/24 | a route | no such route | Traffic to it takes 10.20.0.0/16 instead: via 10.10.0.1 dev eth1.',
    ],
    [
      { destination: '10.20.0.0/15' },
      inet,
      'route 10.20.0.0/15 | a route | no such route | Traffic to it takes the default route instead: via 10.10.0.1 dev eth1 metric 100. There is 10.20.0.0/16: the same network with another length.',
    ],
    [
      { destination: '10.77.0.0/16' },
      inet,
      'route 10.77.0.0/16 | a route | no such route | Traffic to it takes the default route instead: via 10.10.0.1 dev eth1 metric 100. Table 1234 has it: via 203.0.113.7 dev eth0.',
    ],
    [
      { destination: '10.60.0.0/16' },
      inet,
      'route 10.60.0.0/16 | a route | no such route | There is one for packets with TOS 0x10 alone: dev eth0. Traffic to it takes the default route instead: via 10.10.0.1 dev eth1 metric 100.',
    ],
    [
      { destination: '2001:db8:71::/48' },
      inet6,
      'route 2001:db8:71::/48 | a route | no such route | There is one for packets from 2001:db8:2::/64 alone: via fe80::7 dev eth1 metric 1024. Traffic to it takes the default route instead: via fe80::1 dev eth0 metric 1024.',
    ],
    [
      { destination: '10.78.0.0/16', table: 1234 },
      inet,
      'route 10.78.0.0/16 table 1234 | a route | no such route | No other route of table 1234 covers it either.',
    ],
    [
      { destination: 'default', table: 'mgmt' },
      inet,
      'route default table mgmt | a route | no such route | Table mgmt is empty; there are routes in 99, 1234, main, local. Table 99 has it: via 10.10.0.9 dev eth1. Table main has it: via 10.10.0.1 dev eth1 metric 100. Table main has it: via 203.0.113.1 dev eth0 metric 200.',
    ],
    [
      { destination: 'default', absent: true },
      inet,
      `route default | no route | 10.10.0.1 dev eth1 metric 100 | The route is there. ${boot}`,
    ],
    [
      { destination: 'default', absent: true, metric: { min: 150 } },
      inet,
      'route default | no route with metric at least 150 | 203.0.113.1 dev eth0 metric 200 | The route is there. It comes from the network configuration (protocol static).',
    ],
    // One next hop that must not be is enough.
    [
      { destination: '10.30.0.0/16', absent: true, via: '10.10.0.1' },
      inet,
      'route 10.30.0.0/16 | no route with via 10.10.0.1 | 203.0.113.1 dev eth0 weight 1, 10.10.0.1 dev eth1 weight 5 | The route is there. It comes from the network configuration (protocol static).',
    ],
    [
      { destination: 'default', family: 'inet6', absent: true },
      procInet6,
      'route default (IPv6) | no route | fe80::1 dev eth0 metric 1024 | The route is there. Read without `ip`: the host does not tell which table a route is in; table main is assumed.',
    ],
    [{ destination: '10.30.0.0/16', via: '10.10.0.1' }, procInet, 'route 10.30.0.0/16: via | 10.10.0.1 | 203.0.113.1 dev eth0'],
    [
      { destination: '2001:db8:30::/48', via: '2001:db8:1::1' },
      procInet6,
      'route 2001:db8:30::/48: via | 2001:db8:1::1 | 2001:db8:1::1 dev eth0 weight 1, 2001:db8:2::1 dev eth1 weight 1 metric 1024 | The route has 2 next hops, and every one must be as expected; `next-hops` lists several.',
    ],
  ]
  test.each(rows.map((row) => [name(row), row] as const))('%s', (_, [spec, tables, ...findings]) => {
    const found = evaluate(spec, tables)
    expect(found.map(show)).toEqual(findings)
    expect(found.map(({ verdict }) => verdict)).toEqual(found.map(() => 'fail'))
  })
})

describe('cannot tell, and says so', () => {
  const notShown = 'The tools of this host do not show it; `ip` of iproute2 would.'
  const rows: readonly Row[] = [
    [
      { destination: 'default', table: 99, absent: true },
      procInet,
      'route default table 99: table | 99 | not shown by this host | Without `ip` of iproute2 or BusyBox this host shows table main alone.',
    ],
    [
      { destination: 'default', table: 99, via: '10.10.0.9' },
      procInet,
      'route default table 99: table | 99 | not shown by this host | Without `ip` of iproute2 or BusyBox this host shows table main alone.',
    ],
    [
      { destination: '2001:db8:70::/48', table: 99 },
      procInet6,
      'route 2001:db8:70::/48 table 99: table | 99 | fe80::7 dev eth1 metric 1024 in some table | Without `ip` of iproute2 or BusyBox this host does not tell which table a route is in.',
    ],
    [
      { destination: '10.20.0.0/16', protocol: 'static' },
      busyBox,
      `route 10.20.0.0/16: protocol | static | not shown by this host | ${notShown}`,
    ],
    [
      { destination: '10.20.0.0/16', source: '10.10.0.5' },
      procInet,
      `route 10.20.0.0/16: source | 10.10.0.5 | not shown by this host | ${notShown}`,
    ],
    [
      { destination: '10.30.0.0/16', via: '203.0.113.1' },
      busyBox,
      `route 10.30.0.0/16: via | 203.0.113.1 | next hops that this host does not show | ${notShown}`,
    ],
    [
      { destination: '10.40.0.0/16', interface: 'eth0' },
      procInet,
      `route 10.40.0.0/16: interface | eth0 | next hops that this host does not show | ${notShown}`,
    ],
    [
      { destination: '10.20.0.0/16', 'next-hops': [{ via: '10.10.0.1' }] },
      procInet,
      `route 10.20.0.0/16: next-hops | 10.10.0.1 | 10.10.0.1 dev eth1 | ${notShown}`,
    ],
    [
      { destination: '10.66.0.0/16', type: 'blackhole' },
      procInet,
      `route 10.66.0.0/16: type | blackhole | blackhole or throw | ${notShown}`,
    ],
    [
      { destination: '10.30.0.0/16', absent: true, via: '10.10.0.1' },
      procInet,
      'route 10.30.0.0/16 | no route with via 10.10.0.1 | 203.0.113.1 dev eth0 | Whether this route is the unwanted one, the tools of this host do not show; `ip` of iproute2 would.',
    ],
    [
      { destination: '10.20.0.0/16', absent: true, protocol: 'dhcp' },
      busyBox,
      'route 10.20.0.0/16 | no route with protocol dhcp | 10.10.0.1 dev eth1 | Whether this route is the unwanted one, the tools of this host do not show; `ip` of iproute2 would.',
    ],
  ]
  test.each(rows.map((row) => [name(row), row] as const))('%s', (_, [spec, tables, ...findings]) => {
    const found = evaluate(spec, tables)
    expect(found.map(show)).toEqual(findings)
    expect(found.map(({ verdict }) => verdict)).toEqual(found.map(() => 'error'))
  })
})
