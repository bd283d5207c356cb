import { describe, expect, it } from 'vitest'
import { entry, host, inventory, numberCheck, planOf, record } from '../../test/support/plan.js'
import { factKey } from '../lib/fact-key.js'
import type { AnyCheckKind } from '../model/check.js'
import type { FactRequest } from '../model/fact.js'
import type { PlannedRequest } from '../model/plan.js'
import type { RunEvent } from '../model/report.js'
import type { Collector } from './collector.js'
import { type RunInput, runPlan } from './run.js'

const web1 = host('web1')
const db1 = host('db1')
const plan = planOf(
  { entry: entry('a', { spec: { min: 2 } }), host: web1 },
  { entry: entry('b'), host: db1 },
  { entry: entry('c'), host: web1 },
)

const plannedOf = (request: FactRequest): PlannedRequest => ({ key: factKey(request), request, timeoutMs: 1_000 })

const answering = (value: number): Collector => ({
  collect: async (requests) => requests.map((planned) => record(planned, { value })),
  close: async () => {},
})

function input(more: Partial<RunInput>): RunInput {
  return {
    plan,
    checkKinds: new Map([['number', numberCheck]]),
    open: () => answering(2),
    announces: () => false,
    concurrency: 4,
    timeoutMs: null,
    signal: new AbortController().signal,
    version: '1.2.3',
    countsAsFailure: () => true,
    onEvent: () => {},
    onRecords: () => {},
    ...more,
  }
}

describe('runPlan', () => {
  it('reports results in the order of the plan, and tells what happens as it happens', async () => {
    const events: RunEvent[] = []
    const report = await runPlan(input({ onEvent: (event) => void events.push(event) }))
    expect(report.results.map(({ id, host: name, verdict }) => `${id} ${name} ${verdict}`)).toEqual([
      'a web1 pass',
      'b db1 pass',
      'c web1 pass',
    ])
    expect(report).toMatchObject({
      version: 1,
      netproof: '1.2.3',
      totals: { pass: 3, fail: 0, error: 0, skip: 0 },
      exitCode: 0,
      interrupted: false,
    })
    expect(events.map(({ type }) => type).sort()).toEqual(['end', 'host', 'host', 'result', 'result', 'result', 'start'])
    expect(events[0]?.type).toBe('start')
    expect(events.at(-1)?.type).toBe('end')
  })

  const broken: Collector = { ...answering(2), collect: () => Promise.reject(new Error('boom')) }

  it.each([
    { title: 'fails when a check fails', collector: answering(1), counts: true, exitCode: 1 },
    { title: 'passes when failures do not count', collector: answering(1), counts: false, exitCode: 0 },
    { title: 'is undetermined when a host cannot be asked', collector: broken, counts: true, exitCode: 2 },
  ])('$title', async ({ collector, counts, exitCode }) => {
    expect((await runPlan(input({ open: () => collector, countsAsFailure: () => counts }))).exitCode).toBe(exitCode)
  })

  it('says once for a host that nothing could be learnt, and goes on with the others', async () => {
    const error = { reason: 'unreachable', message: 'ssh: connect to web1: No route to host' } as const
    const silent: Collector = { ...answering(2), collect: async (requests) => requests.map((planned) => record(planned, { error })) }
    const report = await runPlan(input({ open: ({ name }) => (name === 'web1' ? silent : answering(2)) }))
    expect(report.hosts.map(({ name, error: found }) => [name, found?.message ?? null])).toEqual([
      ['web1', 'ssh: connect to web1: No route to host'],
      ['db1', null],
    ])
    expect(report.totals).toEqual({ pass: 1, fail: 0, error: 2, skip: 0 })
  })

  it('says whose the trouble is where a check asks another host than its own', async () => {
    const base = planOf({ entry: entry('a'), host: web1 }, { entry: entry('b'), host: db1 })
    const [own, other] = base.checks
    if (own === undefined || other === undefined) throw new Error('the plan has two checks')
    const both = { ...own, requestKeys: [...own.requestKeys, ...other.requestKeys] }
    const failing = (name: string): Collector => ({
      collect: async (requests) =>
        requests.map((planned) => record(planned, { error: { reason: 'unreachable', message: `no shell at ${name[0]}` } })),
      close: async () => {},
    })
    const report = await runPlan(input({ plan: { ...base, checks: [both] }, open: ({ name }) => failing(name) }))
    expect(report.results.map(({ reason }) => reason)).toEqual(['no shell at w; db1: no shell at d'])
  })

  it('keeps what is known when it is interrupted, and ends with 130', async () => {
    const controller = new AbortController()
    const hanging: Collector = {
      collect: (requests, signal) =>
        new Promise((resolve) => {
          const error = { reason: 'interrupted', message: 'interrupted' } as const
          signal.addEventListener('abort', () => resolve(requests.map((planned) => record(planned, { error }))))
        }),
      close: async () => {},
    }
    const onEvent = (event: RunEvent): void => {
      if (event.type === 'result' && event.result.host === 'db1') controller.abort('SIGINT')
    }
    const report = await runPlan(
      input({ open: ({ name }) => (name === 'web1' ? hanging : answering(2)), signal: controller.signal, onEvent }),
    )
    expect(report.results.map(({ id, verdict, reason }) => `${id} ${verdict} ${reason}`)).toEqual([
      'a error interrupted (SIGINT) before it could be determined',
      'b pass ',
      'c error interrupted (SIGINT) before it could be determined',
    ])
    expect(report).toMatchObject({ interrupted: true, exitCode: 130 })
  })

  it('ends at its time, with what is known', async () => {
    const never: Collector = { collect: () => new Promise(() => {}), close: async () => {} }
    const report = await runPlan(input({ open: () => never, timeoutMs: 50 }))
    expect(report.results[0]?.reason).toBe("the run's time of 50 ms ended before it could be determined")
    expect(report).toMatchObject({ interrupted: false, exitCode: 2 })
  })

  it('asks a host that only the answers led to, lists it, and tells nobody when it does not answer', async () => {
    const core1 = host('core1')
    const curious = {
      ...numberCheck,
      further: (): readonly FactRequest[] => [{ fact: 'number', host: 'core1', args: {} }],
    } as unknown as AnyCheckKind
    const base = planOf({ entry: entry('a'), host: web1 })
    const checks = base.checks.map((check) => ({ ...check, context: { ...check.context, inventory: inventory(web1, core1) } }))
    const error = { reason: 'unreachable', message: 'no way' } as const
    const closed: string[] = []
    const events: RunEvent[] = []
    const report = await runPlan(
      input({
        plan: { ...base, checks },
        checkKinds: new Map([['number', curious]]),
        open: ({ name }) => ({
          collect: async (requests) => requests.map((planned) => record(planned, name === 'core1' ? { error } : { value: 2 })),
          close: async () => void closed.push(name),
        }),
        onEvent: (event) => void events.push(event),
      }),
    )
    expect(report.totals).toEqual({ pass: 1, fail: 0, error: 0, skip: 0 })
    expect(report.hosts.map(({ name, error: found }) => [name, found?.message ?? null])).toEqual([
      ['web1', null],
      ['core1', 'no way'],
    ])
    expect(events.flatMap((event) => (event.type === 'host' ? [event.host] : []))).toEqual(['web1'])
    expect(closed.sort()).toEqual(['core1', 'web1'])
  })

  it('asks during an observer, and collects both where nothing happens any more', async () => {
    const db = plannedOf({ fact: 'number', host: 'db1', args: { name: 'a' } })
    const base = planOf({ entry: entry('a', { spec: { min: 2 } }), host: web1 }, { entry: entry('b'), host: db1 })
    const [own] = base.checks
    if (own === undefined) throw new Error('the plan has a check')
    const film: FactRequest = { fact: 'film', host: 'web1', args: {} }
    const probe = plannedOf({ ...db.request, during: film })
    const requests = new Map([...base.requests, ...[plannedOf(film), probe].map((planned) => [planned.key, planned] as const)])
    const checks = [{ ...own, requestKeys: [...own.requestKeys, factKey(film), probe.key] }]
    const told: string[] = []
    const live = (name: string): Collector => ({
      collect: async (wanted) => {
        told.push(...wanted.map(({ request }) => `${name} ${request.fact}`))
        return wanted.map((planned) => record(planned, { value: 2 }))
      },
      observe: async (planned, { ready, enough }) => {
        told.push('film begins')
        ready()
        await enough
        told.push('film ends')
        return record(planned, { value: 1 })
      },
      close: async () => {},
    })
    const announces = (fact: string): boolean => fact === 'film'
    const plan = { ...base, requests, checks }
    expect((await runPlan(input({ plan, announces, open: ({ name }) => live(name) }))).totals.pass).toBe(1)
    expect(told.filter((word) => word !== 'web1 number')).toEqual(['film begins', 'db1 number', 'film ends'])
    const recorded = ({ collect, close }: Collector): Collector => ({ collect, close })
    told.length = 0
    expect((await runPlan(input({ plan, announces, open: ({ name }) => recorded(live(name)) }))).totals.pass).toBe(1)
    expect(told.sort()).toEqual(['db1 number', 'web1 film', 'web1 number'])
  })
})
