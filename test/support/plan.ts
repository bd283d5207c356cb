import { factKey } from '../../src/lib/fact-key.js'
import type { AnyCheckKind, Finding } from '../../src/model/check.js'
import type { FactError, FactRecord, FactRequest } from '../../src/model/fact.js'
import type { Host, Inventory } from '../../src/model/inventory.js'
import type { Json } from '../../src/model/json.js'
import type { Plan, PlannedCheck, PlannedRequest } from '../../src/model/plan.js'
import type { CheckEntry } from '../../src/model/runbook.js'

/** Literal hosts, checks and plans for tests that need no files. */
export function host(name: string, more: Partial<Host> = {}): Host {
  return { name, address: name, platform: 'linux', transport: 'local', ssh: {}, become: 'none', groups: [], vars: {}, ...more }
}

export function inventory(...hosts: readonly Host[]): Inventory {
  return { hosts: new Map(hosts.map((one) => [one.name, one])), groups: new Map(), routers: {}, resolvers: new Map() }
}

export function entry(id: string, more: Partial<CheckEntry> = {}): CheckEntry {
  return {
    id,
    name: id,
    kind: 'number',
    spec: {},
    on: [],
    tags: [],
    severity: 'high',
    timeoutMs: 1_000,
    retry: null,
    needs: [],
    when: null,
    location: { file: 'test.yaml', line: 1, column: 1 },
    ...more,
  }
}

/** Passes when the fact `number` is at least `spec.min`; `spec.fact` chooses which number. */
export const numberCheck: AnyCheckKind = {
  kind: 'number',
  summary: 'a number is big enough',
  schema: {},
  needs: (spec: { fact?: string }, { host: { name } }) => ({ number: { fact: 'number', host: name, args: { name: spec.fact ?? 'a' } } }),
  evaluate: (spec: { min?: number }, facts: { number: number }): readonly Finding[] => [
    {
      verdict: facts.number >= (spec.min ?? 0) ? 'pass' : 'fail',
      subject: 'number',
      expected: `at least ${spec.min ?? 0}`,
      actual: String(facts.number),
      message: '',
    },
  ],
}

export interface PlannedEntry {
  readonly entry: CheckEntry
  readonly host: Host
  readonly after?: readonly number[]
  readonly skip?: string
}

/** A plan of `numberCheck`s. */
export function planOf(...wanted: readonly PlannedEntry[]): Plan {
  const requests = new Map<string, PlannedRequest>()
  const hosts = new Map<string, Host>()
  const checks = wanted.map(({ entry: check, host: on, after = [], skip = null }): PlannedCheck => {
    const context = { host: on, inventory: inventory(on), timeoutMs: check.timeoutMs }
    const needs = skip === null ? (numberCheck.needs(check.spec as never, context) as { number: FactRequest }) : null
    hosts.set(on.name, on)
    if (needs !== null) {
      const key = factKey(needs.number)
      requests.set(key, { key, request: needs.number, timeoutMs: check.timeoutMs })
    }
    return {
      runbook: 0,
      entry: check,
      host: on,
      spec: check.spec,
      context,
      needs: needs === null ? {} : { number: factKey(needs.number) },
      requestKeys: needs === null ? [] : [factKey(needs.number)],
      skip,
      after,
    }
  })
  return { runbooks: [{ name: 'test', file: 'test.yaml', digest: '0' }], hosts: [...hosts.values()], checks, requests }
}

export function record(planned: PlannedRequest, outcome: { value: Json } | { error: FactError }): FactRecord {
  const { host: name, fact, args } = planned.request
  return { key: planned.key, host: name, fact, args, at: '2026-01-01T00:00:00.000Z', durationMs: 1, source: 'test', outcome }
}
