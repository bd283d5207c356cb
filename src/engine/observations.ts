import { factKey } from '../lib/fact-key.js'
import type { FactError, FactRecord } from '../model/fact.js'
import type { PlannedRequest } from '../model/plan.js'
import { failedRecord } from './failed-record.js'
import type { Announcement } from './visit.js'

/** How observations are carried out; none of these rejects. */
export interface ObservationActs {
  /** Whether this is to be asked by itself, so that others can be asked during it. */
  observes(planned: PlannedRequest): boolean
  observe(planned: PlannedRequest, announcement: Announcement): Promise<FactRecord>
  /** Asks a host at once, whatever else it is being asked. */
  collect(host: string, requests: readonly PlannedRequest[], signal: AbortSignal): Promise<readonly FactRecord[]>
  /**
   * Everything that belongs to one observation, together: it is as old, and as new, as its beginning.
   * @param unasked records of hosts that have not been heard.
   */
  deliver(answered: readonly FactRecord[], unasked: readonly FactRecord[], startedAt: number): void
}

/** A request of a kind that announces itself, and what is asked while it runs. */
interface Observation {
  readonly observer: PlannedRequest
  readonly meanwhile: PlannedRequest[]
}

/** Of one host at once: two sessions each at most, and sshd allows ten in one connection (MaxSessions). */
const mostPerHost = 3

/** Carries out what is asked during something else: each in visits of their own, beside the queues of the hosts. */
export class Observations {
  #asked = new Map<string, Observation>()
  #waiting: Observation[] = []
  readonly #running = new Set<Observation>()

  constructor(
    readonly acts: ObservationActs,
    /** Observations at once. */
    readonly concurrency: number,
  ) {}

  /** Keeps what is its business. @returns the others. */
  take(requests: readonly PlannedRequest[]): readonly PlannedRequest[] {
    const others = requests.filter((planned) => !this.#takes(planned))
    // A macrotask later, when what belongs together has been asked of all hosts.
    if (others.length < requests.length) setImmediate(() => this.#begin())
    return others
  }

  #takes(planned: PlannedRequest): boolean {
    const { during } = planned.request
    const observer = during === undefined ? planned : { key: factKey(during), request: during, timeoutMs: planned.timeoutMs }
    if (!this.acts.observes(observer)) return false
    const known = this.#asked.get(observer.key)
    const meanwhile = [...(known?.meanwhile ?? []), ...(during === undefined ? [] : [planned])]
    this.#asked.set(observer.key, { observer: during === undefined ? planned : (known?.observer ?? observer), meanwhile })
    return true
  }

  #begin(): void {
    this.#waiting.push(...this.#asked.values())
    this.#asked = new Map()
    this.#waiting = this.#waiting.filter((observation) => {
      if (!this.#hasRoom(observation)) return true
      this.#running.add(observation)
      void this.#carry(observation).then(() => {
        this.#running.delete(observation)
        this.#begin()
      })
      return false
    })
  }

  #hasRoom(observation: Observation): boolean {
    if (this.#running.size >= this.concurrency) return false
    return [...hostsOf(observation)].every((host) => {
      const others = [...this.#running].filter((other) => hostsOf(other).has(host))
      // What is asked during one would show in the other.
      const isMixed = observation.meanwhile.length > 0 && others.some(({ meanwhile }) => meanwhile.length > 0)
      return others.length < mostPerHost && !isMixed
    })
  }

  async #carry({ observer, meanwhile }: Observation): Promise<void> {
    const startedAt = performance.now()
    const answers = new Map<string, FactRecord>()
    const over = new AbortController()
    let say: () => void = () => undefined
    const enough = new Promise<void>((resolve) => {
      say = resolve
    })
    const ask = async (host: string): Promise<void> => {
      const requests = meanwhile.filter(({ request }) => request.host === host)
      const records = await this.acts.collect(host, requests, over.signal)
      if (!over.signal.aborted) for (const record of records) answers.set(record.key, record)
    }
    const ready = (): void => {
      const hosts = [...new Set(meanwhile.map(({ request }) => request.host))]
      if (hosts.length > 0) void Promise.all(hosts.map(ask)).then(() => over.signal.aborted || say())
    }
    const record = await this.acts.observe(observer, { ready, enough })
    over.abort()
    const unasked = meanwhile.filter(({ key }) => !answers.has(key)).map((planned) => failedRecord(planned, whyUnasked(planned, record)))
    this.acts.deliver([record, ...answers.values()], unasked, startedAt)
  }
}

function hostsOf({ observer, meanwhile }: Observation): ReadonlySet<string> {
  return new Set([observer, ...meanwhile].map(({ request }) => request.host))
}

function whyUnasked({ request }: PlannedRequest, { fact, host, outcome }: FactRecord): FactError {
  if ('error' in outcome) return { reason: outcome.error.reason, message: `${request.fact} was not asked, as ${fact} on ${host} failed` }
  return { reason: 'timeout', message: `${request.fact} did not end while ${fact} on ${host} ran: let that take longer` }
}
