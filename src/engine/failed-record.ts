import type { FactError, FactRecord } from '../model/fact.js'
import type { PlannedRequest } from '../model/plan.js'

/** The answer to a request that nobody could ask. */
export function failedRecord({ key, request }: PlannedRequest, error: FactError): FactRecord {
  const { host, fact, args } = request
  return { key, host, fact, args, at: new Date().toISOString(), durationMs: 0, source: null, outcome: { error } }
}
