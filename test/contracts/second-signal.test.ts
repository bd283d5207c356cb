import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

/** As ps(1) shows it: empty for none, Z for one that has ended and that nobody has asked for yet. */
const stateOf = (pid: string): string => spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout.trim()

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'netproof-signal-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

// The wrapper obeys no signal, so that the first one is still being carried out when the second comes.
it('a second Ctrl-C ends a run at once, and leaves neither files nor processes behind', async () => {
  const path = (name: string): string => join(directory, name)
  mkdirSync(path('tmp'))
  mkdirSync(path('evidence'))
  writeFileSync(path('stubborn'), `#!/bin/sh\ntrap '' TERM\necho $$ > '${path('pid')}'\nwhile :; do sleep 0.2; done\n`)
  chmodSync(path('stubborn'), 0o755)
  writeFileSync(path('hosts.yaml'), `version: 1\nhosts:\n  box: { transport: exec, command: ["${path('stubborn')}"] }\n`)
  writeFileSync(path('change.yaml'), 'version: 1\nchecks:\n  - { on: box, listening-port: { port: 22 } }\n')
  const args = ['dist/cli.js', 'run', path('change.yaml'), '-i', path('hosts.yaml'), '--record', path('evidence/now')]
  const child = spawn(process.execPath, args, { env: { ...process.env, TMPDIR: path('tmp') }, stdio: 'ignore' })
  try {
    await vi.waitFor(() => expect(existsSync(path('pid'))).toBe(true), { timeout: 10_000 })
    expect(readdirSync(path('tmp')).length + readdirSync(path('evidence')).length).toBe(2)
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 100))
    child.kill('SIGINT')
    expect(await ended).toEqual([130, null])
    const pid = readFileSync(path('pid'), 'utf8').trim()
    await vi.waitFor(() => expect(stateOf(pid)).toMatch(/^(Z|$)/))
    expect([readdirSync(path('tmp')), readdirSync(path('evidence'))]).toEqual([[], []])
  } finally {
    child.kill('SIGKILL')
  }
})
