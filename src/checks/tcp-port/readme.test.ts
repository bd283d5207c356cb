import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proofs } from './judge.js'
import { expectations, tcpPortSchema } from './spec.js'

const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
const examples = [...readme.matchAll(/```yaml\n(# (\w+)[^\n]*\n[\s\S]*?)```/g)].map(([, text = '', promise = '']) => ({ text, promise }))
const verdicts: Readonly<Record<string, string>> = { passes: 'pass', fails: 'fail', undetermined: 'error' }

const servers: Server[] = []
let directory = ''

/** What the built command line says about a runbook. */
async function verdictsOf(runbook: string): Promise<readonly string[]> {
  const file = join(directory, 'example.yaml')
  writeFileSync(file, runbook)
  const root = join(import.meta.dirname, '../../..')
  const report = await new Promise<string>((resolve, reject) => {
    const argv = ['dist/cli.js', 'run', file, '-r', 'json']
    execFile(process.execPath, argv, { cwd: root, timeout: 60_000 }, (_, stdout, stderr) =>
      stdout === '' ? reject(new Error(stderr)) : resolve(stdout),
    )
  })
  return (JSON.parse(report) as { results: { verdict: string }[] }).results.map(({ verdict }) => verdict)
}

describe('README', () => {
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'netproof-readme-'))
    for (const port of [8443, 8000, 8001, 8002]) {
      const server = createServer()
      servers.push(server)
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.87.1', resolve))
    }
  })
  afterAll(() => {
    for (const server of servers) server.close()
    rmSync(directory, { recursive: true, force: true })
  })

  it('promises something about every example', () => {
    expect(examples).toHaveLength(readme.split('```yaml').length - 1)
    expect(new Set(examples.map(({ promise }) => promise))).toEqual(new Set(Object.keys(verdicts)))
  })

  it.each(examples)('keeps its promise: $promise', { timeout: 60_000 }, async ({ text, promise }) => {
    expect(new Set(await verdictsOf(text))).toEqual(new Set([verdicts[promise]]))
  })

  it('explains every key and every expectation', () => {
    for (const key of Object.keys(tcpPortSchema.properties)) expect(readme).toContain(`| \`${key}\``)
    for (const word of expectations) expect(readme).toContain(`| \`${word}\``)
    expect(Object.keys(proofs)).toEqual([...expectations])
  })
})
