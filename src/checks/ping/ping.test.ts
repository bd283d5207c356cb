import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PathMtu } from '../../facts/path-mtu/index.js'
import type { PingAddress } from '../../facts/ping/index.js'
import { learntFrom, nothingLearnt } from '../../lib/learnt.js'
import type { Finding, Learnt } from '../../model/check.js'
import type { Json } from '../../model/json.js'
import { context, refused, replied, seen } from './fixtures.js'
import { ping } from './index.js'
import { jitterOf } from './measures.js'
import type { PingSpec } from './spec.js'

const five = replied(0.4, 0.5, 0.3, 0.4, 2)

function judge(spec: Partial<PingSpec>, result: PingAddress, probe = 'python3', learnt: Learnt = nothingLearnt): readonly Finding[] {
  return ping.evaluate({ target: 'db1', ...spec }, { pings: [{ probe, addresses: [result] }] }, context, learnt)
}

/** `fail loss: 20 %`: what a finding is about. */
const brief = ({ verdict, subject, actual }: Finding): string =>
  `${verdict} ${subject.replace('ping 10.20.0.5 (db1)', '').replace(/^: /, '')}: ${actual}`

describe('schema', () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { regex: true }, keywords: ['x-expected'] }).compile(
    ping.schema,
  )
  it.each([
    {},
    { target: [] },
    { target: 'db1', loss: 0.05 },
    { target: 'db1', loss: 5 },
    { target: 'db1', loss: '5' },
    { target: 'db1', loss: '500%' },
    { target: 'db1', rtt: '20ms' },
    { target: 'db1', rtt: {} },
    { target: 'db1', rtt: { min: '20ms' } },
    { target: 'db1', rtt: { avg: 20 } },
    { target: 'db1', count: 0 },
    { target: 'db1', size: 70_000 },
    { target: 'db1', 'path-mtu': '1500' },
    { target: 'db1', expect: 'silence' },
    { target: 'db1', expect: ['replies', 'none'] },
    { target: 'db1', port: 80 },
  ])('refuses %j', (spec) => expect(validate(spec)).toBe(false))
  it.each([
    { target: 'db1' },
    { target: ['db1', '10.0.0.1'], loss: '0.5%', rtt: { avg: '20ms', max: { max: '50ms' }, min: { min: '1ms' } }, jitter: '5ms' },
    { target: 'db1', loss: { min: '1%', max: '100%' }, 'path-mtu': 1_500, 'dont-fragment': true, size: 1_472 },
    { target: 'db1', expect: ['none', 'unreachable'], count: 3, interval: '1s', source: 'eth0', family: 'ipv6' },
  ])('accepts %j', (spec) => expect(validate(spec)).toBe(true))
})

describe('problems', () => {
  it.each<[string, PingSpec, readonly unknown[]]>([
    [
      'a port',
      { target: 'db1:80' },
      [{ path: ['target'], message: 'expected a host, found "db1:80"', hint: 'a ping has no port; for ports there is the check tcp-port' }],
    ],
    [
      'no host',
      { target: ['db1', '10.1'] },
      [{ path: ['target', 1], message: 'expected a host, found "10.1"', hint: 'such as db1, 10.0.0.5 or 2001:db8::5' }],
    ],
    [
      'many hosts',
      { target: 'ff02::1' },
      [{ path: ['target'], message: 'ff02::1 is a multicast or broadcast address', hint: 'name hosts by their own addresses' }],
    ],
    [
      'the other family',
      { target: '10.0.0.5', family: 'ipv6' },
      [{ path: ['target'], message: '10.0.0.5 is not an IPv6 address, which `family` asks for' }],
    ],
    [
      'a source of the other family',
      { target: '10.0.0.5', source: 'fd00::1' },
      [{ path: ['target'], message: '10.0.0.5 cannot be reached from fd00::1: one is an IPv4 address, the other IPv6' }],
    ],
    [
      'a source that is neither',
      { target: 'db1', source: 'eth0; reboot' },
      [{ path: ['source'], message: 'expected an address or the name of an interface, found "eth0; reboot"' }],
    ],
    [
      'bounds that no loss meets',
      { target: 'db1', loss: { min: '5%', max: '1%' } },
      [{ path: ['loss', 'min'], message: '`min` 5% is more than `max` 1%' }],
    ],
    [
      'bounds that no time and no size meet',
      { target: 'db1', rtt: { avg: { min: '1s', max: '20ms' } }, 'path-mtu': { min: 1500, max: 1400 } },
      [
        { path: ['rtt', 'avg', 'min'], message: '`min` 1s is more than `max` 20ms' },
        { path: ['path-mtu', 'min'], message: '`min` 1500 is more than `max` 1400' },
      ],
    ],
    [
      'a loss that everything meets',
      { target: 'db1', loss: '100%' },
      [{ path: ['loss'], message: 'every loss is within this, so that nothing is expected', hint: 'write less' }],
    ],
    ['any loss, where a size is expected', { target: 'db1', loss: '100%', 'path-mtu': 1500 }, []],
    [
      'the jitter of one request',
      { target: 'db1', count: 1, jitter: '5ms' },
      [{ path: ['count'], message: '`jitter` needs at least two requests', hint: 'leave `count` out, or write 2 or more' }],
    ],
    [
      'an interface that nothing leaves by',
      { target: 'db1', source: 'lo', expect: 'none' },
      [{ path: ['source'], message: 'nothing leaves a host by its interface lo', hint: 'leave `source` out to reach the host itself' }],
    ],
    [
      'a flood',
      { target: 'db1', interval: '1ms' },
      [{ path: ['interval'], message: 'an interval below 10 ms is a flood, and measures itself', hint: 'write 10ms or more' }],
    ],
    [
      'hours',
      { target: 'db1', count: 1_000, interval: '1s' },
      [{ path: ['count'], message: '1000 requests, 1s apart, take more than 10 minutes', hint: 'send fewer, or faster' }],
    ],
    [
      'times of no replies',
      { target: 'db1', expect: 'none', loss: '0%' },
      [{ path: ['loss'], message: '`loss` is about replies, but `expect` wants none', hint: 'leave one of them out' }],
    ],
    [
      'silence too soon',
      { target: 'db1', expect: 'none', count: 2 },
      [
        {
          path: ['count'],
          message: 'silence is believed after 3 requests at least, and `count` is 2',
          hint: 'leave `count` out, or write 3 or more',
        },
      ],
    ],
    [
      'too many',
      { target: Array.from({ length: 10_001 }, () => 'db1') },
      [{ path: ['target'], message: '10001 targets are more than one check may have (10000)', hint: 'spread them over several checks' }],
    ],
    ['none', { target: ['db1', '[fd00::5]', 'fe80::1%eth0', '예시.테스트'], source: 'eth0.100', count: 1 }, []],
  ])('%s', (_, spec, expected) => expect(ping.problems?.(spec)).toEqual(expected))
})

describe('needs', () => {
  it('asks the host itself, at the addresses of the inventory', () => {
    const { pings } = ping.needs({ target: ['db1', 'db2', '[fd00::5]', '예시.테스트'] }, context)
    expect(pings.map(({ fact, host, args }) => [fact, host, args.host])).toEqual([
      ['ping', 'web1', '10.20.0.5'],
      ['ping', 'web1', 'db2.internal'],
      ['ping', 'web1', 'fd00::5'],
      ['ping', 'web1', 'xn--vv4b11d.xn--9t4b11yi5a'],
    ])
    expect(pings[0]?.args).toEqual({ host: '10.20.0.5', count: 5, intervalMs: 200, size: 56, timeoutMs: 3_300 })
  })

  it('passes on what the runbook says', () => {
    const spec: PingSpec = { target: 'db1', count: 20, interval: '1s', size: 1_472, 'dont-fragment': true, source: 'eth1', family: 'ipv4' }
    const [request] = ping.needs(spec, { ...context, timeoutMs: 500 }).pings
    expect(request?.args).toEqual({
      host: '10.20.0.5',
      count: 20,
      intervalMs: 1_000,
      size: 1_472,
      dontFragment: true,
      source: 'eth1',
      family: 4,
      timeoutMs: 500,
    })
  })

  it.each<[PingSpec['path-mtu'], number | null]>([
    [undefined, null],
    [1_500, 1_501],
    [{ min: 1_400 }, 1_400],
    [{ max: 1_400 }, 1_401],
    [{ min: 1_280, max: 1_400 }, 1_401],
    [{ 'one-of': [1_500, 9_000] }, 9_001],
    [{ not: 65_535 }, 65_535],
  ])('searches for a path MTU of %j up to %s, where a ping was answered', (expected, upTo) => {
    const spec: PingSpec = { target: 'db1', source: '10.10.0.11', ...(expected === undefined ? {} : { 'path-mtu': expected }) }
    const pings = [{ probe: 'python3', addresses: [seen({ replies: five }), seen({ address: '10.20.0.6' })] as const }]
    const further = ping.further?.(spec, { pings }, context, nothingLearnt) ?? []
    expect(further.map(({ fact, host, args }) => [fact, host, args])).toEqual(
      upTo === null ? [] : [['path-mtu', 'web1', { host: '10.20.0.5', upTo, timeoutMs: 1_000, source: '10.10.0.11' }]],
    )
  })
})

describe('replies', () => {
  it.each<[string, Partial<PingSpec>, PingAddress, readonly string[]]>([
    ['all', {}, seen({ replies: five }), ['pass loss: 0 % (5 of 5 answered)']],
    ['one lost', {}, seen({ replies: replied(1, null, 1, 1, 1) }), ['fail loss: 20 % (4 of 5 answered)']],
    ['one lost, as allowed', { loss: '20%' }, seen({ replies: replied(1, null, 1, 1, 1) }), ['pass loss: 20 % (4 of 5 answered)']],
    [
      'one of three lost',
      { loss: { max: '33%' } },
      seen({ sent: 3, replies: replied(1, null, 1) }),
      ['fail loss: 33.33 % (2 of 3 answered)'],
    ],
    ['loss as wanted', { loss: { min: '50%' } }, seen(), ['pass loss: 100 % (0 of 5 answered)']],
    ['no loss although it is wanted', { loss: { min: '50%' } }, seen({ replies: five }), ['fail loss: 0 % (5 of 5 answered)']],
    ['duplicates', {}, seen({ replies: five, duplicates: 2 }), ['pass loss: 0 % (5 of 5 answered, 2 duplicates)']],
    [
      'an error in between',
      {},
      seen({ replies: replied(null, 1, 1, 1, 1), errors: refused(1, 3, 1, '10.10.0.1') }),
      ['fail loss: 20 % (4 of 5 answered): 1 × host unreachable (ICMP 3/1) from 10.10.0.1 (core1)'],
    ],
    [
      'errors alone are no replies',
      {},
      seen({ errors: refused(5, 3, 1, '10.10.0.11') }),
      ['fail loss: 100 % (0 of 5 answered): 5 × host unreachable (ICMP 3/1) from web1 itself (10.10.0.11)'],
    ],
    [
      'times',
      { rtt: { min: { max: '0.5ms' }, avg: '1ms', max: '1ms' }, jitter: '1ms' },
      seen({ replies: five }),
      [
        'pass loss: 0 % (5 of 5 answered)',
        'pass rtt min: 0.3 ms (5 replies)',
        'pass rtt avg: 0.72 ms (5 replies)',
        'fail rtt max: 2 ms (5 replies)',
        'pass jitter: 0.5 ms (5 replies)',
      ],
    ],
    [
      'an anomaly: too fast',
      { rtt: { min: { min: '20ms' } } },
      seen({ replies: five }),
      ['pass loss: 0 % (5 of 5 answered)', 'fail rtt min: 0.3 ms (5 replies)'],
    ],
    ['times of nothing', { rtt: { max: '1ms' } }, seen(), ['fail loss: 100 % (0 of 5 answered)']],
    [
      'times of nothing, where nothing is enough',
      { rtt: { max: '1ms' }, loss: '100%' },
      seen(),
      ['pass loss: 100 % (0 of 5 answered)', 'error rtt max: not measured'],
    ],
    [
      'times that no clock took',
      { rtt: { max: '1ms' } },
      seen({ sent: 1, replies: [{ sequence: 0, rttMs: null, ttl: 64 }] }),
      ['pass loss: 0 % (1 of 1 answered)', 'error rtt max: not measured'],
    ],
    [
      'jitter of one',
      { jitter: '1ms' },
      seen({ sent: 1, replies: replied(1) }),
      ['pass loss: 0 % (1 of 1 answered)', 'error jitter: not measured'],
    ],
  ])('%s', (_, spec, result, expected) => expect(new Set(judge(spec, result).map(brief))).toEqual(new Set(expected)))

  it('jitter is between neighbours only, and never more than the times span', () => {
    expect(jitterOf(seen({ replies: replied(1, 2, null, 10, 12) }))).toBe(1.5)
    expect(jitterOf(seen({ replies: replied(1, null, 2) }))).toBeNull()
    fc.assert(
      fc.property(fc.array(fc.option(fc.double({ min: 0, max: 1_000, noNaN: true })), { maxLength: 20 }), (times) => {
        const known = times.filter((time) => time !== null)
        const jitter = jitterOf(seen({ sent: times.length, replies: replied(...times) }))
        if (jitter !== null) expect(jitter).toBeLessThanOrEqual(Math.max(...known) - Math.min(...known) + 1e-9)
      }),
    )
  })
})

describe('no replies wanted', () => {
  const silent = seen({ sent: 6 })
  const rejected = seen({ errors: refused(5, 3, 13, '10.10.0.1') })
  const down = seen({ errors: refused(5, 3, 1, '10.20.0.1') })
  const limited = seen({ confirmed: false })
  const mixed = seen({ errors: [...refused(1, 3, 13, '10.10.0.1'), ...refused(1, 3, 0, '10.10.0.1')] })
  const partly = seen({ sent: 2, problem: { kind: 'local-policy', detail: 'EPERM' } })
  const kept = seen({ sent: 0, problem: { kind: 'local-policy', detail: 'EPERM' } })
  const unrouted = seen({ sent: 0, problem: { kind: 'no-route', detail: 'ENETUNREACH' } })
  const nameless = seen({ address: null, sent: 0, problem: { kind: 'name-error', detail: 'Name or service not known' } })

  const table: readonly (readonly [string, PingAddress, none: string, unreachable: string, either: string])[] = [
    ['replies', seen({ replies: five }), 'fail', 'fail', 'fail'],
    ['a single reply', seen({ replies: replied(null, null, 1) }), 'fail', 'fail', 'fail'],
    ['silence', silent, 'pass', 'fail', 'pass'],
    ['silence that is not certain', limited, 'error', 'error', 'pass'],
    ['a prohibition', rejected, 'pass', 'fail', 'pass'],
    ['a dead host', down, 'error', 'pass', 'pass'],
    ['a loop', seen({ errors: refused(5, 11, 0, '10.10.0.1') }), 'error', 'pass', 'pass'],
    ['both errors', mixed, 'error', 'error', 'pass'],
    ['too big', seen({ errors: refused(5, 3, 4, '10.10.0.1', 1_400) }), 'error', 'fail', 'error'],
    ['requests that never left', kept, 'error', 'error', 'error'],
    ['requests of which some left', partly, 'error', 'error', 'error'],
    ['no route here', unrouted, 'error', 'pass', 'pass'],
    ['no such name', nameless, 'error', 'error', 'error'],
  ]
  it.each(table)('%s', (_, result, none, unreachable, either) => {
    const verdict = (expected: NonNullable<PingSpec['expect']>) => judge({ expect: expected }, result).map((finding) => finding.verdict)
    expect([verdict('none'), verdict('unreachable'), verdict(['none', 'unreachable'])]).toEqual([[none], [unreachable], [either]])
  })
})

describe('path MTU', () => {
  const found = (value: Partial<PathMtu>): PathMtu => ({
    probe: 'python3',
    address: '10.20.0.5',
    source: '10.10.0.11',
    mtu: 1_500,
    limit: 'none',
    error: null,
    tooBig: null,
    problem: null,
    ...value,
  })
  const knowing = (
    outcome: { readonly value: Json } | { readonly error: { readonly reason: 'tool-missing'; readonly message: string } } | undefined,
  ): Learnt => learntFrom(() => outcome)
  const second = (expected: NonNullable<PingSpec['path-mtu']>, learnt: Learnt) =>
    judge({ 'path-mtu': expected }, seen({ replies: five }), 'python3', learnt).find(({ subject }) => subject.endsWith('path-mtu'))
  const narrow = found({ mtu: 1_400, limit: 'icmp', error: { type: 3, code: 4, from: '10.10.0.1', mtu: 1_400 }, tooBig: 1_500 })
  const hole = found({ mtu: 1_400, limit: 'silence', tooBig: 1_401 })

  it.each<[string, NonNullable<PingSpec['path-mtu']>, PathMtu, string, string, string]>([
    ['enough', { min: 1_500 }, found({}), 'pass', 'at least 1500 bytes', ''],
    ['exactly', 1_500, found({ limit: 'interface', tooBig: 1_501 }), 'pass', '1500 bytes: the interface of web1 takes no more', ''],
    [
      'a narrow link',
      { min: 1_500 },
      narrow,
      'fail',
      '1400 bytes: "fragmentation needed" from 10.10.0.1 (core1)',
      'The link behind 10.10.0.1 (core1) takes 1400 bytes. Look at the MTU there, and of tunnels over it.',
    ],
    [
      'a black hole',
      { min: 1_500 },
      hole,
      'fail',
      '1400 bytes: packets of 1401 bytes vanish without an ICMP error',
      'A link or a tunnel on the way takes 1400 bytes, and the ICMP error that says so is not sent, or dropped (a black hole, RFC 2923): connections hang once they carry much. Look for it with `tracepath -n 10.20.0.5` on web1, and let ICMP type 3 code 4 pass the firewalls.',
    ],
    [
      'the own interface',
      { min: 9_000 },
      found({ limit: 'interface', tooBig: 9_000 }),
      'fail',
      '1500 bytes: the interface of web1 takes no more',
      'Nothing on the way is the limit. Look at the MTU in `ip link` on web1.',
    ],
    [
      'more than expected',
      { max: 1_400 },
      found({ mtu: 1_401 }),
      'fail',
      'at least 1401 bytes',
      'Larger packets than the runbook expects arrive: a tunnel or a narrow link is no longer on the way.',
    ],
    [
      'no answer',
      { min: 1_500 },
      found({ mtu: null, limit: 'silence', problem: { kind: 'silent', detail: 'no echo request was answered' } }),
      'error',
      'not found',
      'No echo request was answered.',
    ],
  ])('%s', (_, expected, value, verdict, actual, message) => {
    expect(second(expected, knowing({ value }))).toMatchObject({ verdict, subject: 'ping 10.20.0.5 (db1): path-mtu', actual, message })
  })

  it('is undetermined where it was not learnt', () => {
    const failed = knowing({ error: { reason: 'tool-missing', message: 'python3 not found' } })
    expect(second({ min: 1_500 }, failed)).toMatchObject({
      verdict: 'error',
      expected: 'at least 1500 bytes',
      actual: 'not searched',
      message: 'python3 not found',
    })
    expect(second({ min: 1_500 }, nothingLearnt)).toMatchObject({ verdict: 'error', actual: 'not searched' })
    expect(judge({ 'path-mtu': 1_500 }, seen()).map(brief)).toEqual(['fail loss: 100 % (0 of 5 answered)'])
  })
})

describe('many addresses', () => {
  const many = (count: number, result: (index: number) => PingAddress, spec: Partial<PingSpec> = {}) =>
    ping
      .evaluate(
        { target: Array.from({ length: count }, (_, index) => `10.0.0.${index}`), ...spec },
        {
          pings: Array.from({ length: count }, (_, index) => ({
            probe: 'python3',
            addresses: [{ ...result(index), address: `10.0.0.${index}` }] as const,
          })),
        },
        context,
        nothingLearnt,
      )
      .map(({ verdict, subject, actual }) => [verdict, subject, actual])

  it('of a name each have a finding', () => {
    const addresses = [
      seen({ address: '10.20.0.5', replies: five }),
      seen({ address: 'fd00::5', sent: 0, problem: { kind: 'no-route', detail: 'ENETUNREACH' } }),
    ] as const
    expect(ping.evaluate({ target: 'db2' }, { pings: [{ probe: 'python3', addresses }] }, context, nothingLearnt)).toEqual([
      {
        verdict: 'fail',
        subject: 'ping fd00::5 (db2)',
        expected: 'replies',
        actual: 'no route on web1 itself: ENETUNREACH',
        message:
          'Nothing was sent: the routing table of web1 has no way to the target. Look at `ip route get fd00::5` on web1. Where only IPv4 is meant, write `family: ipv4`.',
      },
      { verdict: 'pass', subject: 'ping 10.20.0.5 (db2): loss', expected: 'at most 0 %', actual: '0 % (5 of 5 answered)', message: '' },
    ])
  })

  it('that pass are told together, failures each on its own', () => {
    expect(
      many(12, (index) => seen({ replies: index === 3 ? replied(1, null, 1, 1, 1) : replied(1 + index, 1, 1, 1, 1) }), {
        rtt: { max: '1s' },
      }),
    ).toEqual([
      ['fail', 'ping 10.0.0.3: loss', '20 % (4 of 5 answered)'],
      ['pass', 'ping 10.0.0.0, 10.0.0.1, 10.0.0.2, 10.0.0.4, 10.0.0.5, … (11 addresses): loss', '0 % (5 of 5 answered)'],
      ['pass', 'ping 10.0.0.0, 10.0.0.1, 10.0.0.2, 10.0.0.4, 10.0.0.5, … (11 addresses): rtt max', '1 ms to 12 ms (5 replies)'],
      ['pass', 'ping 10.0.0.3: rtt max', '1 ms (4 replies)'],
    ])
  })

  it('that fail in one way are one finding, when they are very many', () => {
    expect(many(200, () => seen({ sent: 7 }))).toEqual([
      ['fail', 'ping 10.0.0.0, 10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4, … (200 addresses): loss', '100 % (0 of 7 answered)'],
    ])
  })
})
