import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { FactRecord } from '../model/fact.js'
import { isManifest, isRecordedFact } from './check.js'
import { manifestFile, type RecordedFact, recordingVersion } from './format.js'

export interface Recording {
  /** The last record of each fact of a host by its key; null when the recording has no such host. */
  recordsOf(host: string): Promise<ReadonlyMap<string, FactRecord> | null>
}

/** @throws Error with what is wrong when the directory holds no recording that this version reads. */
export async function openRecording(directory: string): Promise<Recording> {
  const manifest = parse(await read(join(directory, manifestFile)), manifestFile)
  if (!isManifest(manifest)) throw new Error(`${join(directory, manifestFile)} is damaged: it does not name the files of hosts`)
  if (manifest.version !== recordingVersion) {
    throw new Error(`${directory}: expected a recording of version ${recordingVersion}, found version ${String(manifest.version)}`)
  }
  return {
    recordsOf: async (host) => {
      const file = Object.hasOwn(manifest.hosts, host) ? manifest.hosts[host] : undefined
      if (file === undefined) return null
      const lines = (await read(join(directory, basename(file)))).split('\n')
      const records = lines.flatMap((line, index) => (line === '' ? [] : [judgeable(parseRecord(line, `${file}:${index + 1}`))]))
      return new Map(records.map((record) => [record.key, record]))
    },
  }
}

/** Asterisks must not be judged: they differ from everything, and what had to be absent would seem to be. */
function judgeable(record: RecordedFact): FactRecord {
  if (record.masked !== true) return record
  const message =
    `${record.fact} of ${record.host} held a value that the runbook took from the environment; recordings do not keep those. ` +
    'Take what is no secret from vars or --var, and record again'
  const { masked: _, ...rest } = record
  return { ...rest, outcome: { error: { reason: 'not-recorded', message } } }
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new Error(`no recording can be read: ${(error as Error).message}`)
  }
}

function parseRecord(line: string, place: string): RecordedFact {
  const record = parse(line, place)
  if (!isRecordedFact(record)) throw new Error(`${place} is damaged: expected the record of a fact`)
  return record
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${place} is damaged: it is not JSON`)
  }
}
