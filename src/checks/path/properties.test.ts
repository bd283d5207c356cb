import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TraceRound } from '../../facts/trace/index.js'
import { core1, db1, edge1, edge2, judge, round, traced } from './fixtures.js'
import type { PathSpec } from './spec.js'

const end = `${db1} open`

describe('any path', () => {
  const address = fc.constantFrom(edge1, edge2, core1, '10.0.8.77', '10.0.8.1', '203.0.113.1', '10.0.9.1')
  const hops = fc.array(fc.oneof({ weight: 4, arbitrary: address }, { weight: 1, arbitrary: fc.constant('*') }), { maxLength: 6 })
  const last = fc.constantFrom<[string | null, TraceRound['end']]>(
    [end, 'reached'],
    [`${db1} closed`, 'reached'],
    ['203.0.113.254 3/13', 'stopped'],
    [null, 'silent'],
    [null, 'unfinished'],
    [null, 'loop'],
  )
  const anyRound = fc.tuple(hops, last).map(([list, [answer, how]]) => ({ list: answer === null ? list : [...list, answer], how }))
  const rounds = fc.array(anyRound, { minLength: 1, maxLength: 4 })
  const place = fc.constantFrom('edge1', 'edge2', 'core1', 'old1', 'fw1', edge1, '192.0.2.1', '203.0.113.0/24', 'db1')
  type Drawn = { readonly list: readonly string[]; readonly how: TraceRound['end'] }
  const toTrace = (drawn: readonly Drawn[]) => traced(drawn.map(({ list, how }) => round(list, how)))
  const verdictOf = (spec: Partial<PathSpec>, drawn: readonly Drawn[]) => judge(spec, toTrace(drawn)).at(-1)?.verdict

  it('a hop that falls silent never turns another verdict into a pass, and never a pass into a fail', () => {
    const specs = fc.oneof(
      place.map((one): Partial<PathSpec> => ({ avoids: one })),
      place.map((one): Partial<PathSpec> => ({ via: one })),
      fc.uniqueArray(place, { minLength: 2, maxLength: 3 }).map((list): Partial<PathSpec> => ({ via: { 'in-order': list } })),
      fc.uniqueArray(place, { minLength: 2, maxLength: 3 }).map((list): Partial<PathSpec> => ({ via: { 'one-of': list } })),
    )
    fc.assert(
      fc.property(specs, rounds, fc.nat(), fc.nat(), (spec, drawn, which, where) => {
        const chosen = drawn[which % drawn.length]
        const routers = (chosen?.list.length ?? 0) - (chosen?.how === 'reached' || chosen?.how === 'stopped' ? 1 : 0)
        fc.pre(chosen !== undefined && routers > 0 && chosen.how !== 'loop')
        // One address twice in a row tells of a router that is not seen; a hole hides that.
        fc.pre(chosen.list.every((text, index) => text !== chosen.list[index + 1]))
        const muted = drawn.map((each) =>
          each === chosen ? { ...each, list: each.list.map((text, index) => (index === where % routers ? '*' : text)) } : each,
        )
        const [before, after] = [verdictOf(spec, drawn), verdictOf(spec, muted)]
        if (after === 'pass') expect(before).toBe('pass')
        if (before === 'pass') expect(after).not.toBe('fail')
        if (after === 'fail') expect(before).toBe('fail')
      }),
      { numRuns: 1_000 },
    )
  })

  it('what is avoided is not crossed, and what is crossed is not avoided', () => {
    fc.assert(
      fc.property(place, rounds, (one, drawn) => {
        const [via, avoids] = [verdictOf({ via: one }, drawn), verdictOf({ avoids: one }, drawn)]
        if (via === 'pass') expect(avoids).toBe('fail')
        if (avoids === 'pass') expect(via).toBe('fail')
        if (drawn.length === 1) expect(via === 'error').toBe(avoids === 'error')
      }),
      { numRuns: 1_000 },
    )
  })

  it('a flow more never turns a failure into a pass', () => {
    fc.assert(
      fc.property(place, rounds, anyRound, (one, drawn, more) => {
        for (const spec of [{ via: one }, { avoids: one }]) {
          if (verdictOf(spec, drawn) === 'fail') expect(verdictOf(spec, [...drawn, more])).toBe('fail')
          if (verdictOf(spec, drawn) === 'error') expect(verdictOf(spec, [...drawn, more])).not.toBe('pass')
        }
      }),
      { numRuns: 500 },
    )
  })

  it('any trace gives findings that have something to say', () => {
    const spec: Partial<PathSpec> = {
      via: ['edge1', 'old1'],
      avoids: ['fw1'],
      hops: 2,
      rtt: '1s',
      service: 'open',
      'hop-rtt': { core1: '1s' },
    }
    fc.assert(
      fc.property(rounds, fc.boolean(), (drawn, constantFlow) => {
        const findings = judge(spec, { ...toTrace(drawn), constantFlow })
        expect(findings.length).toBe(8)
        for (const { verdict, message, actual, expected } of findings) {
          expect(`${expected}${actual}${message}`).not.toMatch(/undefined|null|NaN|\[object/)
          if (verdict !== 'pass') expect(message).not.toBe('')
        }
      }),
    )
  })
})
