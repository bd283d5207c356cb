import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stringify } from 'yaml'
import type { Report, Result } from '../../src/model/report.js'
import type { Lab, RunResult } from '../lab/index.js'

/** What the built command line answered, with its JSON report. */
export interface Proof extends RunResult {
  readonly report: Report
}

let files = 0

/** Writes a runbook, given as text or as data, into the lab. @returns its path. */
export function writeRunbook(lab: Lab, runbook: string | object): string {
  files += 1
  const path = join(lab.directory, `runbook-${files}.yaml`)
  writeFileSync(path, typeof runbook === 'string' ? runbook : stringify({ version: 1, ...runbook }))
  return path
}

/** Runs netproof on the lab's host `ops`, which must report as JSON. */
export async function prove(lab: Lab, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Proof> {
  const result = await lab.netproof('ops', ['run', ...args, '-r', 'json'], { env })
  if (result.stdout === '') throw new Error(`netproof reported nothing and ended with ${result.exitCode}:\n${result.stderr}`)
  return { ...result, report: JSON.parse(result.stdout) as Report }
}

/** `host/id: verdict`, in an order that does not depend on who answered first. */
export function verdicts({ results }: Report): string[] {
  return results.map(({ host, id, verdict }) => `${host}/${id}: ${verdict}`).sort()
}

/** The one result of a check. @throws Error when there is none or more than one. */
export function resultOf({ results }: Report, id: string, host?: string): Result {
  const [found, ...others] = results.filter((result) => result.id === id && (host === undefined || result.host === host))
  if (found === undefined || others.length > 0) throw new Error(`${1 + others.length} results of ${id}, or none at all`)
  return found
}

/** What a failed check says, as the console shows it. */
export function complaints({ findings, reason }: Result): string[] {
  const told = findings
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ subject, expected, actual, message }) => `${subject}: expected ${expected}, actual ${actual}. ${message}`.trim())
  return reason === '' ? told : [...told, reason]
}

/** Waits until something holds. @throws Error after `withinMs`. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 5_000): Promise<void> {
  for (const end = performance.now() + withinMs; !(await holds()); ) {
    if (performance.now() > end) throw new Error(`waited ${withinMs} ms in vain: ${what}`)
    await sleep(20)
  }
}
