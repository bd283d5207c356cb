import { type FactError, type FactRecord, factErrorReasons } from '../model/fact.js'
import type { RecordedFact, RecordingManifest } from './format.js'

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether what a file holds can be used as a manifest of any version. */
export function isManifest(value: unknown): value is RecordingManifest {
  return isFields(value) && isFields(value.hosts) && Object.values(value.hosts).every((file) => typeof file === 'string')
}

/** Whether a line has what every fact record has; the shape of its value is the fact's own. */
export function isRecordedFact(value: unknown): value is RecordedFact {
  if (!isFields(value) || !isFields(value.args) || !isOutcome(value.outcome)) return false
  const { key, host, fact, at, durationMs, source, masked } = value
  const texts = [key, host, fact, at].every((text) => typeof text === 'string')
  const sourceIsKnown = source === null || typeof source === 'string'
  return texts && sourceIsKnown && typeof durationMs === 'number' && (masked === undefined || masked === true)
}

function isOutcome(value: unknown): value is FactRecord['outcome'] {
  if (!isFields(value)) return false
  return 'error' in value ? isFactError(value.error) && !('value' in value) : 'value' in value
}

function isFactError(value: unknown): value is FactError {
  return isFields(value) && typeof value.message === 'string' && factErrorReasons.some((reason) => reason === value.reason)
}
