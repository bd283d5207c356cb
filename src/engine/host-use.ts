import type { Plan } from '../model/plan.js'

/** Which hosts may still be asked something: connections are let go as soon as nobody needs them, not at the run's end. */
export class HostUse {
  readonly #open = new Map<string, number>()
  /** Hosts that a check asks though its plan does not say so. */
  readonly #involved = new Map<number, Set<string>>()

  constructor(readonly plan: Plan) {
    plan.checks.forEach((_, index) => {
      for (const host of this.#hostsOf(index)) this.#open.set(host, (this.#open.get(host) ?? 0) + 1)
    })
  }

  /** From now on the check asks this host too. */
  involve(host: string, index: number): void {
    if (this.#hostsOf(index).has(host)) return
    this.#involved.set(index, (this.#involved.get(index) ?? new Set()).add(host))
    this.#open.set(host, (this.#open.get(host) ?? 0) + 1)
  }

  /** @param index of a check in the plan that has its result. @returns the hosts that no open check asks any more. */
  release(index: number): readonly string[] {
    return [...this.#hostsOf(index)].filter((host) => {
      const left = (this.#open.get(host) ?? 0) - 1
      this.#open.set(host, left)
      return left === 0
    })
  }

  #hostsOf(index: number): ReadonlySet<string> {
    const hosts = new Set(this.#involved.get(index))
    for (const key of this.plan.checks[index]?.requestKeys ?? []) {
      const host = this.plan.requests.get(key)?.request.host
      if (host !== undefined) hosts.add(host)
    }
    return hosts
  }
}
