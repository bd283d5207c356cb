import type { FactRecord } from '../model/fact.js'
import type { PlannedRequest } from '../model/plan.js'

/** Collects for one host; see `Collector.collect`. */
export type Collect = (requests: readonly PlannedRequest[]) => Promise<readonly FactRecord[]>

/**
 * What is asked of one host, one visit at a time: wishes that come while a visit is under way wait for the next
 * and go together. The same wish is never carried twice in one visit.
 */
export class HostQueue {
  #waiting = new Map<string, PlannedRequest>()
  #running = false

  /**
   * @param collect carries one visit.
   * @param deliver is given what a visit brought, and when that visit began (monotonic milliseconds).
   */
  constructor(
    readonly collect: Collect,
    readonly deliver: (records: readonly FactRecord[], startedAt: number) => void,
  ) {}

  ask(requests: readonly PlannedRequest[]): void {
    for (const planned of requests) this.#waiting.set(planned.key, planned)
    // A macrotask later, so that everything that becomes ready together travels together.
    if (!this.#running) setImmediate(() => void this.#run())
  }

  async #run(): Promise<void> {
    if (this.#running) return
    this.#running = true
    while (this.#waiting.size > 0) {
      const requests = [...this.#waiting.values()]
      this.#waiting = new Map()
      const startedAt = performance.now()
      this.deliver(await this.collect(requests), startedAt)
    }
    this.#running = false
  }
}
