import { describe, expect, it, vi } from 'vitest'
import { entry, host, numberCheck, planOf, record } from '../../test/support/plan.js'
import { request } from '../lib/fact-key.js'
import type { AnyCheckKind, Finding, Learnt } from '../model/check.js'
import type { FactKind, FactRequest } from '../model/fact.js'
import type { Json } from '../model/json.js'
import type { Plan, PlannedRequest } from '../model/plan.js'
import type { Result } from '../model/report.js'
import { Schedule } from './schedule.js'

const web1 = host('web1')
const db1 = host('db1')

interface Asked {
  readonly host: string
  readonly requests: readonly PlannedRequest[]
  readonly startedAt: number
}

/** Runs a plan by hand: the test answers what was asked. */
function start(plan: Plan, kind: AnyCheckKind = numberCheck) {
  const involved: string[] = []
  const asked: Asked[] = []
  const results: Result[] = []
  const done = vi.fn()
  const schedule = new Schedule(plan, new Map([['number', kind]]), {
    ask: (name, requests) => void asked.push({ host: name, requests, startedAt: performance.now() }),
    result: (result) => void results.push(result),
    involve: (name) => void involved.push(name),
    retry: () => {},
    done,
  })
  schedule.start()
  const answer = (index: number, value: Json, startedAt = asked[index]?.startedAt ?? 0): void =>
    schedule.delivered(asked[index]?.requests.map((planned) => record(planned, { value })) ?? [], startedAt)
  return { asked, involved, results, done, schedule, answer, verdicts: () => results.map(({ id, verdict }) => `${id} ${verdict}`) }
}

describe('Schedule', () => {
  it('asks for a fact once, however many checks want it', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => ({ entry: entry(`c${index}`), host: web1 }))
    const run = start(planOf(...many))
    expect(run.asked.map(({ requests }) => requests.length)).toEqual([1])
    run.answer(0, 1)
    expect(run.results).toHaveLength(1_000)
    expect(run.done).toHaveBeenCalledOnce()
  })

  it('is done at once when there is nothing to do, and skips with the reason', () => {
    expect(start(planOf()).done).toHaveBeenCalledOnce()
    const run = start(planOf({ entry: entry('c'), host: web1, skip: 'not for this host' }))
    expect(run.results).toMatchObject([{ verdict: 'skip', reason: 'not for this host', attempts: 0 }])
    expect(run.done).toHaveBeenCalledOnce()
  })

  it('makes a fact that could not be learnt an error of every check that wanted it', () => {
    const run = start(planOf({ entry: entry('a'), host: web1 }, { entry: entry('b'), host: web1 }))
    const error = { reason: 'unreachable', message: 'ssh: connect to web1: No route to host' } as const
    run.schedule.delivered(run.asked[0]?.requests.map((planned) => record(planned, { error })) ?? [], performance.now())
    expect(run.verdicts()).toEqual(['a error', 'b error'])
    expect(run.results[0]?.reason).toBe('ssh: connect to web1: No route to host')
  })

  it('judges what needs another check only after that has passed, on facts it already has', () => {
    const run = start(planOf({ entry: entry('first'), host: web1 }, { entry: entry('second'), host: web1, after: [0] }))
    run.answer(0, 1)
    expect(run.asked).toHaveLength(1)
    expect(run.verdicts()).toEqual(['first pass', 'second pass'])
  })

  it('skips what needs a check that did not pass, and what needs that in turn', () => {
    const run = start(
      planOf(
        { entry: entry('a', { spec: { min: 5 } }), host: web1 },
        { entry: entry('b'), host: db1, after: [0] },
        { entry: entry('c'), host: db1, after: [1] },
      ),
    )
    run.answer(0, 1)
    expect(run.results.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([
      'a: ',
      'b: needs a on web1, which is fail',
      'c: needs b on db1, which is skip',
    ])
    expect(run.asked.map((one) => one.host)).toEqual(['web1'])
    expect(run.done).toHaveBeenCalledOnce()
  })

  it('follows a chain of needs of any length', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => ({
      entry: entry(`c${index}`),
      host: web1,
      after: index === 0 ? [] : [index - 1],
    }))
    const run = start(planOf(...chain))
    run.answer(0, 1)
    expect(run.results).toHaveLength(20_000)
    expect(run.done).toHaveBeenCalledOnce()
  })

  it('tries again with fresh facts only, and only for the check that asked for it', async () => {
    vi.useFakeTimers()
    try {
      const retry = { untilMs: 1_000, everyMs: 100 }
      const run = start(
        planOf({ entry: entry('a', { spec: { min: 2 }, retry }), host: web1 }, { entry: entry('b', { spec: { fact: 'b' } }), host: web1 }),
      )
      run.answer(0, 1)
      expect(run.verdicts()).toEqual(['b pass'])
      await vi.advanceTimersByTimeAsync(100)
      expect(run.asked[1]?.requests.map(({ request }) => request.args)).toEqual([{ name: 'a' }])
      run.answer(1, 2, run.asked[0]?.startedAt)
      expect(run.verdicts()).toEqual(['b pass'])
      run.answer(1, 2)
      expect(run.results[1]).toMatchObject({ id: 'a', verdict: 'pass', attempts: 2 })
      expect(run.done).toHaveBeenCalledOnce()
    } finally {
      vi.useRealTimers()
    }
  })

  it('gives up when the time for retries is over, with the last verdict', async () => {
    vi.useFakeTimers()
    try {
      const run = start(planOf({ entry: entry('a', { spec: { min: 2 }, retry: { untilMs: 250, everyMs: 100 } }), host: web1 }))
      for (let turn = 0; turn < 3; turn++) {
        run.answer(turn, 1)
        await vi.advanceTimersByTimeAsync(100)
      }
      expect(run.results).toMatchObject([{ verdict: 'fail', attempts: 3 }])
      expect(run.asked).toHaveLength(3)
    } finally {
      vi.useRealTimers()
    }
  })

  it('asks anew for a check whose prerequisite passed only on a later attempt', async () => {
    vi.useFakeTimers()
    try {
      const run = start(
        planOf(
          { entry: entry('service', { spec: { min: 2 }, retry: { untilMs: 1_000, everyMs: 100 } }), host: web1 },
          { entry: entry('other', { spec: { fact: 'b' } }), host: web1 },
          { entry: entry('client', { spec: { fact: 'b' } }), host: web1, after: [0] },
        ),
      )
      run.answer(0, 1)
      await vi.advanceTimersByTimeAsync(100)
      run.answer(1, 2)
      expect(run.verdicts()).toEqual(['other pass', 'service pass'])
      expect(run.asked[2]?.requests.map(({ request }) => request.args)).toEqual([{ name: 'b' }])
      run.answer(2, 1)
      expect(run.done).toHaveBeenCalledOnce()
    } finally {
      vi.useRealTimers()
    }
  })

  it('gives every open check an error when it is stopped, and hears nothing more', () => {
    const run = start(planOf({ entry: entry('a'), host: web1 }, { entry: entry('b'), host: db1 }))
    run.answer(0, 1)
    run.schedule.stop('interrupted')
    run.answer(1, 1)
    expect(run.results.map(({ id, verdict, reason }) => `${id} ${verdict} ${reason}`)).toEqual(['a pass ', 'b error interrupted'])
    expect(run.done).toHaveBeenCalledOnce()
  })

  describe('a check that asks on', () => {
    const numberFact = { name: 'number' } as FactKind<{ name: string }, number>
    const step = (index: number, on = 'db1'): FactRequest<number> => request(numberFact, on, { name: `step ${index}` })
    const finding = (verdict: Finding['verdict'], actual: string): readonly Finding[] => [
      { verdict, subject: 'steps', expected: '', actual, message: '' },
    ]
    /** Follows the numbers: each says how many more steps there are, until one is 0 or cannot be had. */
    const chain = {
      ...numberCheck,
      further: (_: object, { number }: { number: number }, __: object, learnt: Learnt) => {
        const wishes = [step(number)]
        for (let known = learnt.of(step(number)); known !== undefined && 'value' in known && known.value > 0; ) {
          const next = step(known.value)
          wishes.push(next)
          known = learnt.of(next)
        }
        return wishes
      },
      evaluate: (_: object, { number }: { number: number }, __: object, learnt: Learnt) => {
        const all = [9, 3, 2, 1].map((index) => learnt.of(step(index)))
        const texts = all.map((known) => (known === undefined ? '-' : 'value' in known ? String(known.value) : known.error.message))
        return finding(number > 1 ? 'pass' : 'fail', texts.join(' '))
      },
    } as unknown as AnyCheckKind
    const actual = ({ results }: ReturnType<typeof start>) => results.map(({ findings: [first] }) => first?.actual)

    it('is judged when it names nothing new, and its result names all it went by', () => {
      const run = start(planOf({ entry: entry('a'), host: web1 }), chain)
      for (const [index, value] of [9, 3, 1, 0].entries()) run.answer(index, value)
      expect(run.asked.map(({ host: name, requests }) => [name, requests.map(({ request: { args } }) => args.name)])).toEqual([
        ['web1', ['a']],
        ['db1', ['step 9']],
        ['db1', ['step 3']],
        ['db1', ['step 1']],
      ])
      expect(run.involved).toEqual(['db1', 'db1', 'db1'])
      expect(actual(run)).toEqual(['3 1 - 0'])
      expect(run.results[0]?.facts).toHaveLength(4)
      expect(run.done).toHaveBeenCalledOnce()
    })

    it('receives the error of what could not be learnt, and goes on', () => {
      const run = start(planOf({ entry: entry('a'), host: web1 }), chain)
      run.answer(0, 9)
      const error = { reason: 'unreachable', message: 'no way' } as const
      run.schedule.delivered(run.asked[1]?.requests.map((planned) => record(planned, { error })) ?? [], performance.now())
      expect(actual(run)).toEqual(['no way - - -'])
      expect(run.verdicts()).toEqual(['a pass'])
    })

    it('shares what others asked', () => {
      const run = start(planOf({ entry: entry('a'), host: web1 }, { entry: entry('b'), host: web1 }), chain)
      for (const [index, value] of [9, 0].entries()) run.answer(index, value)
      expect(run.asked).toHaveLength(2)
      expect(actual(run)).toEqual(['0 - - -', '0 - - -'])
    })

    it('asks all of it anew on its next attempt', async () => {
      vi.useFakeTimers()
      try {
        const run = start(planOf({ entry: entry('a', { retry: { untilMs: 1_000, everyMs: 100 } }), host: web1 }), chain)
        run.answer(0, 1)
        run.answer(1, 0)
        await vi.advanceTimersByTimeAsync(100)
        run.answer(2, 2)
        run.answer(3, 0)
        expect(run.results[0]).toMatchObject({ verdict: 'pass', attempts: 2 })
        expect(actual(run)).toEqual(['- - 0 -'])
      } finally {
        vi.useRealTimers()
      }
    })

    it('is undetermined when its room breaks, or never ends', () => {
      const broken = {
        ...numberCheck,
        further: () => {
          throw new Error('boom')
        },
      }
      const run = start(planOf({ entry: entry('a'), host: web1 }), broken as AnyCheckKind)
      run.answer(0, 1)
      expect(run.results[0]?.reason).toBe('check number failed to say what it needs to know (a defect in netproof): Error: boom')

      let count = 0
      const endless = { ...numberCheck, further: () => Array.from({ length: 1_000 }, () => step(count++)) }
      const other = start(planOf({ entry: entry('a'), host: web1 }), endless as AnyCheckKind)
      for (let index = 0; index < other.asked.length; index++) other.answer(index, 1)
      expect(count).toBeLessThan(20_000)
      expect(other.done).toHaveBeenCalledOnce()
    })
  })
})
