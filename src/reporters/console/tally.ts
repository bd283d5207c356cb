import type { Result, RunEvent } from '../../model/report.js'
import type { LiveOptions } from '../../model/reporter.js'
import type { Verdict } from '../../model/verdict.js'

/** What a run has come to so far, and the results that will be shown at its end: no others are kept. */
export interface Tally {
  readonly hosts: number
  readonly hostsDone: number
  readonly checks: number
  readonly totals: Readonly<Record<Verdict, number>>
  /** Results of each host, skipped ones aside. */
  readonly judged: ReadonlyMap<string, number>
  readonly kept: Readonly<Record<Verdict, readonly Result[]>>
  /** Checks that wait for their next attempt. */
  readonly waiting: number
  readonly interruption: string | null
}

const keptVerdicts: Readonly<Record<LiveOptions['verbosity'], readonly Verdict[]>> = {
  quiet: ['fail', 'error'],
  normal: ['fail', 'error'],
  verbose: ['fail', 'error', 'skip', 'pass'],
}

export function createTally(verbosity: LiveOptions['verbosity']): { readonly tally: Tally; add(event: RunEvent): void } {
  const kept: Record<Verdict, Result[]> = { pass: [], fail: [], error: [], skip: [] }
  const judged = new Map<string, number>()
  const totals = { pass: 0, fail: 0, error: 0, skip: 0 }
  const tally = { hosts: 0, hostsDone: 0, checks: 0, totals, judged, kept, waiting: 0, interruption: null as string | null }
  const addResult = (result: Result): void => {
    const { verdict, host } = result
    totals[verdict] += 1
    if (verdict !== 'skip') judged.set(host, (judged.get(host) ?? 0) + 1)
    if (keptVerdicts[verbosity].includes(verdict)) kept[verdict].push(result)
  }
  return {
    tally,
    add(event) {
      switch (event.type) {
        case 'start':
          tally.hosts = event.hosts
          tally.checks = event.checks
          return
        case 'host':
          tally.hostsDone += 1
          return
        case 'result':
          addResult(event.result)
          return
        case 'retry':
          tally.waiting = event.checks
          return
        case 'interrupt':
          tally.interruption ??= event.reason
          return
        case 'end':
          return
      }
    },
  }
}

export function doneOf({ totals }: Tally): number {
  return totals.pass + totals.fail + totals.error + totals.skip
}
