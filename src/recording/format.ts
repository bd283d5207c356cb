import type { FactRecord } from '../model/fact.js'

/** Raised when a reader of older recordings would misread newer ones. */
export const recordingVersion = 1

/** `recording.json` in a recording's directory. */
export interface RecordingManifest {
  readonly version: typeof recordingVersion
  readonly netproof: string
  readonly startedAt: string
  /** The file of each host: names may hold what file names may not. A line is a `RecordedFact`; the last about a key counts. */
  readonly hosts: Readonly<Record<string, string>>
}

export interface RecordedFact extends FactRecord {
  /** The value held a secret, and asterisks stand in its place: evidence still, but nothing to judge by. */
  readonly masked?: true
}

export const manifestFile = 'recording.json'
