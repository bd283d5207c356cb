import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '../src/model/json.js'
import { manifestFile, type RecordedFact, type RecordingManifest } from '../src/recording/format.js'

export interface Known<Value> {
  readonly host: string
  readonly args: JsonObject
  readonly value: Value
}

/** Facts of one kind from a recording that this very netproof made, so that their shape is known. Those not learnt are left out. */
export function recordedFacts<Value>(directory: string, fact: string): readonly Known<Value>[] {
  const { hosts } = JSON.parse(readFileSync(join(directory, manifestFile), 'utf8')) as RecordingManifest
  const lines = Object.values(hosts).flatMap((file) => readFileSync(join(directory, file), 'utf8').split('\n').filter(Boolean))
  return lines
    .map((line) => JSON.parse(line) as RecordedFact)
    .flatMap(({ fact: kind, host, args, outcome }) =>
      kind === fact && 'value' in outcome ? [{ host, args, value: outcome.value as Value }] : [],
    )
}
