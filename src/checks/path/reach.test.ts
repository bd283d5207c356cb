import { describe, expect, it } from 'vitest'
import type { TcpStatus } from '../../facts/tcp-connect/index.js'
import type { Trace, TraceRound } from '../../facts/trace/index.js'
import { connected, core1, db1, edge1, judge, learnt, round, traced } from './fixtures.js'

const reached = round([edge1, core1, `${db1} open`], 'reached')
const prohibited = round([edge1, `${core1} 3/13`], 'stopped')
const silent = round([edge1, core1], 'silent')

describe('whether packets arrive', () => {
  const rows: readonly [string, readonly TraceRound[], 'pass' | 'fail' | 'error', 'pass' | 'fail' | 'error'][] = [
    ['the service answers', [reached], 'pass', 'fail'],
    ['a RST of the target', [round([edge1, `${db1} closed`], 'reached')], 'pass', 'fail'],
    ["the target's own firewall rejects", [round([edge1, `${db1} 3/10`], 'reached')], 'pass', 'fail'],
    ['a device on the way prohibits', [prohibited], 'fail', 'pass'],
    ['a device on the way rejects with port unreachable', [round([edge1, `${core1} port-unreachable`], 'reached')], 'fail', 'pass'],
    ['a router has no route', [round([edge1, `${core1} 3/0`], 'stopped')], 'fail', 'pass'],
    ['a loop', [round([edge1, core1, edge1, core1, edge1], 'loop')], 'fail', 'pass'],
    ['nobody answers ARP at the last router', [round([edge1, core1, `${core1} 3/1`], 'stopped')], 'fail', 'error'],
    ['silence', [silent], 'error', 'error'],
    ['the probe ran out of time', [round([edge1], 'unfinished')], 'error', 'error'],
    ['nothing at all', [round([], 'silent')], 'error', 'error'],
    ['an end that the hops do not bear out: reached', [round([edge1], 'reached')], 'error', 'error'],
    ['an end that the hops do not bear out: stopped', [round([edge1], 'stopped')], 'error', 'error'],
    ['an end that the hops do not bear out: loop', [round([edge1, core1], 'loop')], 'error', 'error'],
    ['one flow of three is lost', [reached, silent, reached], 'fail', 'fail'],
    ['one flow of three was not traced in time', [reached, round([edge1], 'unfinished'), reached], 'error', 'fail'],
    ['one flow prohibited, one silent', [prohibited, silent], 'fail', 'error'],
  ]
  it.each(rows)('%s', (_, rounds, reaches, reachesNot) => {
    expect([judge({}, traced(rounds))[0]?.verdict, judge({ reaches: false }, traced(rounds))[0]?.verdict]).toEqual([reaches, reachesNot])
  })

  it('a flow that arrives in one of its rounds arrives', () => {
    expect(judge({}, traced([], { flows: [{ id: 1, rounds: [silent, reached, silent] }] }))[0]?.verdict).toBe('pass')
  })

  it('without a single trace nothing is known', () => {
    expect(judge({}, traced([]))[0]?.verdict).toBe('error')
    expect(
      judge({ reaches: false, avoids: 'core1', via: 'edge1', hops: 3, service: 'open' }, traced([])).map(({ verdict }) => verdict),
    ).not.toContain('pass')
  })
})

describe('a silent end of a TCP path is what a connection comes to', () => {
  const rows: readonly [TcpStatus | readonly [TcpStatus, ...TcpStatus[]], 'pass' | 'fail' | 'error', 'pass' | 'fail' | 'error'][] = [
    ['timeout', 'fail', 'pass'],
    ['rejected', 'fail', 'pass'],
    ['no-route', 'fail', 'pass'],
    ['host-unreachable', 'fail', 'error'],
    ['open', 'pass', 'fail'],
    ['refused', 'pass', 'fail'],
    ['unsupported', 'error', 'error'],
    ['source-error', 'error', 'error'],
    [['timeout', 'rejected'], 'fail', 'pass'],
    [['timeout', 'open'], 'error', 'error'],
  ]
  it.each(rows)('%s', (status, reaches, reachesNot) => {
    const connect = typeof status === 'string' ? connected(status) : connected(status[0], { status: 'ambiguous', possible: status })
    const verdict = (wanted: boolean) => judge({ reaches: wanted }, traced([silent]), learnt({ connect }))[0]?.verdict
    expect([verdict(true), verdict(false)]).toEqual([reaches, reachesNot])
  })

  it('unless it could not be tried', () => {
    const connect = { reason: 'timeout' as const, message: 'ops took too long.' }
    expect(judge({ reaches: false }, traced([silent]), learnt({ connect }))[0]).toMatchObject({
      verdict: 'error',
      actual: 'silence behind 203.0.113.254 (core1), hop 2; a connection to port 5432 could not be tried',
    })
  })
})

describe('messages', () => {
  const table = (...rows: readonly string[]): string => ['Path from ops to 10.20.0.5 (db1), TCP port 5432:', ...rows].join('\n')
  const rows: readonly [string, Parameters<typeof judge>, string, string][] = [
    ['arrival', [{}, traced([reached])], 'reached at hop 3 after 3 ms, open', ''],
    [
      'a refusal of the target itself',
      [{}, traced([round([edge1, `${db1} 3/10`], 'reached')])],
      'reached at hop 2 after 2 ms, which refuses: host administratively prohibited (ICMP 3/10)',
      '',
    ],
    [
      'a device that prohibits',
      [{}, traced([prohibited])],
      'stopped at hop 2 by 203.0.113.254 (core1): administratively prohibited (ICMP 3/13)',
      `The device at 203.0.113.254 (core1) forbids it: a firewall or an access list. Look at its rules from 198.51.100.10 to 10.20.0.5 (db1).\n${table(
        '  1  198.51.100.1 (edge1)   1 ms',
        '  2  203.0.113.254 (core1)  2 ms  administratively prohibited (ICMP 3/13)',
      )}`,
    ],
    [
      'the asking host itself',
      [{}, traced([round(['198.51.100.10 3/1'], 'stopped')])],
      'stopped at hop 1 by 198.51.100.10 (ops): host unreachable (ICMP 3/1)',
      `ops itself got no answer to ARP for 10.20.0.5, or has a route or rule that says so: the target is down, or not in that network. Look at its power, cable and VLAN.\n${table(
        '  1  198.51.100.10 (ops)  1 ms  host unreachable (ICMP 3/1)',
      )}`,
    ],
    [
      'a router without a route',
      [{}, traced([round([`${edge1} 3/0`], 'stopped')])],
      'stopped at hop 1 by 198.51.100.1 (edge1): network unreachable (ICMP 3/0)',
      `The device at 198.51.100.1 (edge1) has no route to the target. Look at its routing table for 10.20.0.5.\n${table(
        '  1  198.51.100.1 (edge1)  1 ms  network unreachable (ICMP 3/0)',
      )}`,
    ],
    [
      'a loop',
      [{}, traced([round([edge1, core1, '203.0.113.1', core1, '203.0.113.1'], 'loop')])],
      'a loop: 203.0.113.1 (edge1) and 203.0.113.254 (core1), over and over',
      `The packets go in a circle until their time to live runs out. Look at the routes to 10.20.0.5 on these routers: each sends to the other.\n${table(
        '  1  198.51.100.1 (edge1)   1 ms',
        '  2  203.0.113.254 (core1)  2 ms',
        '  3  203.0.113.1 (edge1)    3 ms',
        '  4  203.0.113.254 (core1)  4 ms',
        '  5  203.0.113.1 (edge1)    5 ms',
      )}`,
    ],
    [
      'confirmed silence',
      [{}, traced([silent]), learnt({ connect: connected('timeout') })],
      'silence behind 203.0.113.254 (core1), hop 2; a connection to port 5432: timeout, asked 3 times',
      `Nothing answered behind 203.0.113.254 (core1), hop 2: this device or the next drops the packets, or their answers are lost on the way back. Look at its route to 10.20.0.5, at firewalls behind it, and at the route from db1 back to 198.51.100.10.\n${table(
        '  1  198.51.100.1 (edge1)   1 ms',
        '  2  203.0.113.254 (core1)  2 ms',
        '     *                      nothing more answered',
      )}`,
    ],
    [
      'silence from the first hop on',
      [{}, traced([round([], 'silent')]), learnt({ connect: connected('timeout') })],
      'silence behind ops itself; a connection to port 5432: timeout, asked 3 times',
      `Nothing answered behind ops itself: this device or the next drops the packets, or their answers are lost on the way back. Look at \`ip route get 10.20.0.5\` on ops, and at its firewall and that of its gateway.\n${table(
        '     *  nothing more answered',
      )}`,
    ],
    [
      'arrival that is not wanted',
      [{ reaches: false }, traced([round([edge1, '*', `${db1} closed`], 'reached')])],
      'reached at hop 3 after 3 ms, closed',
      `db1 answered, so nothing on the way keeps packets from it. Look at the firewall that should: at its rules, and whether the path crosses it at all.\n${table(
        '  1  198.51.100.1 (edge1)  1 ms',
        '  2  *                     no answer, asked 3 times',
        '  3  10.20.0.5 (db1)       3 ms  closed (RST)',
      )}`,
    ],
    [
      'a target that is farther than was asked',
      [{ 'max-hops': 2 }, traced([round([edge1, core1], 'unfinished')])],
      'not known: the trace ended behind 203.0.113.254 (core1), hop 2',
      `The target is farther than 2 hops. Give the check a larger \`max-hops\`.\n${table(
        '  1  198.51.100.1 (edge1)   1 ms',
        '  2  203.0.113.254 (core1)  2 ms',
        '     ?                      the probe ended here',
      )}`,
    ],
  ]
  it.each(rows)('%s', (_, given, actual, message) => {
    expect(judge(...given)[0]).toMatchObject({ actual, message })
  })

  it('silence of ICMP says what would be a proof', () => {
    const trace = traced([silent], { protocol: 'icmp' })
    expect(judge({ target: 'db1' }, trace)[0]?.message).toContain(
      'Many hosts do not answer echo requests, so this is no proof either way: trace with TCP to a port that is known to be open, such as `target: db1:443`.',
    )
  })

  it('a target that is down does not prove that it is not reached', () => {
    const trace = traced([round([edge1, core1, `${core1} 3/1`], 'stopped')])
    expect(judge({ reaches: false }, trace)[0]?.message).toContain(
      'A target that is down does not prove that a living one would not be reached. Check `tcp-port` with `expect: unreachable` is for that; here 10.20.0.5 (db1) has to be up.',
    )
  })

  it('paths that differ are told apart by their flows', () => {
    const [finding] = judge({}, traced([reached, silent, reached]))
    expect(finding).toMatchObject({
      actual: 'reached at hop 3 after 3 ms, open (2 flows); silence behind 203.0.113.254 (core1), hop 2 (1 flow)',
    })
    expect(finding?.message.split('\n')).toEqual([
      'Packets with source port 61001 arrive, those with source port 61002 do not: one of the paths among which load is shared is broken. ' +
        'Nothing answered behind 203.0.113.254 (core1), hop 2: this device or the next drops the packets, or their answers are lost on the way back. ' +
        'Look at its route to 10.20.0.5, at firewalls behind it, and at the route from db1 back to 198.51.100.10.',
      'Path from ops to 10.20.0.5 (db1), TCP port 5432: 2 different paths.',
      'With source port 61001, source port 61003:',
      '  1  198.51.100.1 (edge1)   1 ms',
      '  2  203.0.113.254 (core1)  2 ms',
      '  3  10.20.0.5 (db1)        3 ms  open',
      'With source port 61002:',
      '  1  198.51.100.1 (edge1)   1 ms',
      '  2  203.0.113.254 (core1)  2 ms',
      '     *                      nothing more answered',
    ])
  })

  it('no line of a path is wider than a narrow terminal', () => {
    const address = '2001:db8:1111:2222:3333:4444:5555:6666'
    const [finding] = judge(
      {},
      traced([
        round(
          Array.from({ length: 30 }, () => address),
          'silent',
        ),
      ]),
    )
    const table = finding?.message.split('\n').slice(1) ?? []
    expect(table.length).toBe(32)
    expect(Math.max(...table.map((line) => line.length))).toBeLessThan(75)
  })
})

describe('what was not traced', () => {
  type Kind = NonNullable<Trace['problem']>['kind']
  const rows: readonly [Kind, 'fail' | 'error', 'pass' | 'error', string][] = [
    ['no-route', 'fail', 'pass', 'no route on the asking host itself: why'],
    ['local-policy', 'fail', 'error', 'forbidden by the asking host itself: why'],
    ['name-error', 'fail', 'error', 'the name was not resolved: why'],
    ['source-error', 'error', 'error', 'the source could not be used: why'],
    ['not-permitted', 'error', 'error', 'not permitted: why'],
    ['unsupported', 'error', 'error', 'not traced: why'],
  ]
  it.each(rows)('%s', (kind, reaches, reachesNot, actual) => {
    const trace = traced([], { problem: { kind, detail: 'why' } })
    expect(judge({}, trace)[0]).toMatchObject({ verdict: reaches, actual })
    expect(judge({ reaches: false }, trace)[0]?.verdict).toBe(reachesNot)
  })

  it('crosses no router, which is no proof that it avoids one', () => {
    const trace = traced([], { problem: { kind: 'no-route', detail: 'why' } })
    expect(judge({ reaches: false, avoids: 'core1' }, trace)).toMatchObject([
      { verdict: 'pass' },
      { verdict: 'error', subject: 'path to 10.20.0.5 (db1), TCP port 5432: avoids', expected: 'a path for avoids' },
    ])
  })

  it('says what to do', () => {
    const trace = traced([], { problem: { kind: 'not-permitted', detail: 'EPERM' } })
    expect(judge({}, trace)[0]?.message).toBe(
      'Nothing was sent. TCP needs root or CAP_NET_RAW on ops: allow `become` in the inventory, or trace with another `protocol`.',
    )
  })
})
