import { describe, expect, it } from 'vitest'
import type { DetailSummary, SocketSummary } from '../../facts/sockets/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext } from '../../model/check.js'
import type { Become } from '../../model/inventory.js'
import { connections } from './index.js'
import type { Spec } from './schema.js'

const context = (become: Become = 'none'): CheckContext => ({
  host: { name: 'web1', address: '192.0.2.1', platform: 'linux', transport: 'ssh', ssh: {}, become, groups: [], vars: {} },
  inventory: { hosts: new Map(), groups: new Map(), routers: {}, resolvers: new Map() },
  timeoutMs: 5_000,
})

const socket = (peer: string, process: string | null = null) => ({ state: 'established', local: '10.0.0.1:443', peer, process }) as const
const some = (count: number, rest: Partial<SocketSummary> = {}): SocketSummary => ({
  count,
  hidden: 0,
  states: count === 0 ? [] : [{ name: 'established', count }],
  peers: [],
  localPorts: [],
  peerPorts: [],
  examples: [],
  details: [],
  ...rest,
})
const rtt = (values: readonly number[], hidden = 0): DetailSummary => {
  const sorted = [...values].sort((a, b) => a - b)
  const measured = sorted.map((value) => ({ value, socket: socket(`10.0.0.9:${value}`) }))
  return {
    name: 'rtt',
    shown: values.length,
    hidden,
    median: sorted[Math.floor((sorted.length - 1) / 2)] ?? null,
    lowest: measured.slice(0, 5),
    highest: measured.toReversed().slice(0, 5),
  }
}
type Row = readonly [verdict: string, subject: string, expected: string, actual: string, message: string]
const judge = (spec: Spec, summary: SocketSummary, become?: Become): readonly Row[] =>
  connections
    .evaluate(spec, { sockets: summary }, context(become), nothingLearnt)
    .map(({ verdict, subject, expected, actual, message }) => [verdict, subject, expected, actual, message])

describe('counts', () => {
  const look = (filter: string) => `Look at \`ss -ntp ${filter}\`.`
  it.each<[what: string, spec: Spec, summary: SocketSummary, row: Row]>([
    ['none, drained', { count: 0, 'local-port': 443 }, some(0), ['pass', 'connections established on port 443', '0', '0', '']],
    [
      'three to the database',
      { count: { min: 3 }, 'peer-port': 5432, peer: '10.20.0.5' },
      some(3),
      ['pass', 'connections established with 10.20.0.5 to port 5432', 'at least 3', '3', ''],
    ],
    [
      'one that is left',
      { count: 0, 'local-port': 443 },
      some(1, { examples: [socket('10.0.0.9:40000', 'nginx')] }),
      [
        'fail',
        'connections established on port 443',
        '0',
        '1',
        `They are: 10.0.0.1:443 with 10.0.0.9:40000 (nginx). ${look("state established 'sport = :443'")}`,
      ],
    ],
    [
      'too few',
      { count: { min: 3 }, 'peer-port': 5432, state: 'established' },
      some(0),
      [
        'fail',
        'connections established to port 5432',
        'at least 3',
        '0',
        `There is none now. ${look("state established 'dport = :5432'")}`,
      ],
    ],
    [
      'a flood',
      { count: { max: 1000 }, state: 'time-wait' },
      some(1500, {
        states: [{ name: 'time-wait', count: 1500 }],
        peers: [
          { name: '10.0.0.5', count: 1400 },
          { name: '10.0.0.6', count: 100 },
        ],
        localPorts: [
          { name: 40_000, count: 1 },
          { name: 40_001, count: 1 },
        ],
        peerPorts: [
          { name: 5432, count: 1450 },
          { name: 80, count: 50 },
        ],
      }),
      [
        'fail',
        'connections time-wait',
        'at most 1000',
        '1500',
        `By peer 10.0.0.5 (1400), 10.0.0.6 (100); by port of the peer 5432 (1450), 80 (50). TIME-WAIT stays for a minute with the side that closes first: many mean many short connections, which keep-alive or a pool would spare. ${look('state time-wait')}`,
      ],
    ],
    [
      'a group of states',
      { count: { max: 5 }, state: ['connected'], family: 'inet6', 'local-address': ['2001:db8::/32'] },
      some(6, {
        states: [
          { name: 'close-wait', count: 5 },
          { name: 'established', count: 1 },
        ],
      }),
      [
        'fail',
        'connections connected inet6 of 2001:db8::/32',
        'at most 5',
        '6',
        `By state close-wait (5), established (1). In CLOSE-WAIT the peer has closed and the program here has not: it forgets to close its sockets. ${look('state connected')}`,
      ],
    ],
    [
      'udp',
      { count: 1, protocol: 'udp', 'peer-port': 53 },
      some(0),
      ['fail', 'connections udp to port 53', '1', '0', "There is none now. Look at `ss -nup state established 'dport = :53'`."],
    ],
  ])('%s', (_what, spec, summary, row) => {
    expect(judge(spec, summary)).toEqual([row])
  })

  const root =
    "Other users' processes are shown to root alone: set become: sudo for web1 in the inventory. Look at `ss -ntp state established`."
  it.each<[what: string, count: NonNullable<Spec['count']>, hidden: number, become: Become, verdict: string, message: string]>([
    ['enough without those', { min: 3 }, 9, 'none', 'pass', ''],
    ['perhaps too many with those', { max: 3 }, 1, 'none', 'error', root],
    ['perhaps enough with those', { min: 5 }, 2, 'none', 'error', root],
    ['not another number', 3, 1, 'none', 'error', root],
    ['perhaps just the number', 4, 1, 'none', 'error', root],
    ['too many of hidden ones to try', { max: 3 }, 5000, 'none', 'error', root],
    ['enough, and too many hidden ones to try', { min: 2 }, 5000, 'none', 'pass', ''],
    ['nobody, seen by root', 3, 5, 'sudo', 'pass', ''],
  ])('of one process: %s', (_what, count, hidden, become, verdict, message) => {
    const [row] = judge({ count, process: 'nginx' }, some(3, { hidden }), become)
    expect([row?.[0], row?.[4]]).toEqual([verdict, message])
  })

  it('cannot be few enough, whoever holds the hidden ones', () => {
    const [row] = judge({ count: { max: 2 }, process: 'nginx' }, some(3, { hidden: 1 }))
    expect(row?.slice(0, 4)).toEqual([
      'fail',
      'connections established held by nginx',
      'at most 2',
      '3, and 1 of which it is not shown who holds them',
    ])
  })
})

describe('measures', () => {
  const spec: Spec = { 'local-port': 443, rtt: { max: '50ms' } }
  const subject = 'connections established on port 443'
  it.each<[what: string, spec: Spec, summary: SocketSummary, row: Row]>([
    [
      'all of them',
      spec,
      some(3, { details: [rtt([10, 20, 50])] }),
      ['pass', `${subject}: rtt`, 'at most 50 ms each', '10 ms to 50 ms, half of them at most 20 ms (3 connections)', ''],
    ],
    [
      'the worst by name',
      spec,
      some(3, { details: [rtt([10, 60, 90])] }),
      [
        'fail',
        `${subject}: rtt`,
        'at most 50 ms each',
        '10 ms to 90 ms, half of them at most 60 ms (3 connections)',
        'Out of bounds are, the worst first, 10.0.0.1:443 with 10.0.0.9:90: 90 ms, 10.0.0.1:443 with 10.0.0.9:60: 60 ms.',
      ],
    ],
    [
      'too little',
      { 'local-port': 443, rtt: { min: '5ms' } },
      some(1, { details: [rtt([1])] }),
      ['fail', `${subject}: rtt`, 'at least 5 ms each', '1 ms (1 connection)', 'Out of bounds is 10.0.0.1:443 with 10.0.0.9:1: 1 ms.'],
    ],
    [
      'what one does not show',
      spec,
      some(2, { details: [rtt([10], 1)] }),
      [
        'error',
        `${subject}: rtt`,
        'at most 50 ms each',
        '10 ms (2 connections)',
        '1 of 2 connections do not show it: only ss of iproute2 does, and of retransmits, lost and unacked only since 4.3. Install iproute2 on the host.',
      ],
    ],
    [
      'what none shows',
      spec,
      some(2, { details: [rtt([], 2)] }),
      [
        'error',
        `${subject}: rtt`,
        'at most 50 ms each',
        'not shown (2 connections)',
        'No connection shows it: only ss of iproute2 does, and of retransmits, lost and unacked only since 4.3. Install iproute2 on the host.',
      ],
    ],
    [
      'one that is out of bounds although another does not show it',
      spec,
      some(2, { details: [rtt([70], 1)] }),
      ['fail', `${subject}: rtt`, 'at most 50 ms each', '70 ms (2 connections)', 'Out of bounds is 10.0.0.1:443 with 10.0.0.9:70: 70 ms.'],
    ],
  ])('%s', (_what, given, summary, row) => {
    expect(judge(given, summary)[1]).toEqual(row)
  })

  it('need something to measure, also where none is enough', () => {
    const none = some(0, { details: [rtt([])] })
    const nothing = 'There is no such connection to be measured.'
    expect(judge(spec, none).map(([verdict, , , , message]) => [verdict, message])).toEqual([
      ['fail', "There is none now. Look at `ss -ntp state established 'sport = :443'`."],
      ['error', nothing],
    ])
    expect(judge({ ...spec, count: { max: 5 } }, none).map(([verdict]) => verdict)).toEqual(['pass', 'error'])
  })

  it('are a number, too, which is exactly that', () => {
    const lost = (...values: readonly number[]): SocketSummary => some(values.length, { details: [{ ...rtt(values), name: 'lost' }] })
    expect(judge({ lost: 0 }, lost(0, 0))[1]).toEqual(['pass', 'connections established: lost', '0 each', '0 (2 connections)', ''])
    expect(judge({ lost: 0 }, lost(0, 3))[1]?.slice(0, 4)).toEqual([
      'fail',
      'connections established: lost',
      '0 each',
      '0 to 3 (2 connections)',
    ])
    expect(judge({ cwnd: 10 }, some(1, { details: [{ ...rtt([9]), name: 'cwnd' }] }))[1]?.[0]).toBe('fail')
  })

  it('are shown in their units', () => {
    const details: readonly DetailSummary[] = [
      { ...rtt([7]), name: 'retransmit-ratio' },
      { ...rtt([2_500_000]), name: 'delivery-rate' },
      { ...rtt([9]), name: 'cwnd' },
    ]
    const bounds: Spec = { 'retransmit-ratio': { max: '1%' }, 'delivery-rate': { min: '10Mbit/s' }, cwnd: { min: 10 } }
    expect(judge(bounds, some(1, { details })).map(([, , expected, actual]) => [expected, actual])).toEqual([
      ['at least 1', '1'],
      ['at most 1 % each', '7 % (1 connection)'],
      ['at least 10 each', '9 (1 connection)'],
      ['at least 10 Mbit/s each', '2.5 Mbit/s (1 connection)'],
    ])
  })
})

describe('asks', () => {
  it.each<[spec: Spec, args: object]>([
    [{ count: 0 }, { protocol: 'tcp', states: ['established'] }],
    [
      { count: 0, state: ['time-wait', 'established', 'time-wait'] },
      { protocol: 'tcp', states: ['established', 'time-wait'] },
    ],
    [
      { count: 0, state: 'bucket' },
      { protocol: 'tcp', states: ['syn-recv', 'time-wait'] },
    ],
    [
      { count: 0, state: 'synchronized' },
      {
        protocol: 'tcp',
        states: ['established', 'syn-recv', 'fin-wait-1', 'fin-wait-2', 'time-wait', 'close-wait', 'last-ack', 'closing'],
      },
    ],
    [
      { rtt: { max: '1s' }, cwnd: { min: 2 }, peer: ['10.1.0.0/16', '::FFFF:10.0.0.1'], 'peer-port': ['9000-9010', 443], family: 'inet' },
      {
        ...{ protocol: 'tcp', states: ['established'], family: 'inet', peer: ['10.0.0.1/32', '10.1.0.0/16'] },
        ...{
          peerPorts: [
            { from: 443, to: 443 },
            { from: 9000, to: 9010 },
          ],
          details: ['rtt', 'cwnd'],
        },
      },
    ],
  ])('%j', (spec, args) => {
    expect(connections.needs(spec, context())).toEqual({ sockets: { fact: 'sockets', host: 'web1', args } })
  })
})

describe('problems of a specification', () => {
  it.each<[spec: Spec, path: readonly (string | number)[], message: string, hint?: string]>([
    [{}, [], 'expected `count` or a measure such as `rtt`, found none', 'count: { min: 1 } means that there is one'],
    [{ count: { min: 0 } }, ['count', 'min'], 'there are always at least 0', 'count: { min: 1 } means that there is one'],
    [{ count: { min: 5, max: 3 } }, ['count', 'min'], '`min` 5 is more than `max` 3'],
    [{ cwnd: { min: 0 } }, ['cwnd', 'min'], 'it is always at least 0: that proves nothing'],
    [{ rtt: { min: '5ms', max: '3ms' } }, ['rtt', 'min'], '`min` 5ms is more than `max` 3ms'],
    [
      { count: 0, protocol: 'udp', state: 'time-wait' },
      ['state'],
      'UDP knows no state time-wait',
      'leave out `state`: what is connected to a peer is meant',
    ],
    [{ protocol: 'udp', rtt: { max: '1s' } }, ['rtt'], 'of UDP no rtt is known'],
    [
      { count: 0, state: 'bucket', process: 'nginx' },
      ['process'],
      'a connection in syn-recv or time-wait has no process',
      'leave out `process`, and name the port',
    ],
    [
      { rtt: { max: '1s' }, state: ['established', 'time-wait'] },
      ['rtt'],
      'rtt is known of connections that stand, not in time-wait',
      'measure those in established and close-wait',
    ],
    [{ count: 0, 'local-port': [443, '0-9'] }, ['local-port', 1], 'expected ports between 1 and 65535, found "0-9"'],
    [{ count: 0, 'peer-port': '90-80' }, ['peer-port'], 'expected a range from the smaller to the larger port, found "90-80"', '"80-90"'],
    [{ count: 0, peer: 'db1' }, ['peer'], 'expected an address or a prefix, found "db1"'],
    [{ count: 0, peer: ['10.0.0.1/8'] }, ['peer', 0], '10.0.0.1/8 has bits set beyond its length', '10.0.0.0/8, or 10.0.0.1'],
    [{ count: 0, family: 'inet', 'local-address': '::1' }, ['local-address'], 'only inet is meant, found ::1'],
    [{ count: 0, process: { min: 'a' } }, ['process', 'min'], '`min` needs numbers, and process is none', 'use one-of or matches'],
  ])('%j', (spec, path, message, hint) => {
    expect(connections.problems?.(spec)).toEqual([{ path, message, ...(hint === undefined ? {} : { hint }) }])
  })

  it('has none with what is right', () => {
    expect(
      connections.problems?.({ count: 0, state: ['close-wait'], rtt: { max: '1s' }, retransmits: 0, process: 'nginx', peer: '10.0.0.0/8' }),
    ).toEqual([])
  })
})
