import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { record } from '../../test/support/plan.js'
import { factKey } from '../lib/fact-key.js'
import type { FactRecord, FactRequest } from '../model/fact.js'
import type { PlannedRequest } from '../model/plan.js'
import { type ObservationActs, Observations } from './observations.js'
import type { Announcement } from './visit.js'

const plannedOf = (request: FactRequest): PlannedRequest => ({ key: factKey(request), request, timeoutMs: 1_000 })
const film = (host: string, name = 'film'): FactRequest => ({ fact: 'film', host, args: { name } })
const probe = (host: string, during?: FactRequest): FactRequest => ({ fact: 'probe', host, args: {}, ...(during && { during }) })

/** Observers that end when the test says so. */
function stage(concurrency = 8) {
  const told: string[] = []
  const running = new Map<string, { announcement: Announcement; end: (outcome: FactRecord['outcome']) => void }>()
  const answers: ((value: number) => void)[] = []
  const acts: ObservationActs = {
    observes: ({ request }) => request.fact === 'film',
    observe: (planned, announcement) => {
      told.push(`film on ${planned.request.host}`)
      void announcement.enough.then(() => void told.push(`enough on ${planned.request.host}`))
      return new Promise((resolve) => {
        running.set(planned.request.host, { announcement, end: (outcome) => resolve(record(planned, outcome)) })
      })
    },
    collect: (host, requests, signal) => {
      told.push(`ask ${host}`)
      signal.addEventListener('abort', () => void told.push(`stop ${host}`))
      return new Promise((resolve) => void answers.push((value) => resolve(requests.map((planned) => record(planned, { value })))))
    },
    deliver: (answered, unasked) => {
      const show = ({ fact, host, outcome }: FactRecord): string =>
        `${fact} on ${host}: ${'value' in outcome ? String(outcome.value) : `${outcome.error.reason}: ${outcome.error.message}`}`
      told.push(`answered ${answered.map(show).join(', ')}`, ...unasked.map((one) => `unasked ${show(one)}`))
    },
  }
  return { told, running, answers, observations: new Observations(acts, concurrency) }
}

describe('Observations', () => {
  it('asks during an observer only once it is ready, tells it when that is answered, and delivers all together', async () => {
    const { told, running, answers, observations } = stage()
    expect(observations.take([plannedOf(probe('ops', film('web1'))), plannedOf(probe('ops'))])).toEqual([plannedOf(probe('ops'))])
    expect(observations.take([plannedOf(film('web1'))])).toEqual([])
    await turn()
    expect(told).toEqual(['film on web1'])
    running.get('web1')?.announcement.ready()
    await turn()
    expect(told.slice(1)).toEqual(['ask ops'])
    answers[0]?.(7)
    await turn()
    expect(told.slice(2)).toEqual(['enough on web1'])
    running.get('web1')?.end({ value: 5 })
    await turn()
    expect(told.slice(3)).toEqual(['stop ops', 'answered film on web1: 5, probe on ops: 7'])
  })

  it('takes nothing for an answer that came after the observer had ended', async () => {
    const { told, running, answers, observations } = stage()
    observations.take([plannedOf(film('web1')), plannedOf(probe('ops', film('web1')))])
    await turn()
    running.get('web1')?.announcement.ready()
    running.get('web1')?.end({ value: 5 })
    await turn()
    answers[0]?.(7)
    await turn()
    expect(told).toEqual([
      'film on web1',
      'ask ops',
      'stop ops',
      'answered film on web1: 5',
      'unasked probe on ops: timeout: probe did not end while film on web1 ran: let that take longer',
    ])
  })

  it('asks nothing during an observer that fails', async () => {
    const { told, running, observations } = stage()
    observations.take([plannedOf(film('web1')), plannedOf(probe('ops', film('web1')))])
    await turn()
    running.get('web1')?.end({ error: { reason: 'tool-missing', message: 'no camera' } })
    await turn()
    expect(told).toEqual([
      'film on web1',
      'answered film on web1: tool-missing: no camera',
      'unasked probe on ops: tool-missing: probe was not asked, as film on web1 failed',
    ])
  })

  it('finds the observer itself where only what is asked during it is wished', async () => {
    const { told, observations } = stage()
    observations.take([plannedOf(probe('ops', film('web1')))])
    await turn()
    expect(told).toEqual(['film on web1'])
  })

  it('keeps apart what is asked during observers of the same hosts, since one would see what is meant for the other', async () => {
    const { told, running, observations } = stage()
    for (const name of ['a', 'b']) observations.take([plannedOf(film('web1', name)), plannedOf(probe('ops', film('web1', name)))])
    observations.take([plannedOf(film('web1', 'c')), plannedOf(probe('ops', film('web2')))])
    await turn()
    expect(told).toEqual(['film on web1', 'film on web1'])
    for (const { end } of running.values()) end({ value: 1 })
    await turn()
    expect(told.filter((word) => word.startsWith('film'))).toEqual(['film on web1', 'film on web1'])
  })

  it('asks three at once of a host, and as many as the run allows in all', async () => {
    const { told, running, observations } = stage(4)
    observations.take(['a', 'b', 'c', 'd'].map((name) => plannedOf(film('web1', name))))
    observations.take([plannedOf(film('web2')), plannedOf(film('web3'))])
    await turn()
    expect(told).toEqual(['film on web1', 'film on web1', 'film on web1', 'film on web2'])
    running.get('web2')?.end({ value: 1 })
    await turn()
    expect(told.slice(4)).toEqual(['answered film on web2: 1', 'film on web3'])
    running.get('web1')?.end({ value: 1 })
    running.get('web3')?.end({ value: 1 })
    await turn()
    expect(told.slice(6).sort()).toEqual(['answered film on web1: 1', 'answered film on web3: 1', 'film on web1'])
  })
})
