import type { Mask } from '../lib/mask.js'
import { printableLine } from '../lib/printable.js'
import type { FactRecord } from '../model/fact.js'
import type { Host } from '../model/inventory.js'
import type { PlannedRequest } from '../model/plan.js'
import type { Recording } from '../recording/read.js'
import type { Collector } from './collector.js'
import { failedRecord } from './failed-record.js'

/**
 * Answers from a recording instead of the host, with the times and sources of then.
 * @param mask the one that recordings of this runbook are written with.
 */
export function replayCollector(host: Host, recording: Recording, mask: Mask): Collector {
  return {
    collect: async (requests) => {
      try {
        const records = await recording.recordsOf(host.name)
        return requests.map((planned) => records?.get(planned.key) ?? missing(planned, records === null, mask))
      } catch (error) {
        return requests.map((planned) => failedRecord(planned, { reason: 'not-recorded', message: printableLine(String(error)) }))
      }
    },
    close: async () => {},
  }
}

function missing(planned: PlannedRequest, hostIsMissing: boolean, mask: Mask): FactRecord {
  if (!hostIsMissing && mask(planned.key) !== planned.key) {
    const { fact, host } = planned.request
    const message =
      `${fact} of ${host} was asked with a value that the runbook takes from the environment; recordings do not keep those. ` +
      'Take what is no secret from vars or --var, and record again'
    return failedRecord(planned, { reason: 'not-recorded', message })
  }
  const what = hostIsMissing ? `host ${planned.request.host}` : `${planned.request.fact} of ${planned.request.host} with these arguments`
  return failedRecord(planned, { reason: 'not-recorded', message: `the recording has no ${what}: record again with this runbook` })
}
