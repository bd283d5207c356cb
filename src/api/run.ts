import { runPlan } from '../engine/run.js'
import { type Mask, maskDeep } from '../lib/mask.js'
import { atLeast } from '../lib/severity.js'
import type { Report, RunEvent } from '../model/report.js'
import { openRecorder, type Recorder } from '../recording/write.js'
import { version } from '../version.js'
import { type Collectors, liveCollectors, replayCollectors } from './collectors.js'
import { InputError } from './input-error.js'
import type { RunOptions } from './options.js'
import { prepare } from './prepare.js'
import { checkTable } from './tables.js'

/**
 * Checks what the runbooks declare and reports what was found. Whatever hosts do becomes part of the report.
 * @throws InputError when the input is wrong; nothing has run then.
 */
export async function run(options: RunOptions): Promise<Report> {
  const { plan, mask, warnings } = await prepare(options)
  for (const warning of warnings) options.onWarning?.(warning)
  const collectors = await openCollectors(options, plan.hosts)
  const recorder = await openRecord(options, mask)
  try {
    const report = await runPlan({
      plan,
      checkKinds: checkTable,
      open: collectors.open,
      concurrency: options.concurrency ?? 32,
      timeoutMs: options.timeoutMs ?? null,
      signal: options.signal ?? new AbortController().signal,
      version,
      countsAsFailure: ({ severity }) => atLeast(severity, options.failOn ?? 'low'),
      onEvent: (event: RunEvent) => options.onEvent?.(maskDeep(event, mask)),
      onRecords: (host, records) => recorder?.record(host.name, records),
    })
    await recorder?.finish()
    return maskDeep(report, mask)
  } finally {
    await collectors.close()
  }
}

async function openCollectors(options: RunOptions, hosts: Parameters<typeof liveCollectors>[0]): Promise<Collectors> {
  if (options.replay === undefined) return liveCollectors(hosts, options.connectTimeoutMs ?? 10_000)
  try {
    return await replayCollectors(options.replay)
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
