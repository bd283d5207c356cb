import { describe, expect, it } from 'vitest'
import type { ProtocolCounters } from '../../facts/protocol-counters/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext } from '../../model/check.js'
import { protocolCounters } from './index.js'
import type { Spec } from './schema.js'

const context = { host: { name: 'web1' } } as CheckContext

type Values = Readonly<Record<string, string | readonly [string | null, string | null]>>

const seen = (values: Values, afterMs: number | null = null): ProtocolCounters => ({
  afterMs,
  counters: Object.entries(values).map(([name, value]) => {
    const [before, after] = typeof value === 'string' ? [value, null] : value
    return { name, before, after }
  }),
})
const once = seen({ TcpRetransSegs: '50', TcpOutSegs: '10000', TcpCurrEstab: '7', IpExtInNoRoutes: '3', UdpInErrors: '0' })
const twice = (before: string | null, after: string | null, name = 'TcpRetransSegs'): ProtocolCounters =>
  seen({ [name]: [before, after], TcpOutSegs: ['10000', '10500'] }, 5_010)

const judge = (spec: Spec, counters: ProtocolCounters) => protocolCounters.evaluate(spec, { counters }, context, nothingLearnt)

const again = 'Segments were sent again: packets are lost on the way, or answers come late. `ss -tin` shows which connections retransmit.'
const since = 'It has counted since the host was started: with `over` it is what happens now.'
const counter = 'TcpRetransSegs'
const over = '5s'

describe('a counter', () => {
  it.each<[Spec, ProtocolCounters, string, string, string, string]>([
    [{ counter, value: { max: 50 } }, once, 'pass', 'at most 50', '50', ''],
    [{ counter, value: { max: 49 } }, once, 'fail', 'at most 49', '50', `${again} ${since}`],
    [{ counter: 'TcpCurrEstab', value: 7 }, once, 'pass', '7', '7', ''],
    [{ counter, over, value: { max: 2 } }, twice('50', '52'), 'pass', 'at most 2 over 5s', '+2 in 5.0 s', ''],
    [{ counter, over, value: 0 }, twice('50', '52'), 'fail', '0 over 5s', '+2 in 5.0 s', again],
    [{ counter, over, value: 0 }, twice('9007199254740993', '9007199254740993'), 'pass', '0 over 5s', '+0 in 5.0 s', ''],
    [{ counter, over, value: 0 }, twice('9007199254740993', '9007199254740994'), 'fail', '0 over 5s', '+1 in 5.0 s', again],
    [{ counter, over, rate: { max: '1/s' } }, twice('50', '52'), 'pass', 'at most 1/s over 5s', '0.399/s (+2) in 5.0 s', ''],
    [{ counter, over, rate: { max: '6/m' } }, twice('50', '52'), 'fail', 'at most 0.1/s over 5s', '0.399/s (+2) in 5.0 s', again],
    [
      { counter, over, value: { not: 5 } },
      twice('52', '50'),
      'error',
      'not 5 over 5s',
      'counted backwards',
      'TcpRetransSegs went from 52 back to 50: it ran over, or the counters were set back. Count again.',
    ],
    [
      { counter, over, value: 0 },
      twice(null, '0'),
      'error',
      '0 over 5s',
      'not known',
      'TcpRetransSegs was not there at both readings: did IPv6 or a module come or go?',
    ],
    [
      { counter, over, value: 0 },
      once,
      'error',
      '0 over 5s',
      'read once',
      'The counters were not read for a second time, so their growth is not known.',
    ],
  ])('%j', (spec, counters, verdict, expected, actual, message) => {
    expect(judge(spec, counters)).toEqual([{ subject: `protocol-counters ${spec.counter}`, verdict, expected, actual, message }])
  })

  it.each([
    ['tcpRetransSegs', 'TcpRetransSegs'],
    ['IpInNoRoutes', 'IpExtInNoRoutes'],
    ['ipSystemStatsInNoRoutes.ipv4', 'IpExtInNoRoutes'],
    ['udpInErrors', 'UdpInErrors'],
    ['udpHCInErrors', 'UdpInErrors'],
    ['tcpHCOutSegs', 'TcpOutSegs'],
  ])('is found as %s', (name, found) => {
    expect(judge({ counter: name, value: { min: 0 } }, once).map(({ subject, verdict }) => [subject, verdict])).toEqual([
      [`protocol-counters ${found}`, 'pass'],
    ])
  })

  it('of RFC 4293 has a family, and words of its own', () => {
    const both = seen({ IpForwDatagrams: '1', Ip6OutForwDatagrams: '2', IpFragOKs: '3', Ip6FragOKs: '4' })
    const values = [
      'ipSystemStatsOutForwDatagrams.ipv4',
      'ipSystemStatsOutForwDatagrams.ipv6',
      'ipSystemStatsOutFragOKs.1',
      'ipSystemStatsOutFragOKs.2',
    ]
    expect(values.map((name) => judge({ counter: name, value: 0 }, both)[0]?.actual)).toEqual(['1', '2', '3', '4'])
  })

  it('of a kind of message that was never seen stands at 0', () => {
    expect(judge({ counter: 'IcmpMsgInType5', value: 0 }, once)[0]).toMatchObject({ verdict: 'pass', actual: '0' })
    expect(judge({ counter: 'IcmpMsgInType5', over, value: 0 }, twice(null, '1', 'IcmpMsgInType5'))[0]).toMatchObject({
      actual: '+1 in 5.0 s',
    })
  })

  it.each([
    ['TcpRetranSegs', 'This kernel counts TcpRetransSegs: is that meant?'],
    ['Ip6InNoRoutes', 'IPv6 is switched off on this host: it has no /proc/net/snmp6.'],
    [
      'XfrmInStateExpired',
      'This kernel does not count that: `nstat -asz` shows all names (without `-s` it writes a file). Older kernels have fewer.',
    ],
  ])('%s is not there, which proves nothing', (name, message) => {
    for (const value of [0, { not: 0 }]) {
      expect(judge({ counter: name, value }, once).map((finding) => [finding.verdict, finding.actual, finding.message])).toEqual([
        ['error', 'no such counter', message],
      ])
    }
  })
})

describe('a ratio', () => {
  const ratio = { of: 'TcpRetransSegs', to: 'TcpOutSegs', max: '1%' }
  it.each<[Spec, ProtocolCounters, string, string, string, string]>([
    [{ ratio }, once, 'pass', 'at most 1 %', '0.5 % (50 to 10000)', ''],
    [{ ratio: { ...ratio, max: '0.4%' } }, once, 'fail', 'at most 0.4 %', '0.5 % (50 to 10000)', `${again} ${since}`],
    [
      { ratio: { ...ratio, min: '150%', max: '200%' } },
      seen({ TcpRetransSegs: '3', TcpOutSegs: '2' }),
      'pass',
      'at least 150 % and at most 200 %',
      '150 % (3 to 2)',
      '',
    ],
    [{ ratio, over }, twice('50', '55'), 'pass', 'at most 1 % over 5s', '1 % (5 to 500 in 5.0 s)', ''],
    [{ ratio, over }, twice('50', '100'), 'fail', 'at most 1 % over 5s', '10 % (50 to 500 in 5.0 s)', again],
    [
      { ratio, over },
      seen({ TcpRetransSegs: ['1', '1'], TcpOutSegs: ['5', '5'] }, 5_010),
      'error',
      'at most 1 % over 5s',
      '0 to 0',
      'TcpOutSegs did not count anything in 5.0 s, so there is no ratio: count for longer, or while there is traffic.',
    ],
    [
      { ratio },
      seen({ TcpRetransSegs: '0', TcpOutSegs: '0' }),
      'error',
      'at most 1 %',
      '0 to 0',
      'TcpOutSegs did not count anything, so there is no ratio: ask when there was traffic.',
    ],
    [
      { ratio },
      seen({ TcpOutSegs: '1' }),
      'error',
      'at most 1 %',
      'no such counter',
      'This kernel does not count that: `nstat -asz` shows all names (without `-s` it writes a file). Older kernels have fewer.',
    ],
    [
      { ratio, over },
      once,
      'error',
      'at most 1 % over 5s',
      'read once',
      'The counters were not read for a second time, so their growth is not known.',
    ],
  ])('%j', (spec, counters, verdict, expected, actual, message) => {
    expect(judge(spec, counters)).toEqual([
      { subject: 'protocol-counters TcpRetransSegs to TcpOutSegs', verdict, expected, actual, message },
    ])
  })
})

describe('what it asks for', () => {
  it.each([
    [{ counter, value: 0 }, 0],
    [{ counter, value: 0, over: '1.5s' }, 1_500],
  ])('%j', (spec, overMs) => {
    expect(protocolCounters.needs(spec, context)).toEqual({ counters: { fact: 'protocol-counters', host: 'web1', args: { overMs } } })
  })
})

describe('what it refuses', () => {
  it.each<[Spec, string]>([
    [{}, 'nothing is counted'],
    [{ counter }, 'nothing is expected of TcpRetransSegs'],
    [{ counter, value: 0, ratio: { of: 'a', to: 'b', max: '1%' } }, '`counter` and `ratio` exclude each other'],
    [{ ratio: { of: 'a', to: 'b', max: '1%' }, value: 0 }, '`value` is about a `counter`, and there is none'],
    [{ ratio: { of: 'a', to: 'b' } }, 'nothing is expected of the ratio'],
    [{ ratio: { of: 'a', to: 'A', max: '1%' } }, 'a counter is always 100 % of itself'],
    [{ ratio: { of: 'TcpCurrEstab', to: 'b', max: '1%' } }, 'TcpCurrEstab does not count: it says how things stand'],
    [{ counter, rate: { max: '1/s' } }, '`rate` needs a time over which is counted'],
    [{ counter, value: 0, over: '10ms' }, '10ms is not between 100ms and 10m'],
    [{ counter, value: 0, over: '1h' }, '1h is not between 100ms and 10m'],
    [{ counter: 'TcpCurrEstab', value: 0, over: '1s' }, 'TcpCurrEstab does not count: it says how things stand'],
    [{ counter, value: { min: 2, max: 1 } }, '`min` 2 is more than `max` 1'],
    [{ counter, over, rate: { min: '1/s', max: '30/m' } }, '`min` 1/s is more than `max` 30/m'],
    [{ ratio: { of: 'a', to: 'b', min: '2%', max: '1%' } }, '`min` 2% is more than `max` 1%'],
    [{ counter, value: { min: 0 } }, 'it is always at least 0: that proves nothing'],
    [{ counter, value: -1 }, 'it is never less than 0'],
    [{ counter, value: { max: -1 } }, 'it is never less than 0'],
    [{ counter, over, rate: { min: '0/s' } }, 'it is always at least 0: that proves nothing'],
    [{ ratio: { of: 'a', to: 'b', min: '0%' } }, 'it is always at least 0: that proves nothing'],
  ])('%j', (spec, message) => {
    expect(protocolCounters.problems?.(spec).map((problem) => problem.message)).toEqual([message])
  })

  it('knows that TcpMaxConn may be below 0', () => {
    expect(protocolCounters.problems?.({ counter: 'TcpMaxConn', value: -1 })).toEqual([])
  })
})
