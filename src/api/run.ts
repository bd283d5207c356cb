import { runPlan } from '../engine/run.js'
import { type Mask, maskTexts } from '../lib/mask.js'
import { atLeast } from '../lib/severity.js'
import type { Host } from '../model/inventory.js'
import type { Permission } from '../model/permission.js'
import type { Report, RunEvent } from '../model/report.js'
import { openRecorder, type Recorder } from '../recording/write.js'
import { version } from '../version.js'
import { type Collectors, liveCollectors, replayCollectors } from './collectors.js'
import { InputError } from './input-error.js'
import type { RunOptions } from './options.js'
import { allowedBy } from './permissions.js'
import { prepare } from './prepare.js'
import { checkTable, factTable } from './tables.js'

/** Of reports and events: what only netproof itself says, and machines rely on. */
const ownWords: ReadonlySet<string> = new Set([
  ...['type', 'verdict', 'severity', 'kind', 'platform', 'transport', 'error.reason'],
  ...['at', 'startedAt', 'endedAt', 'timeZone', 'runId', 'netproof', 'digest', 'mediaType', 'base64'],
])

/**
 * Checks what the runbooks declare and reports what was found. Whatever hosts do becomes part of the report.
 * A recording that could not be written is a warning, and makes exit code 2 of 0.
 * @throws InputError when the input is wrong; nothing has run then.
 */
export async function run(options: RunOptions): Promise<Report> {
  const allowed = allowedBy(options)
  const { plan, mask, warnings } = await prepare(options, allowed)
  for (const warning of warnings) options.onWarning?.(warning)
  const collectors = await openCollectors(options, plan.hosts, allowed, mask)
  try {
    const recorder = await openRecord(options, mask)
    const report = await runPlan({
      plan,
      checkKinds: checkTable,
      open: collectors.open,
      announces: (fact) => factTable.get(fact)?.announces === true,
      concurrency: options.concurrency ?? 32,
      timeoutMs: options.timeoutMs ?? null,
      signal: options.signal ?? new AbortController().signal,
      version,
      countsAsFailure: ({ severity }) => atLeast(severity, options.failOn ?? 'low'),
      onEvent: (event: RunEvent) => options.onEvent?.(maskTexts(event, mask, ownWords)),
      onRecords: (host, records) => recorder?.record(host.name, records),
    })
    const shown = maskTexts(report, mask, ownWords)
    return (await keep(recorder, options)) || shown.exitCode !== 0 ? shown : { ...shown, exitCode: 2 }
  } finally {
    await collectors.close()
  }
}

/** What was found is not lost because the evidence is. @returns whether all was kept. */
async function keep(recorder: Recorder | null, { onWarning }: RunOptions): Promise<boolean> {
  try {
    await recorder?.finish()
    return true
  } catch (error) {
    onWarning?.(`netproof: the recording could not be written: ${(error as Error).message}`)
    return false
  }
}

async function openCollectors(
  options: RunOptions,
  hosts: readonly Host[],
  allowed: ReadonlySet<Permission>,
  mask: Mask,
): Promise<Collectors> {
  try {
    if (options.replay !== undefined) return await replayCollectors(options.replay, mask)
    return await liveCollectors(hosts, { connectTimeoutMs: options.connectTimeoutMs ?? 10_000, allowed })
  } catch (error) {
    throw new InputError(`netproof: ${(error as Error).message}`, [])
  }
}

async function openRecord({ record }: RunOptions, mask: Mask): Promise<Recorder | null> {
  if (record === undefined) return null
  try {
    return await openRecorder(record, { netproof: version, startedAt: new Date().toISOString() }, mask)
  } catch (error) {
    throw new InputError(`netproof: cannot record: ${(error as Error).message}`, [])
  }
}
