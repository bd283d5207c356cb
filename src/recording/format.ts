/** Raised when a reader of older recordings would misread newer ones. */
export const recordingVersion = 1

/** `recording.json` in a recording's directory. */
export interface RecordingManifest {
  readonly version: typeof recordingVersion
  readonly netproof: string
  readonly startedAt: string
  /** The file of each host: names may hold what file names may not. A line is a `FactRecord`; the last about a key counts. */
  readonly hosts: Readonly<Record<string, string>>
}

export const manifestFile = 'recording.json'
