import type { FactRecord } from '../model/fact.js'
import type { FactReference } from '../model/report.js'

export interface KnownFact {
  readonly record: FactRecord
  /** For results: one object, however many results refer to it. */
  readonly reference: FactReference
  /** When its collection began, on the monotonic clock. */
  readonly startedAt: number
}

/**
 * The latest record of each fact, kept as long as some check may still want it.
 * Values are dropped as soon as nobody waits for them, so that memory does not hold all hosts at once.
 */
export class FactStore {
  readonly #entries = new Map<string, KnownFact>()
  readonly #wanted = new Map<string, number>()

  want(keys: readonly string[]): void {
    for (const key of keys) this.#wanted.set(key, (this.#wanted.get(key) ?? 0) + 1)
  }

  release(keys: readonly string[]): void {
    for (const key of keys) {
      const left = (this.#wanted.get(key) ?? 0) - 1
      if (left > 0) this.#wanted.set(key, left)
      else {
        this.#wanted.delete(key)
        this.#entries.delete(key)
      }
    }
  }

  put(record: FactRecord, startedAt: number): void {
    const { key, at, source } = record
    if (this.#wanted.has(key)) this.#entries.set(key, { record, reference: { key, at, source }, startedAt })
  }

  /** The fact, if its collection began no earlier than `notBefore`. */
  get(key: string, notBefore: number): KnownFact | undefined {
    const entry = this.#entries.get(key)
    return entry !== undefined && entry.startedAt >= notBefore ? entry : undefined
  }
}
