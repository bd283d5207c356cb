import type { TestProject } from 'vitest/node'
import { ensureLab } from './requirements.js'

/** Once per test run, before the workers start: packages are installed, and every worker learns whether labs can be made. */
export async function setup(project: TestProject): Promise<void> {
  const reason = await ensureLab()
  if (reason !== null) process.stderr.write(`Tests that need a lab ${process.env.CI === 'true' ? 'fail' : 'are skipped'}: ${reason}\n`)
  project.provide('labUnavailable', reason)
}
