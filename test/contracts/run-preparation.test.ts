import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { InputError } from '../../src/api/input-error.js'
import { run } from '../../src/api/run.js'

afterEach(() => vi.unstubAllEnvs())

it('says what is missing where there is no folder for temporary files', async () => {
  vi.stubEnv('TMPDIR', '/nonexistent')
  const failure = await run({ runbooks: ['runbooks/this-machine.yaml'] }).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(InputError)
  expect((failure as InputError).message).toMatch(
    /^netproof: no folder for connections can be made in \/nonexistent, set TMPDIR to where one can: ENOENT: /,
  )
})

it('blames no runbook for hosts of an inventory that could not be read', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'netproof-preparation-'))
  const [runbook, inventory] = ['change.yaml', 'hosts.yaml'].map((name) => join(directory, name)) as [string, string]
  writeFileSync(runbook, 'version: 1\nchecks:\n  - { on: web1, listening-port: { port: 22 } }\n')
  writeFileSync(inventory, 'version: 1\nhosts:\n  web1: { adress: 203.0.113.11 }\n')
  const failure = await run({ runbooks: [runbook], inventory: [inventory] }).catch((error: unknown) => error)
  rmSync(directory, { recursive: true })
  expect((failure as InputError).diagnostics.map(({ message }) => message)).toEqual(['unknown key "adress" in "web1"'])
})
