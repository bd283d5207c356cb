import { describe, expect, it } from 'vitest'
import type { Interfaces } from '../../facts/interfaces/index.js'
import type { TraceRound } from '../../facts/trace/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import { context, core1, db1, edge1, edge2, judge, learnt, round, traced, verdicts } from './fixtures.js'
import { path } from './index.js'
import type { PathSpec } from './spec.js'

const end = `${db1} open`
const whole = round([edge1, core1, end], 'reached')
const over2 = round([edge2, core1, end], 'reached')
const hole = round([edge1, '*', end], 'reached')
const stranger = round([edge1, '10.0.8.77', core1, end], 'reached')
const stopped = round([edge1, `${core1} 3/13`], 'stopped')
const silent = round([edge1], 'silent')

describe('via and avoids', () => {
  const rows: readonly [string, Partial<PathSpec>, readonly TraceRound[], 'pass' | 'fail' | 'error'][] = [
    ['a router on the path', { via: 'edge1' }, [whole], 'pass'],
    ['by another of its addresses', { via: '203.0.113.1' }, [whole], 'pass'],
    ['by the address that answered', { via: edge1 }, [whole], 'pass'],
    ['by a prefix', { via: '203.0.113.0/24' }, [whole], 'pass'],
    ['an address is no text: 198.51.100.1 is not in 198.51.100.10', { via: '198.51.100.10' }, [whole], 'fail'],
    ['a router that is not there', { via: 'edge2' }, [whole], 'fail'],
    ['an address that is not there', { via: '192.0.2.1' }, [whole], 'fail'],
    ['a prefix that is not there', { via: '192.0.2.0/24' }, [whole], 'fail'],
    ['the target is not on the path to itself', { via: 'db1' }, [whole], 'fail'],
    ['a hole may be the router', { via: 'edge2' }, [hole], 'error'],
    ['a hole beside the router', { via: 'edge1' }, [hole], 'pass'],
    ['it may lie behind a silent end', { via: 'core1' }, [silent], 'error'],
    ['it does not lie behind a stop', { via: 'edge2' }, [stopped], 'fail'],
    ['the device that stops it', { via: 'core1' }, [stopped], 'pass'],
    ['one flow without it', { via: 'edge1' }, [whole, over2], 'fail'],
    ['one flow with a hole', { via: 'edge1' }, [whole, round(['*', core1, end], 'reached')], 'error'],
    ['each flow by one of two', { via: { 'one-of': ['edge1', 'edge2'] } }, [whole, over2], 'pass'],
    ['one of two, neither there', { via: { 'one-of': ['edge2', '192.0.2.1'] } }, [whole], 'fail'],
    ['one of two, one unknown', { via: { 'one-of': ['edge2', 'old1'] } }, [stranger], 'error'],
    ['in order', { via: { 'in-order': ['edge1', 'core1'] } }, [whole], 'pass'],
    ['in order, with another between', { via: { 'in-order': ['edge1', 'core1'] } }, [stranger], 'pass'],
    ['in the other order', { via: { 'in-order': ['core1', 'edge1'] } }, [whole], 'fail'],
    ['in order, over a hole', { via: { 'in-order': ['edge1', 'core1'] } }, [hole], 'error'],
    ['in an order that a hole cannot mend', { via: { 'in-order': ['core1', 'edge2', 'edge1'] } }, [hole], 'fail'],
    ['in order, but one hop cannot be two', { via: { 'in-order': ['198.51.100.0/24', 'edge1'] } }, [whole], 'fail'],
    ['a router known by one address may be a stranger', { via: 'old1' }, [stranger], 'error'],
    ['but not a router that is known as another', { via: 'old1' }, [whole], 'fail'],
    ['avoided', { avoids: 'edge2' }, [whole], 'pass'],
    ['avoided by address', { avoids: '192.0.2.1' }, [whole], 'pass'],
    ['not avoided', { avoids: 'core1' }, [whole], 'fail'],
    ['not avoided, by another of its addresses', { avoids: '10.20.0.1' }, [whole], 'fail'],
    ['not avoided by one flow', { avoids: 'edge2' }, [whole, over2], 'fail'],
    ['a hole is not avoided', { avoids: 'edge2' }, [hole], 'error'],
    ['a silent end is not avoided', { avoids: 'edge2' }, [silent], 'error'],
    ['a stop is an end', { avoids: 'edge2', reaches: false }, [stopped], 'pass'],
    ['a stranger may be a router known by one address', { avoids: 'old1' }, [stranger], 'error'],
    ['a loop that is seen whole', { avoids: 'edge2' }, [round([edge1, core1, edge1, core1, edge1], 'loop')], 'pass'],
    ['a router that answered for the one before', { avoids: 'edge2' }, [round([core1, core1, end], 'reached')], 'error'],
    ['a device that answers in the name of the target', { avoids: 'edge2' }, [round([db1, core1, end], 'reached')], 'error'],
    ['no trace came back', { avoids: 'edge2' }, [], 'error'],
  ]
  it.each(rows)('%s', (_, spec, rounds, verdict) => {
    expect(judge(spec, traced(rounds)).at(-1)?.verdict).toBe(verdict)
  })

  it.each<[string, Partial<PathSpec>, readonly string[], 'pass' | 'fail' | 'error']>([
    ['a router that is known by IPv4 alone', { avoids: 'edge2' }, ['2001:db8::1'], 'error'],
    ['the same, sought', { via: 'edge2' }, ['2001:db8::1'], 'error'],
    ['an IPv4 address', { avoids: '192.0.2.1' }, ['2001:db8::1'], 'error'],
    ['an IPv4 prefix', { avoids: '192.0.2.0/24' }, ['2001:db8::1'], 'error'],
    ['an IPv6 prefix', { avoids: '2001:db8:1::/48' }, ['2001:db8::1'], 'pass'],
    ['an IPv6 prefix that is crossed', { avoids: '2001:db8::/48' }, ['2001:db8::1'], 'fail'],
    ['a link-local address, which any router may have', { avoids: 'six1' }, ['fe80::1'], 'error'],
    ['a router that is known by IPv6', { avoids: 'six1' }, ['2001:db8::1'], 'pass'],
    ['the same, crossed', { avoids: 'six1' }, ['2001:db8:6::1'], 'fail'],
  ])('on a path of IPv6: %s', (_, spec, routers, verdict) => {
    const six = round([...routers, '2001:db8:20::5 open'], 'reached')
    expect(judge(spec, traced([six], { address: '2001:db8:20::5' })).at(-1)?.verdict).toBe(verdict)
  })

  it('without a constant flow the hops need not be on one path: seen is seen, and unseen proves nothing', () => {
    const trace = traced([whole], { constantFlow: false })
    expect(verdicts(judge({ via: ['edge1', 'edge2'], avoids: ['edge2', 'core1'], hops: 3 }, trace))).toEqual([
      'reaches: pass',
      'via edge1: error',
      'via edge2: error',
      'avoids edge2: error',
      'avoids core1: fail',
      'hops: error',
    ])
  })
})

describe('a host that is known by one address', () => {
  const addresses = (...list: readonly string[]): Interfaces => [
    { name: 'lo', addresses: [{ address: '127.0.0.1', prefixLength: 8, peer: null, dynamic: false }] },
    { name: 'eth0', addresses: list.map((address) => ({ address, prefixLength: 24, peer: null, dynamic: false })) },
  ]
  const trace = traced([stranger])
  const spec: PathSpec = { target: 'db1:5432', avoids: 'fw1' }

  it('is asked for the others, when a stranger may be it', () => {
    expect(path.further?.(spec, { trace }, context, nothingLearnt)).toEqual([{ fact: 'interfaces', host: 'fw1', args: {} }])
    expect(path.further?.(spec, { trace: traced([whole]) }, context, nothingLearnt)).toEqual([])
    expect(path.further?.({ ...spec, avoids: 'old1' }, { trace }, context, nothingLearnt)).toEqual([])
  })

  it('and is then on the path or not', () => {
    expect(judge(spec, trace, learnt({ interfaces: addresses('10.0.9.1', '10.0.9.2') })).at(-1)?.verdict).toBe('pass')
    expect(judge(spec, trace, learnt({ interfaces: addresses('10.0.9.1', '10.0.8.77') })).at(-1)).toMatchObject({
      verdict: 'fail',
      actual: 'edge1 → fw1 → core1 → the target',
      message: expect.stringContaining(
        'It is hop 2, 10.0.8.77 (fw1). 198.51.100.1 (edge1) sends it there: look at the route to 10.20.0.5 on it.',
      ),
    })
  })

  it('unless it could not be asked', () => {
    const refused = { reason: 'unreachable' as const, message: 'ssh: connect to 10.0.9.1 port 22: No route to host' }
    expect(judge(spec, trace, learnt({ interfaces: refused })).at(-1)).toMatchObject({
      verdict: 'error',
      message: expect.stringContaining(
        '10.0.8.77 may be fw1. The inventory knows only 10.0.9.1 of fw1, and a router answers from any of its addresses. ' +
          'Declare its addresses: `routers: { fw1: [10.0.9.1, …] }`. It was asked for the others, in vain: ssh: connect to 10.0.9.1 port 22: No route to host\n',
      ),
    })
  })
})

describe('messages', () => {
  const message = (spec: Partial<PathSpec>, ...rounds: readonly TraceRound[]): string | undefined =>
    judge(spec, traced(rounds))
      .find(({ verdict }) => verdict !== 'pass')
      ?.message.split('\n')[0]

  it.each<[string, Partial<PathSpec>, readonly TraceRound[], string]>([
    [
      'a router that is missing',
      { via: 'edge2' },
      [whole],
      'Every router of the path is known, and edge2 is not on the path. Look at `ip route get 10.20.0.5` on ops, and the route to 10.20.0.5 on 198.51.100.1 (edge1) and what follows.',
    ],
    [
      'the wrong order',
      { via: { 'in-order': ['core1', 'edge1'] } },
      [whole],
      'Every router of the path is known, and edge1 is not on the path behind core1. Look at `ip route get 10.20.0.5` on ops, and the route to 10.20.0.5 on 198.51.100.1 (edge1) and what follows.',
    ],
    [
      'shared load',
      { via: 'edge1' },
      [whole, over2],
      'Load is shared among several paths: with source port 61002 edge1 is not on the path, with source port 61001 it is as expected. Look at the routes with several next hops: `ip route get 10.20.0.5` on ops, and the route to 10.20.0.5 on 198.51.100.2 (edge2) and what follows.',
    ],
    [
      'a hole',
      { via: 'edge2' },
      [hole],
      'Hop 2 is not known, and may be edge2: a router that does not answer is unknown, not absent. Let it answer (ICMP time exceeded), or trace with another `protocol`.',
    ],
    [
      'two holes, and none of two routers',
      { via: { 'one-of': ['edge2', 'core1'] } },
      [round(['*', '*', end], 'reached')],
      'Hops 1, 2 are not known, and may be edge2 or core1: a router that does not answer is unknown, not absent. Let it answer (ICMP time exceeded), or trace with another `protocol`.',
    ],
    [
      'a stranger',
      { avoids: 'old1' },
      [stranger],
      '10.0.8.77 may be old1. The inventory knows only 10.0.8.1 of old1, and a router answers from any of its addresses. Declare its addresses: `routers: { old1: [10.0.8.1, …] }`.',
    ],
    [
      'presence at the first hop',
      { avoids: 'edge1' },
      [whole],
      'It is hop 1, 198.51.100.1 (edge1). ops sends it there: look at the route to 10.20.0.5 on it.',
    ],
    [
      'presence behind a hole, with one flow',
      { avoids: 'core1' },
      [round([edge1, end], 'reached'), round(['*', core1, end], 'reached')],
      'It is hop 2, 203.0.113.254 (core1) with source port 61002, not with every flow. The router at hop 1, which is silent, sends it there: look at the route to 10.20.0.5 on it.',
    ],
  ])('%s', (_, spec, rounds, text) => {
    expect(message(spec, ...rounds)).toBe(text)
  })

  it('the path is shown once, with the first failure', () => {
    const findings = judge({ via: 'edge2', avoids: ['core1', 'edge1'] }, traced([whole]))
    expect(findings.map((finding) => finding.message.includes('Path from ops'))).toEqual([false, true, false, false])
  })

  it('a path that changed while it was traced', () => {
    const trace = traced([], { flows: [{ id: 7, rounds: [whole, over2] }] })
    expect(judge({ via: 'edge1' }, trace).at(-1)?.message).toContain(
      'The path changed while it was traced: at first or at last edge1 is not on the path.',
    )
  })
})
