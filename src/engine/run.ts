import { setMaxListeners } from 'node:events'
import pLimit from 'p-limit'
import { formatDuration } from '../lib/duration.js'
import { printableLine } from '../lib/printable.js'
import type { AnyCheckKind } from '../model/check.js'
import type { FactError, FactRecord } from '../model/fact.js'
import type { Host } from '../model/inventory.js'
import type { Plan, PlannedRequest } from '../model/plan.js'
import type { Report, Result, RunEvent } from '../model/report.js'
import type { Collector } from './collector.js'
import { failedRecord } from './failed-record.js'
import { HostQueue } from './host-queue.js'
import { HostUse } from './host-use.js'
import { type ObservationActs, Observations } from './observations.js'
import { Schedule } from './schedule.js'
import { startClock, summarize } from './summary.js'
import type { Announcement } from './visit.js'

export interface RunInput {
  readonly plan: Plan
  readonly checkKinds: ReadonlyMap<string, AnyCheckKind>
  /** Opens the way to a host; called once for each host that is asked anything. */
  open(host: Host): Collector
  /** Whether this kind of fact is asked by itself, so that others can be asked during it; see `FactKind.announces`. */
  announces(fact: string): boolean
  /** Hosts visited at the same time. */
  readonly concurrency: number
  /** Milliseconds for the whole run; null for no bound. */
  readonly timeoutMs: number | null
  /** Aborting interrupts the run: what is known is still reported. Its reason is shown. */
  readonly signal: AbortSignal
  readonly version: string
  /** From this verdict of a result the exit code follows; see `exitCode`. */
  countsAsFailure(result: Result): boolean
  onEvent(event: RunEvent): void
  /** Every record as it arrives, for recordings. */
  onRecords(host: Host, records: readonly FactRecord[]): void
}

/** Carries a plan out: collects, judges, reports. Never rejects for anything a host does. */
export async function runPlan(input: RunInput): Promise<Report> {
  const { plan, onEvent } = input
  const clock = startClock()
  // In the order of the plan, whichever host answers first: two reports of one runbook can be compared line by line.
  const results: Result[] = new Array(plan.checks.length)
  const hosts = new HostOutcomes()
  const collectors = new Map<string, Collector>()
  const closing: Promise<void>[] = []
  const use = new HostUse(plan)
  const queues = new Map<string, HostQueue>()
  const limit = pLimit(input.concurrency)
  const bound = input.timeoutMs === null ? undefined : AbortSignal.timeout(input.timeoutMs)
  // Every visit under way listens to it.
  const signal = bound === undefined ? input.signal : AbortSignal.any([input.signal, bound])
  setMaxListeners(0, signal)
  const planned = new Set(plan.hosts.map(({ name }) => name))
  /** Those of the plan, and those that checks asked seeing the first answers. */
  const asked = new Map(plan.hosts.map((host) => [host.name, host]))

  const close = (name: string): void => {
    const collector = collectors.get(name)
    if (collector === undefined) return
    closing.push(collector.close())
    // A check may come to ask this host again.
    collectors.delete(name)
    queues.delete(name)
  }

  onEvent({ type: 'start', at: clock.startedAt, hosts: plan.hosts.length, checks: plan.checks.length, runbooks: plan.runbooks })
  await new Promise<void>((done) => {
    const schedule = new Schedule(plan, input.checkKinds, {
      ask: (name, requests) => {
        const others = observations.take(requests)
        if (others.length > 0) queueOf(name).ask(others)
      },
      involve: (name, index) => {
        const host = plan.checks[index]?.context.inventory.hosts.get(name)
        if (host !== undefined) asked.set(name, host)
        use.involve(name, index)
      },
      result: (result, index) => {
        results[index] = result
        for (const name of use.release(index)) close(name)
        onEvent({ type: 'result', result })
      },
      retry: (checks, inMs) => onEvent({ type: 'retry', checks, inMs }),
      done,
    })

    const hostOf = (name: string): Host => {
      const host = asked.get(name)
      if (host === undefined) throw new Error(`the plan lacks host ${name}`)
      return host
    }

    const collectorOf = (name: string): Collector => {
      const collector = collectors.get(name) ?? input.open(hostOf(name))
      collectors.set(name, collector)
      return collector
    }

    const heard = (name: string, records: readonly FactRecord[]): void => {
      input.onRecords(hostOf(name), records)
      // Of a host that need not answer nobody is told.
      if (hosts.note(name, records) && planned.has(name)) onEvent({ type: 'host', host: name, error: hosts.error(name) })
    }

    const queueOf = (name: string): HostQueue => {
      const existing = queues.get(name)
      if (existing !== undefined) return existing
      const collector = collectorOf(name)
      const queue = new HostQueue(
        (requests) => limit(() => collectSafely(collector, requests, signal)),
        (records, startedAt) => {
          heard(name, records)
          schedule.delivered(records, startedAt)
        },
      )
      queues.set(name, queue)
      return queue
    }

    const acts: ObservationActs = {
      observes: ({ request: { fact, host } }) => input.announces(fact) && collectorOf(host).observe !== undefined,
      observe: (request, announcement) => observeSafely(collectorOf(request.request.host), request, announcement, signal),
      collect: (name, requests, over) => collectSafely(collectorOf(name), requests, AbortSignal.any([signal, over])),
      deliver: (answered, unasked, startedAt) => {
        for (const [name, records] of byHost(answered)) heard(name, records)
        for (const [name, records] of byHost(unasked)) input.onRecords(hostOf(name), records)
        schedule.delivered([...answered, ...unasked], startedAt)
      },
    }
    const observations = new Observations(acts, input.concurrency)

    const stop = (): void => {
      const reason = stopReason(input)
      onEvent({ type: 'interrupt', reason })
      schedule.stop(reason)
    }
    if (signal.aborted) stop()
    else {
      signal.addEventListener('abort', stop, { once: true })
      schedule.start()
    }
  })
  for (const name of [...collectors.keys()]) close(name)
  await Promise.all(closing)

  const summary = summarize(input, [...asked.values()], clock, results, (name) => hosts.error(name), input.signal.aborted)
  onEvent({ type: 'end', summary })
  return { ...summary, results }
}

/** A collector never rejects; should it do so all the same, its host's checks are undetermined and the run goes on. */
async function collectSafely(
  collector: Collector,
  requests: readonly PlannedRequest[],
  signal: AbortSignal,
): Promise<readonly FactRecord[]> {
  try {
    return await collector.collect(requests, signal)
  } catch (error) {
    return requests.map((planned) => failedRecord(planned, defect(error)))
  }
}

async function observeSafely(
  collector: Collector,
  planned: PlannedRequest,
  announcement: Announcement,
  signal: AbortSignal,
): Promise<FactRecord> {
  try {
    return (await collector.observe?.(planned, announcement, signal)) ?? failedRecord(planned, defect('nobody observes'))
  } catch (error) {
    return failedRecord(planned, defect(error))
  }
}

const defect = (error: unknown): FactError => ({
  reason: 'transport',
  message: `collecting failed (a defect in netproof): ${printableLine(String(error))}`,
})

function byHost(records: readonly FactRecord[]): ReadonlyMap<string, readonly FactRecord[]> {
  const hosts = new Map<string, FactRecord[]>()
  for (const record of records) hosts.set(record.host, [...(hosts.get(record.host) ?? []), record])
  return hosts
}

function stopReason(input: RunInput): string {
  if (input.signal.aborted) return `interrupted (${String(input.signal.reason)}) before it could be determined`
  return `the run's time of ${formatDuration(input.timeoutMs ?? 0)} ended before it could be determined`
}

/** What each host said on the whole: an error only if it answered nothing. */
class HostOutcomes {
  readonly #errors = new Map<string, FactError | null>()

  /** @returns whether this is the first that is heard of the host. */
  note(name: string, records: readonly FactRecord[]): boolean {
    const before = this.#errors.get(name)
    if (before === null) return false
    const answered = records.some(({ outcome }) => 'value' in outcome || !connectionReasons.has(outcome.error.reason))
    const [first] = records
    const error = first !== undefined && 'error' in first.outcome ? first.outcome.error : null
    this.#errors.set(name, answered ? null : error)
    return before === undefined
  }

  error(name: string): FactError | null {
    return this.#errors.get(name) ?? null
  }
}

const connectionReasons: ReadonlySet<string> = new Set([
  'unreachable',
  'login-refused',
  'host-key',
  'connection-lost',
  'timeout',
  'transport',
  'tool-missing',
  'interrupted',
])
