import { describe, expect, it } from 'vitest'
import type { Trace, TraceRound } from '../../facts/trace/index.js'
import { connected, core1, db1, edge1, edge2, judge, learnt, round, traced } from './fixtures.js'
import type { PathSpec } from './spec.js'

const end = `${db1} open`
const whole = round([edge1, core1, end], 'reached')
const short = round([edge2, end], 'reached')
const silent = round([edge1], 'silent')

/** A round whose last hop took so many milliseconds. */
const late = (ms: number | null, text = end): TraceRound => {
  const { hops, end: how } = round([edge1, text], 'reached')
  return { hops: hops.map((hop, index) => (index === 1 ? { ...hop, rttMs: ms } : hop)), end: how }
}
const rounds = (...list: readonly TraceRound[]): Trace => traced([], { flows: [{ id: 7, rounds: list }] })

describe('hops', () => {
  it.each<[string, NonNullable<PathSpec['hops']>, readonly TraceRound[], string, string]>([
    ['as many', 3, [whole], 'pass', '3'],
    ['a hole counts', 3, [round(['*', core1, end], 'reached')], 'pass', '3'],
    ['too many', { max: 2 }, [whole], 'fail', '3'],
    ['every flow counts', 3, [whole, short], 'fail', '2 or 3'],
    ['each within the bounds', { min: 2, max: 3 }, [whole, short], 'pass', '2 or 3'],
    ['the target was not seen', 3, [silent], 'error', 'not known'],
    ['one flow did not arrive', 3, [whole, silent], 'error', '3'],
    ['one flow did not arrive, and another is too long', 2, [whole, silent], 'fail', '3'],
    ['a stop is not the target', 2, [round([edge1, `${core1} 3/13`], 'stopped')], 'error', 'not known'],
  ])('%s', (_, hops, list, verdict, actual) => {
    expect(judge({ hops }, traced(list)).find(({ subject }) => subject.endsWith(': hops'))).toMatchObject({ verdict, actual })
  })

  it('says which path is meant', () => {
    expect(
      judge({ hops: 3 }, traced([whole, short]))
        .at(-1)
        ?.message.split('\n')[0],
    ).toBe(
      'The path is edge2 → the target. With source port 61002 it is so, not with every flow. Look at the routes on the way: is this the path that was meant?',
    )
    expect(
      judge({ hops: 3 }, traced([silent]))
        .at(-1)
        ?.message.split('\n')[0],
    ).toBe("The target's distance is known only where it answers. Silence behind 198.51.100.1 (edge1), hop 1.")
  })
})

describe('rtt', () => {
  it.each<[string, NonNullable<PathSpec['rtt']>, Trace, string, string]>([
    ['in time', '50ms', rounds(late(20)), 'pass', '20 ms'],
    ['the least of several', '50ms', rounds(late(90), late(40), late(70)), 'pass', '40 ms, the least of 3'],
    ['late each time', '50ms', rounds(late(90), late(60), late(70)), 'fail', '60 ms, the least of 3'],
    ['operators', { min: '10ms', max: '50ms' }, rounds(late(5)), 'fail', '5 ms'],
    ['not timed', '50ms', rounds(late(null)), 'error', 'not measured'],
    ['not reached', '50ms', rounds(silent), 'error', 'not measured'],
    ['a router is not the target', '50ms', rounds(round([edge1, `${core1} 3/13`], 'stopped')), 'error', 'not measured'],
    ['the first flow alone', '50ms', traced([late(20), late(90)]), 'pass', '20 ms'],
  ])('%s', (_, rtt, trace, verdict, actual) => {
    expect(judge({ rtt }, trace).find(({ subject }) => subject.endsWith(': rtt'))).toMatchObject({ verdict, actual })
  })
})

describe('hop-rtt', () => {
  it.each<[string, NonNullable<PathSpec['hop-rtt']>, readonly TraceRound[], string, string]>([
    ['in time', { edge1: '1ms' }, [whole], 'pass', '1 ms'],
    ['by another of its addresses', { '10.20.0.1': '2ms' }, [whole], 'pass', '2 ms'],
    ['late', { core1: { max: '1ms' } }, [whole], 'fail', '2 ms'],
    ['not on the path', { edge2: '1ms' }, [whole], 'fail', 'not on the path'],
    ['perhaps on the path', { edge2: '1ms' }, [round(['*', core1, end], 'reached')], 'error', 'not seen'],
  ])('%s', (_, expected, list, verdict, actual) => {
    expect(judge({ 'hop-rtt': expected }, traced(list)).at(-1)).toMatchObject({ verdict, actual })
  })

  it('says whose time it is', () => {
    expect(
      judge({ 'hop-rtt': { core1: '1ms' } }, traced([whole]))
        .at(-1)
        ?.message.split('\n')[0],
    ).toBe(
      "core1 takes that long to answer by itself, which is its control plane's time: only when everything behind it is as late, its link is slow.",
    )
  })
})

describe('service', () => {
  const closed = round([edge1, `${db1} closed`], 'reached')
  it.each<[string, 'open' | 'closed', readonly TraceRound[], Parameters<typeof learnt>[0], string, string]>([
    ['open', 'open', [whole], {}, 'pass', 'open'],
    ['closed', 'closed', [closed], {}, 'pass', 'closed'],
    ['not open', 'open', [closed], {}, 'fail', 'closed'],
    ['not closed', 'closed', [whole], {}, 'fail', 'open'],
    ['flows that differ', 'open', [whole, closed], {}, 'fail', 'open and closed'],
    ['rejected is not closed', 'closed', [round([`${db1} 3/13`], 'reached')], {}, 'fail', 'no answer of the service'],
    ['stopped', 'open', [round([`${edge1} 3/13`], 'stopped')], {}, 'fail', 'no answer of the service'],
    ['silent, and a connection is silent', 'closed', [silent], { connect: connected('timeout') }, 'fail', 'no answer of the service'],
    ['silent, yet a connection is refused', 'closed', [silent], { connect: connected('refused') }, 'pass', 'closed'],
    ['silent, yet a connection is open', 'open', [silent], { connect: connected('open') }, 'pass', 'open'],
    ['silent, and nothing else is known', 'open', [silent], {}, 'error', 'not known'],
    [
      'silent, and a connection may be anything',
      'open',
      [silent],
      { connect: connected('open', { status: 'ambiguous', possible: ['open', 'timeout'] }) },
      'error',
      'not known',
    ],
  ])('%s', (_, service, list, known, verdict, actual) => {
    expect(judge({ service }, traced(list), learnt(known))[1]).toMatchObject({ verdict, actual })
  })
})
