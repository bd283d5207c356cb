import { randomUUID } from 'node:crypto'
import { isoWithOffset } from '../lib/time.js'
import type { FactError } from '../model/fact.js'
import type { Host } from '../model/inventory.js'
import type { Plan } from '../model/plan.js'
import type { HostSummary, Result, RunSummary, Totals } from '../model/report.js'
import { timeZone } from './time-zone.js'

export interface RunClock {
  readonly startedAt: string
  readonly started: number
}

export function startClock(): RunClock {
  return { startedAt: isoWithOffset(new Date()), started: performance.now() }
}

interface SummaryInput {
  readonly plan: Plan
  readonly version: string
  countsAsFailure(result: Result): boolean
}

export function summarize(
  input: SummaryInput,
  hosts: readonly Host[],
  clock: RunClock,
  results: readonly Result[],
  errorOf: (host: string) => FactError | null,
  interrupted: boolean,
): RunSummary {
  return {
    version: 1,
    runId: randomUUID(),
    netproof: input.version,
    runbooks: input.plan.runbooks,
    startedAt: clock.startedAt,
    endedAt: isoWithOffset(new Date()),
    durationMs: Math.round(performance.now() - clock.started),
    timeZone: timeZone(),
    interrupted,
    exitCode: exitCode(results, input.countsAsFailure, interrupted),
    hosts: hosts.map((host) => summarizeHost(host, errorOf(host.name))),
    totals: count(results),
  }
}

function summarizeHost({ name, address, transport, platform, groups }: Host, error: FactError | null): HostSummary {
  return { name, address, transport, platform, groups, error }
}

function count(results: readonly Result[]): Totals {
  const totals = { pass: 0, fail: 0, error: 0, skip: 0 }
  for (const { verdict } of results) totals[verdict]++
  return totals
}

/** 0: all passed or skipped. 1: some failed. 2: none failed, some undetermined. 130: interrupted. */
function exitCode(results: readonly Result[], countsAsFailure: (result: Result) => boolean, interrupted: boolean): number {
  if (interrupted) return 130
  if (results.some((result) => result.verdict === 'fail' && countsAsFailure(result))) return 1
  return results.some(({ verdict }) => verdict === 'error') ? 2 : 0
}
