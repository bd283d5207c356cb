import { randomBytes } from 'node:crypto'
import { appendFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { makeDirectory } from '../files/make-directory.js'
import { removeAtExit } from '../files/remove-at-exit.js'
import { type Mask, maskDeep } from '../lib/mask.js'
import type { FactRecord } from '../model/fact.js'
import { manifestFile, type RecordedFact, type RecordingManifest, recordingVersion } from './format.js'

const replaceAttempts = 50

/** Writes what a run learnt into a directory that appears whole at the end, or not at all. */
export interface Recorder {
  record(host: string, records: readonly FactRecord[]): void
  /** @throws what the file system said during the run, once. */
  finish(): Promise<void>
}

/**
 * @param directory created; an earlier recording there is replaced.
 * @throws Error when the directory holds anything but a recording.
 */
export async function openRecorder(directory: string, about: { netproof: string; startedAt: string }, mask: Mask): Promise<Recorder> {
  const target = resolve(directory)
  await refuseForeign(target)
  const partial = `${target}.partial-${randomBytes(6).toString('hex')}`
  await makeDirectory(partial, 0o700)
  const forget = removeAtExit(partial)
  const files = new Map<string, string>()
  let written: Promise<void> = Promise.resolve()

  const append = async (host: string, records: readonly FactRecord[]): Promise<void> => {
    const file = files.get(host) ?? `host-${files.size + 1}.jsonl`
    files.set(host, file)
    await appendFile(join(partial, file), records.map((record) => `${JSON.stringify(withoutSecrets(record, mask))}\n`).join(''), {
      mode: 0o600,
    })
  }
  return {
    record: (host, records) => {
      written = written.then(() => append(host, records))
      // The failure is reported by `finish`; until then it must not end the process.
      written.catch(() => {})
    },
    finish: async () => {
      try {
        await written
        const manifest: RecordingManifest = { version: recordingVersion, ...about, hosts: Object.fromEntries(files) }
        await writeFile(join(partial, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`)
        await replace(partial, target)
      } catch (error) {
        await rm(partial, { recursive: true, force: true })
        throw error
      } finally {
        forget()
      }
    },
  }
}

/** Another run may put its own recording there between our two steps: the last one counts. */
async function replace(partial: string, target: string): Promise<void> {
  const aside = `${partial}.old`
  for (let attempt = 1; ; attempt += 1) {
    await rename(target, aside).catch((error) => unless(error, 'ENOENT'))
    await rm(aside, { recursive: true, force: true })
    const taken = await rename(partial, target).then(
      () => false,
      (error) => unless(error, ...(attempt < replaceAttempts ? ['ENOTEMPTY', 'EEXIST'] : [])),
    )
    if (!taken) return
  }
}

/** @returns true for an error of these codes. @throws every other. */
function unless(error: NodeJS.ErrnoException, ...codes: readonly string[]): true {
  if (codes.includes(error.code ?? '')) return true
  throw error
}

/** Field by field, as a secret may equal a word, a number or a time that is ours. */
function withoutSecrets(record: FactRecord, mask: Mask): RecordedFact {
  const { key, args, outcome } = record
  const shown = { ...record, key: mask(key), args: maskDeep(args, mask) }
  if ('error' in outcome) return { ...shown, outcome: { error: { ...outcome.error, message: mask(outcome.error.message) } } }
  const value = maskDeep(outcome.value, mask)
  const masked = value !== outcome.value && JSON.stringify(value) !== JSON.stringify(outcome.value)
  return { ...shown, outcome: { value }, ...(masked ? { masked } : {}) }
}

async function refuseForeign(directory: string): Promise<void> {
  let entries: string[]
  try {
    entries = await readdir(directory)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if (entries.length === 0 || entries.includes(manifestFile)) return
  throw new Error(`${directory} holds other files: give an empty or new directory, or an earlier recording to replace`)
}
