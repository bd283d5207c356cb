import type { Json } from '../model/json.js'

/** Characters and values that filling in one specification may make: variables of variables can double with every step. */
const limit = 2_000_000

/** Bounds the size of what variables expand to. */
export class Budget {
  private left = limit
  private readonly weights = new WeakMap<object, number>()

  /** @returns false when `value` is too much, counting every place where shared parts stand. */
  take(value: Json): boolean {
    this.left -= this.weigh(value)
    return this.left >= 0
  }

  private weigh(value: Json): number {
    if (typeof value === 'string') return 1 + value.length
    if (typeof value !== 'object' || value === null) return 1
    const known = this.weights.get(value)
    if (known !== undefined) return known
    const weight = Object.values(value).reduce<number>((sum, member) => sum + this.weigh(member ?? null), 1)
    this.weights.set(value, weight)
    return weight
  }
}
