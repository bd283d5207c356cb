import { describe, expect, it } from 'vitest'
import type { TraceHop, TraceRound } from '../../facts/trace/index.js'
import { traceOf } from './fixtures.js'
import { pathsOf } from './path.js'

const target = '10.2.0.10'
const hop = (ttl: number, from: string | null, answer: TraceHop['answer'] = from === null ? null : 'time-exceeded'): TraceHop => ({
  ttl,
  from,
  answer,
  icmp: null,
  rttMs: null,
  asks: 1,
})
const round = (end: TraceRound['end'], ...hops: readonly TraceHop[]): TraceRound => ({ end, hops })

function pathOf(...rounds: readonly TraceRound[]) {
  const trace = { ...traceOf({ hops: [] }, 'tcp', '10.1.0.10', target), flows: [{ id: 61_000, rounds }] }
  const [path] = pathsOf(trace, (one, other) => one === '10.0.0.2' && other === '10.0.0.3')
  if (path === undefined) throw new Error('no path')
  const { hops, arrived, arrivals, changing, shifted } = path
  return { hops, arrived, arrivals, changing, shifted }
}

const usual = { arrived: true, arrivals: 1, changing: false, shifted: false }

describe('a path', () => {
  it.each<[string, readonly TraceRound[], ReturnType<typeof pathOf>]>([
    [
      'arrives behind its routers',
      [round('reached', hop(1, '10.0.0.1'), hop(2, '10.0.0.2'), hop(3, target, 'closed'))],
      { ...usual, hops: ['10.0.0.1', '10.0.0.2'] },
    ],
    ['has no router', [round('reached', hop(1, target, 'open'))], { ...usual, hops: [] }],
    [
      'is put together from rounds that heard different routers',
      [
        round('reached', hop(1, null), hop(2, '10.0.0.2'), hop(3, target, 'closed')),
        round('silent', hop(1, '10.0.0.1')),
        round('reached', hop(1, '10.0.0.1'), hop(2, null), hop(3, target, 'closed')),
      ],
      { ...usual, arrivals: 2, hops: ['10.0.0.1', '10.0.0.2'] },
    ],
    [
      'changes when another device answers',
      [round('reached', hop(1, '10.0.0.1'), hop(2, target, 'open')), round('reached', hop(1, '10.0.0.9'), hop(2, target, 'open'))],
      { ...usual, arrivals: 2, changing: true, hops: ['10.0.0.1'] },
    ],
    [
      'does not change when one device answers from two addresses',
      [round('reached', hop(1, '10.0.0.3'), hop(2, target, 'open')), round('reached', hop(1, '10.0.0.2'), hop(2, target, 'open'))],
      { ...usual, arrivals: 2, hops: ['10.0.0.3'] },
    ],
    [
      'changes when the target is once where a router was',
      [round('reached', hop(1, '10.0.0.1'), hop(2, target, 'open')), round('reached', hop(1, target, 'open'))],
      { ...usual, changing: true, hops: [] },
    ],
    [
      'is as long as the nearest answer of the target tells',
      [
        round('reached', hop(1, '10.0.0.1'), hop(2, null), hop(3, target, 'open')),
        round('reached', hop(1, '10.0.0.1'), hop(2, target, 'open')),
      ],
      { ...usual, hops: ['10.0.0.1'] },
    ],
    [
      'is not counted up to what answers in the name of the target and is none',
      [round('silent', hop(1, '10.0.0.1'), hop(2, target), hop(3, '10.0.0.2'))],
      { ...usual, arrived: false, arrivals: 0, hops: ['10.0.0.1', null, '10.0.0.2'] },
    ],
    [
      'arrives when the target forbids it',
      [round('stopped', hop(1, '10.0.0.1'), hop(2, target, 'unreachable'))],
      { ...usual, hops: ['10.0.0.1'] },
    ],
    [
      'does not arrive when a router forbids it, nor is that router further away than it answered before',
      [round('stopped', hop(1, '10.0.0.1'), hop(2, '10.0.0.1', 'unreachable'))],
      { ...usual, arrived: false, arrivals: 0, hops: ['10.0.0.1'] },
    ],
    [
      'is not believed where one address answers twice in a row',
      [round('reached', hop(1, '10.0.0.1'), hop(2, '10.0.0.2'), hop(3, '10.0.0.2'), hop(4, target, 'open'))],
      { ...usual, shifted: true, hops: ['10.0.0.1', null, '10.0.0.2'] },
    ],
    ['of no rounds at all', [], { ...usual, arrived: false, arrivals: 0, hops: [] }],
    [
      'has no router at a distance that is none, nor one without an address',
      [round('silent', hop(0, '10.0.0.1'), hop(-3, '10.0.0.1'), hop(1e9, '10.0.0.1'), hop(2, 'core1'))],
      { ...usual, arrived: false, arrivals: 0, hops: [] },
    ],
  ])('%s', (_, rounds, expected) => {
    expect(pathOf(...rounds)).toEqual(expected)
  })
})
