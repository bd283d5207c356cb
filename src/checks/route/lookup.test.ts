import { describe, expect, test } from 'vitest'
import type { RouteLookup } from '../../facts/route-lookup/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext, Finding } from '../../model/check.js'
import { route } from './index.js'
import type { Spec } from './schema.js'

const context = { host: { name: 'web1' } } as CheckContext

const show = ({ subject, expected, actual, message }: Finding): string =>
  `${subject} | ${expected} | ${actual}${message === '' ? '' : ` | ${message}`}`

describe('lookups', () => {
  const found: RouteLookup = {
    failure: null,
    type: 'unicast',
    via: '10.10.0.1',
    interface: 'eth1',
    source: '10.10.0.5',
    table: 'main',
    metric: 0,
    protocol: 'static',
    matched: '10.20.0.0/16',
  }
  const old: RouteLookup = { ...found, table: null, metric: null, protocol: null, matched: null }
  const unreachable: RouteLookup = { failure: 'unreachable', message: 'Network is unreachable' }
  const blackhole: RouteLookup = { failure: 'blackhole', message: 'Invalid argument' }
  const decides = 'The route to 10.20.0.0/16 of table main (protocol static) decides it.'
  const nowhere = 'No route leads there, or one of type unreachable does: see `ip rule` and `ip route show table all`.'
  const notShown = 'The `ip` of this host does not show it in answers to `ip route get`; iproute2 from 5.1 does.'

  const byName = 'Which number table mgmt has, only the host knows (/etc/iproute2/rt_tables): expect its name instead of a number.'

  test.each<[string, Omit<Spec, 'destination' | 'lookup'>, RouteLookup, ...string[]]>([
    ['pass', {}, found, 'lookup 10.20.1.1 | a way | 10.10.0.1 dev eth1'],
    [
      'pass',
      { via: '10.10.0.1', interface: 'eth1', source: '10.10.0.5', table: 'main', metric: 0, protocol: 'static', type: 'unicast' },
      found,
      'lookup 10.20.1.1: type | unicast | unicast',
      'lookup 10.20.1.1: via | 10.10.0.1 dev eth1 | 10.10.0.1 dev eth1',
      'lookup 10.20.1.1: source | 10.10.0.5 | 10.10.0.5',
      'lookup 10.20.1.1: table | main | main',
      'lookup 10.20.1.1: metric | 0 | 0',
      'lookup 10.20.1.1: protocol | static | static',
    ],
    ['pass', { table: { not: [99, 100] } }, found, 'lookup 10.20.1.1: table | not 99 or 100 | main'],
    ['pass', { absent: true }, unreachable, 'lookup 10.20.1.1 | no way | unreachable (Network is unreachable)'],
    ['pass', { absent: true, via: '10.10.0.2' }, found, 'lookup 10.20.1.1 | no way with via 10.10.0.2 | 10.10.0.1 dev eth1'],
    ['pass', { absent: true, via: '10.10.0.2' }, blackhole, 'lookup 10.20.1.1 | no way with via 10.10.0.2 | blackhole (Invalid argument)'],
    ['pass', { type: 'blackhole' }, blackhole, 'lookup 10.20.1.1: type | blackhole | blackhole'],
    ['fail', { via: '203.0.113.1' }, found, `lookup 10.20.1.1: via | 203.0.113.1 | 10.10.0.1 dev eth1 | ${decides}`],
    [
      'fail',
      { via: '10.10.0.1', interface: 'eth0' },
      found,
      `lookup 10.20.1.1: via | 10.10.0.1 dev eth0 | 10.10.0.1 dev eth1 | The gateway is right, the interface is not. ${decides}`,
    ],
    ['fail', { via: '10.10.0.1' }, unreachable, `lookup 10.20.1.1 | via 10.10.0.1 | unreachable (Network is unreachable) | ${nowhere}`],
    [
      'fail',
      { from: '192.0.2.9' },
      unreachable,
      `lookup 10.20.1.1 from 192.0.2.9 | a way | unreachable (Network is unreachable) | ${nowhere}`,
    ],
    [
      'fail',
      { type: 'unicast' },
      blackhole,
      'lookup 10.20.1.1: type | unicast | blackhole | A route or rule of type blackhole swallows it: see `ip rule` and `ip route show table all type blackhole`.',
    ],
    ['fail', { absent: true }, found, `lookup 10.20.1.1 | no way | 10.10.0.1 dev eth1 | The kernel would send the packet. ${decides}`],
    [
      'fail',
      { absent: true, interface: 'eth1' },
      old,
      'lookup 10.20.1.1 | no way with interface eth1 | 10.10.0.1 dev eth1 | The kernel would send the packet.',
    ],
    ['error', { metric: 0 }, old, `lookup 10.20.1.1: metric | 0 | not shown by this host | ${notShown}`],
    ['error', { table: { not: 99 } }, { ...found, table: 'mgmt' }, `lookup 10.20.1.1: table | not 99 | mgmt | ${byName}`],
    [
      'error',
      { absent: true, table: 99 },
      { ...found, table: 'mgmt' },
      `lookup 10.20.1.1 | no way with table 99 | 10.10.0.1 dev eth1 table mgmt | ${byName}`,
    ],
    ['pass', { table: { not: 99 } }, { ...found, table: '100' }, 'lookup 10.20.1.1: table | not 99 | 100'],
    ['pass', { table: 'mgmt' }, { ...found, table: 'mgmt' }, 'lookup 10.20.1.1: table | mgmt | mgmt'],
    ['error', { table: 'main' }, old, `lookup 10.20.1.1: table | main | not shown by this host | ${notShown}`],
    ['error', { absent: true, table: 99 }, old, `lookup 10.20.1.1 | no way with table 99 | 10.10.0.1 dev eth1 | ${notShown}`],
  ])('%s: %j', (verdict, more, lookup, ...findings) => {
    const all = route.evaluate({ destination: '10.20.1.1', lookup: true, ...more }, { lookup, source: [] }, context, nothingLearnt)
    expect(all.map(show)).toEqual(findings)
    expect(new Set(all.map((finding) => finding.verdict))).toEqual(new Set([verdict]))
  })

  describe('from a source that may not be the host’s', () => {
    const own: RouteLookup = { ...found, type: 'local', via: null, interface: 'lo', table: 'local' }
    const foreign =
      '192.0.2.9 is no address of this host, and the kernel refuses packets from such a source before it looks at routes: see `ip -4 address show`.'

    test.each<[string, Omit<Spec, 'destination' | 'lookup'>, RouteLookup, RouteLookup, string]>([
      ['pass', { absent: true }, unreachable, own, 'no way | unreachable (Network is unreachable)'],
      ['error', { absent: true }, unreachable, unreachable, `no way | unreachable (Network is unreachable) | ${foreign}`],
      [
        'error',
        { absent: true, via: '10.10.0.2' },
        unreachable,
        found,
        `no way with via 10.10.0.2 | unreachable (Network is unreachable) | ${foreign}`,
      ],
      ['error', { type: 'unreachable' }, unreachable, found, `type unreachable | unreachable (Network is unreachable) | ${foreign}`],
      ['fail', { via: '10.10.0.1' }, unreachable, found, `via 10.10.0.1 | unreachable (Network is unreachable) | ${foreign}`],
      ['pass', { absent: true, via: '10.10.0.2' }, found, found, 'no way with via 10.10.0.2 | 10.10.0.1 dev eth1'],
    ])('%s: %j', (verdict, more, lookup, source, finding) => {
      const spec = { destination: '10.20.1.1', lookup: true, from: '192.0.2.9', ...more }
      const all = route.evaluate(spec, { lookup, source: [source] }, context, nothingLearnt)
      expect(all.map(show)).toEqual([`lookup 10.20.1.1 from 192.0.2.9 | ${finding}`])
      expect(all.map((each) => each.verdict)).toEqual([verdict])
    })

    test('is asked about in IPv4, where the kernel refuses it', () => {
      const asked = (destination: string, from: string) => {
        const needs = route.needs({ destination, lookup: true, from }, context)
        return 'source' in needs ? needs.source.map(({ args }) => args) : null
      }
      expect(asked('10.20.1.1', '192.0.2.9')).toEqual([{ destination: '192.0.2.9' }])
      expect(asked('2001:db8::1', '2001:db8::9')).toEqual([])
    })
  })
})
