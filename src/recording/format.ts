import type { FactRecord } from '../model/fact.js'

/** Raised when a reader of older recordings would misread newer ones. */
export const recordingVersion = 1

/** `recording.json` in a recording's directory. */
export interface RecordingManifest {
  readonly version: typeof recordingVersion
  readonly netproof: string
  readonly startedAt: string
  /** The file of each host: names may hold what file names may not. */
  readonly hosts: Readonly<Record<string, string>>
}

export const manifestFile = 'recording.json'

/** One line of a host's file. The last line about a key is the one that counts. */
export type RecordingLine = FactRecord
