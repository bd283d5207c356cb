import type { DataPath, Problem } from '../documents/index.js'
import { parseDuration } from '../lib/duration.js'
import { controllerName } from '../model/inventory.js'
import type { Json, JsonObject } from '../model/json.js'
import type { CheckEntry } from '../model/runbook.js'
import { severities } from '../model/verdict.js'
import { asMap, asText, asTexts } from './data.js'

/** How long one attempt may take where the runbook does not say. */
const defaultTimeoutMs = 10_000
/** From attempt to attempt where `retry` does not say. */
const defaultEveryMs = 2_000

const longest = 24 * 60 * 60 * 1_000
const shortestPause = 100

export type Settings = Pick<CheckEntry, 'tags' | 'severity' | 'timeoutMs' | 'retry' | 'when'> & {
  /** Host patterns with variables in them, or one variable that is a list. */
  readonly on: Json
}

/** @param layers the entry itself, then the `defaults` of its file, then those of the files that include it. The first one that says counts. */
export function readSettings(layers: readonly JsonObject[]): Settings {
  const setting = (name: string): Json | undefined => layers.find((layer) => layer[name] !== undefined)?.[name]
  const severity = severities.find((known) => known === setting('severity'))
  return {
    on: setting('on') ?? controllerName,
    tags: [...new Set(asTexts(setting('tags')))],
    severity: severity ?? 'high',
    timeoutMs: duration(setting('timeout')) ?? defaultTimeoutMs,
    retry: readRetry(setting('retry')),
    when: readWhen(setting('when')),
  }
}

function duration(value: Json | undefined): number | null {
  return parseDuration(asText(value) ?? '')
}

function readRetry(value: Json | undefined): CheckEntry['retry'] {
  const { until, every } = asMap(value)
  const untilMs = duration(until)
  return untilMs === null ? null : { untilMs, everyMs: duration(every) ?? defaultEveryMs }
}

function readWhen(value: Json | undefined): CheckEntry['when'] {
  const { platform, group } = asMap(value)
  if (platform === undefined && group === undefined) return null
  return {
    ...(platform === undefined ? {} : { platforms: asTexts(platform) }),
    ...(group === undefined ? {} : { groups: asTexts(group) }),
  }
}

export interface SettingProblem extends Problem {
  readonly path: DataPath
}

/** What the schema cannot say of durations. Paths start at `settings`, an entry or `defaults`. */
export function settingProblems(settings: JsonObject): readonly SettingProblem[] {
  const retry = asMap(settings.retry)
  const bounds: readonly [DataPath, Json | undefined, number, string][] = [
    [['timeout'], settings.timeout, 1, 'more than 0'],
    [['retry', 'until'], retry.until, 1, 'more than 0'],
    [['retry', 'every'], retry.every, shortestPause, 'at least 100ms'],
  ]
  return bounds.flatMap(([path, value, least, words]) => {
    const ms = duration(value)
    if (ms === null || (ms >= least && ms <= longest)) return []
    return [
      { path, code: 'wrong-value', message: `expected a duration of ${ms < least ? words : 'at most 24h'}, found "${asText(value)}"` },
    ]
  })
}
