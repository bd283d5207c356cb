import { factKey } from '../lib/fact-key.js'
import { learntFrom } from '../lib/learnt.js'
import type { AnyCheckKind } from '../model/check.js'
import type { FactRecord, FactRequest } from '../model/fact.js'
import type { Plan, PlannedCheck, PlannedRequest } from '../model/plan.js'
import type { Result } from '../model/report.js'
import { type Evidence, evaluate, furtherWishes, type Judgement, makeResult } from './evaluate.js'
import { FactStore, type KnownFact } from './fact-store.js'

export interface ScheduleEvents {
  /** Asks a host for facts; `delivered` is called once they are there. */
  ask(host: string, requests: readonly PlannedRequest[]): void
  /** A check will ask a host that its plan does not name. */
  involve(host: string, index: number): void
  /** @param index of the check in the plan. */
  result(result: Result, index: number): void
  /** So many checks wait for their next attempt; the latest of them for so many milliseconds. */
  retry(waiting: number, inMs: number): void
  /** Every check has its result. */
  done(): void
}

interface Progress {
  attempts: number
  /** When the first attempt of this check began (monotonic milliseconds). */
  startedAt: number
  /** Facts collected before this moment are too old for the current attempt. */
  notBefore: number
  /** How many facts the current attempt still waits for. */
  missing: number
  /** What the current attempt asked for beside its needs. */
  readonly further: Map<string, PlannedRequest>
  timer: NodeJS.Timeout | undefined
  result: Result | null
}

/** Facts that one check may ask for beside its needs, so that a defect in its room ends. */
const mostFurther = 10_000

/**
 * Decides when each check is judged: after its facts arrived, after what it needs has passed, and again while its
 * `retry` allows. Knows nothing of hosts but their names; the caller carries the questions and brings the answers.
 */
export class Schedule {
  readonly #store = new FactStore()
  readonly #progress: Progress[]
  readonly #waiting = new Map<string, Set<number>>()
  readonly #dependants = new Map<number, number[]>()
  #open: number
  #stopped = false
  #retrying = 0
  /** Questions of the batch that is being worked on, by host and key; null between batches. */
  #asked: Map<string, Map<string, PlannedRequest>> | null = null
  /** Checks with a result whose dependants have not been looked at. */
  #settled: number[] = []

  constructor(
    readonly plan: Plan,
    readonly checkKinds: ReadonlyMap<string, AnyCheckKind>,
    readonly events: ScheduleEvents,
  ) {
    this.#open = plan.checks.length
    this.#progress = plan.checks.map(() => ({
      attempts: 0,
      startedAt: 0,
      notBefore: 0,
      missing: 0,
      further: new Map(),
      timer: undefined,
      result: null,
    }))
    plan.checks.forEach((check, index) => {
      this.#store.want(check.requestKeys)
      for (const needed of check.after) this.#dependants.set(needed, [...(this.#dependants.get(needed) ?? []), index])
    })
  }

  start(): void {
    if (this.#open === 0) this.events.done()
    this.#batch(() => {
      this.plan.checks.forEach((check, index) => {
        if (check.skip !== null) this.#finish(index, skipped(check.skip))
        else if (check.after.length === 0) this.#attempt(index, 0)
      })
    })
  }

  /** @param startedAt when the collection of these records began (monotonic milliseconds). */
  delivered(records: readonly FactRecord[], startedAt: number): void {
    if (this.#stopped) return
    const ready: number[] = []
    for (const record of records) {
      this.#store.put(record, startedAt)
      const waiting = this.#waiting.get(record.key)
      for (const index of waiting ?? []) {
        const progress = this.#at(index)
        if (startedAt < progress.notBefore) continue
        waiting?.delete(index)
        if (--progress.missing === 0) ready.push(index)
      }
      if (waiting?.size === 0) this.#waiting.delete(record.key)
    }
    this.#batch(() => {
      for (const index of ready) this.#judge(index)
    })
  }

  /** Gives every open check the same `error` result: the run was interrupted or ran out of time. */
  stop(reason: string): void {
    this.#stopped = true
    this.#progress.forEach((progress, index) => {
      clearTimeout(progress.timer)
      if (progress.result === null) this.#finish(index, { verdict: 'error', findings: [], reason, facts: [] })
    })
  }

  #at(index: number): Progress {
    const progress = this.#progress[index]
    if (progress === undefined) throw new RangeError(`no check ${index}`)
    return progress
  }

  #check(index: number): PlannedCheck {
    const check = this.plan.checks[index]
    if (check === undefined) throw new RangeError(`no check ${index}`)
    return check
  }

  #attempt(index: number, notBefore: number): void {
    const check = this.#check(index)
    const progress = this.#at(index)
    if (progress.attempts === 0) progress.startedAt = performance.now()
    progress.attempts++
    progress.notBefore = notBefore
    this.#forgetFurther(progress)
    for (const key of check.requestKeys) if (this.#store.get(key, notBefore) === undefined) this.#await(index, key, notBefore)
    if (progress.missing === 0) this.#judge(index)
  }

  #await(index: number, key: string, notBefore: number): void {
    this.#at(index).missing++
    const waiting = this.#waiting.get(key)
    const isUnderWay = waiting !== undefined && this.#isUnderWay(waiting, notBefore)
    if (waiting === undefined) this.#waiting.set(key, new Set([index]))
    else waiting.add(index)
    if (isUnderWay) return
    const planned = this.#at(index).further.get(key) ?? this.plan.requests.get(key)
    if (planned === undefined) throw new Error(`the plan lacks request ${key}`)
    const host = this.#asked?.get(planned.request.host)
    if (host === undefined) this.#asked?.set(planned.request.host, new Map([[key, planned]]))
    else host.set(key, planned)
  }

  /** Whether another check already waits for an answer that is fresh enough for this one too. */
  #isUnderWay(waiting: ReadonlySet<number>, notBefore: number): boolean {
    for (const other of waiting) if (this.#at(other).notBefore >= notBefore) return true
    return false
  }

  /**
   * Works, then follows the consequences one by one (a chain of `needs` may be longer than the stack),
   * and asks each host once for all of it.
   */
  #batch(work: () => void): void {
    this.#asked = new Map()
    work()
    for (let index = this.#settled.shift(); index !== undefined; index = this.#settled.shift()) this.#releaseDependants(index)
    const asked = this.#asked
    this.#asked = null
    for (const [host, requests] of asked) this.events.ask(host, [...requests.values()])
  }

  #judge(index: number): void {
    const check = this.#check(index)
    const progress = this.#at(index)
    const kind = this.checkKinds.get(check.entry.kind)
    if (kind === undefined) throw new Error(`no check kind is called ${check.entry.kind}`)
    const evidence = this.#evidence(progress)
    const wanted = furtherWishes(kind, check, evidence)
    if ('wishes' in wanted && this.#askFurther(index, wanted.wishes)) return
    const judgement = 'judgement' in wanted ? wanted.judgement : evaluate(kind, check, evidence)
    const delay = judgement.verdict === 'pass' ? null : retryDelay(check, progress)
    if (delay === null) {
      this.#finish(index, judgement)
      return
    }
    this.events.retry(++this.#retrying, delay)
    progress.timer = setTimeout(() => {
      this.events.retry(--this.#retrying, 0)
      this.#batch(() => this.#attempt(index, performance.now()))
    }, delay)
  }

  #evidence({ notBefore, further }: Progress): Evidence {
    const furtherFact = (key: string): KnownFact | undefined => (further.has(key) ? this.#store.get(key, notBefore) : undefined)
    return {
      factOf: (key) => this.#known(key, notBefore),
      learnt: learntFrom((key) => furtherFact(key)?.record.outcome),
      further: [...further.keys()].flatMap((key) => furtherFact(key) ?? []),
    }
  }

  /** @returns whether the check has asked for something new; it is judged again once that is known. */
  #askFurther(index: number, wishes: readonly FactRequest[]): boolean {
    const { further, notBefore } = this.#at(index)
    const known = new Set(this.#check(index).requestKeys)
    const fresh = wishes.filter((wish) => !known.has(factKey(wish)) && !further.has(factKey(wish)))
    if (fresh.length === 0 || further.size >= mostFurther) return false
    const { timeoutMs } = this.#check(index).entry
    for (const request of fresh) {
      const key = factKey(request)
      if (further.has(key)) continue
      further.set(key, { key, request, timeoutMs })
      this.#store.want([key])
      this.events.involve(request.host, index)
      if (this.#store.get(key, notBefore) === undefined) this.#await(index, key, notBefore)
    }
    if (this.#at(index).missing === 0) this.#judge(index)
    return true
  }

  #forgetFurther({ further }: Progress): void {
    this.#store.release([...further.keys()])
    further.clear()
  }

  #known(key: string, notBefore: number): KnownFact {
    const fact = this.#store.get(key, notBefore)
    if (fact === undefined) throw new Error(`fact ${key} has not been collected`)
    return fact
  }

  #finish(index: number, judgement: Judgement): void {
    const check = this.#check(index)
    const progress = this.#at(index)
    const durationMs = progress.attempts === 0 ? 0 : performance.now() - progress.startedAt
    progress.result = makeResult(check, judgement, progress.attempts, durationMs)
    this.#store.release(check.requestKeys)
    this.#forgetFurther(progress)
    this.events.result(progress.result, index)
    if (!this.#stopped && this.#dependants.has(index)) this.#settled.push(index)
    this.#open--
    if (this.#open === 0) this.events.done()
  }

  #releaseDependants(index: number): void {
    for (const dependant of this.#dependants.get(index) ?? []) {
      const progress = this.#at(dependant)
      if (progress.result !== null || progress.attempts > 0) continue
      const needed = this.#check(dependant).after.map((other) => this.#at(other))
      const unmet = needed.find(({ result }) => result !== null && result.verdict !== 'pass')?.result
      if (unmet != null) this.#finish(dependant, skipped(`needs ${unmet.id} on ${unmet.host}, which is ${unmet.verdict}`))
      else if (needed.every(({ result }) => result !== null)) {
        this.#attempt(dependant, Math.max(...needed.map(({ notBefore }) => notBefore)))
      }
    }
  }
}

const skipped = (reason: string): Judgement => ({ verdict: 'skip', findings: [], reason, facts: [] })

/** Milliseconds until the next attempt; null when the last one has been made. */
function retryDelay({ entry: { retry } }: PlannedCheck, { attempts, startedAt }: Progress): number | null {
  if (retry === null) return null
  const elapsed = performance.now() - startedAt
  const due = Math.max(attempts * retry.everyMs, elapsed)
  return due > retry.untilMs ? null : due - elapsed
}
