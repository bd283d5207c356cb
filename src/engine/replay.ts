import { printableLine } from '../lib/printable.js'
import type { FactError, FactRecord } from '../model/fact.js'
import type { Host } from '../model/inventory.js'
import type { PlannedRequest } from '../model/plan.js'
import type { Recording } from '../recording/read.js'
import type { Collector } from './collector.js'

/** Answers from a recording instead of the host, with the times and sources of then. */
export function replayCollector(host: Host, recording: Recording): Collector {
  return {
    collect: async (requests) => {
      try {
        const records = await recording.recordsOf(host.name)
        return requests.map((planned) => records?.get(planned.key) ?? missing(planned, records === null))
      } catch (error) {
        return requests.map((planned) => failed(planned, { reason: 'not-recorded', message: printableLine(String(error)) }))
      }
    },
    close: async () => {},
  }
}

function missing(planned: PlannedRequest, hostIsMissing: boolean): FactRecord {
  const what = hostIsMissing ? `host ${planned.request.host}` : `${planned.request.fact} of ${planned.request.host} with these arguments`
  return failed(planned, { reason: 'not-recorded', message: `the recording has no ${what}: record again with this runbook` })
}

function failed({ key, request }: PlannedRequest, error: FactError): FactRecord {
  const { host, fact, args } = request
  return { key, host, fact, args, at: new Date().toISOString(), durationMs: 0, source: null, outcome: { error } }
}
