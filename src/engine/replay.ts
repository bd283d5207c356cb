import type { Mask } from '../lib/mask.js'
import { printableLine } from '../lib/printable.js'
import type { FactKind, FactRecord } from '../model/fact.js'
import type { Host } from '../model/inventory.js'
import type { PlannedRequest } from '../model/plan.js'
import type { Recording } from '../recording/read.js'
import type { Collector } from './collector.js'
import { failedRecord } from './failed-record.js'

/**
 * Answers from a recording instead of the host, with the times and sources of then.
 * @param mask the one that recordings of this runbook are written with.
 */
export function replayCollector(host: Host, recording: Recording, facts: ReadonlyMap<string, FactKind>, mask: Mask): Collector {
  return {
    collect: async (requests) => {
      try {
        const records = await recording.recordsOf(host.name)
        return requests.map((planned) => {
          const record = records?.get(planned.key)
          return record === undefined ? missing(planned, records === null, mask) : judgeable(planned, record, facts)
        })
      } catch (error) {
        return requests.map((planned) => failedRecord(planned, { reason: 'not-recorded', message: printableLine(String(error)) }))
      }
    },
    close: async () => {},
  }
}

/** A value of another shape is refused: a check could take what it does not find there for absent. */
function judgeable(planned: PlannedRequest, record: FactRecord, facts: ReadonlyMap<string, FactKind>): FactRecord {
  const { fact, host } = planned.request
  if ('error' in record.outcome || facts.get(fact)?.isValue(record.outcome.value) === true) return record
  const message = `what the recording holds as ${fact} of ${host} is no such value: it was damaged, or written by another version`
  return failedRecord(planned, { reason: 'not-understood', message })
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
