import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { factKey } from '../src/lib/fact-key.js'
import { manifestFile, recordingVersion } from '../src/recording/format.js'
import { type Measurement, measure, type Row, seconds } from './measure.js'

const checksPerHost = 1_000

/** Judging and reporting without any network: a recording of many hosts, replayed to JUnit and JSON. */
export async function replayBench(): Promise<readonly Row[]> {
  const directory = mkdtempSync(join(tmpdir(), 'netproof-bench-'))
  try {
    const [quarter, whole] = [replay(directory, 25), replay(directory, 100)]
    const perResult = (whole.cpu / (100 * checksPerHost)) * 1e6
    const growth = whole.memory / quarter.memory
    return [
      {
        what: '100,000 results from a replay to JUnit and JSON',
        figure: `${perResult.toFixed(1)} µs CPU a result (${seconds(whole.wall)} wall, ${Math.round(whole.memory)} MiB)`,
        goal: 'at most 50 µs',
        met: perResult <= 50,
      },
      {
        what: 'memory for 100,000 results against 25,000',
        figure: `${growth.toFixed(2)} × (${Math.round(whole.memory)} / ${Math.round(quarter.memory)} MiB)`,
        goal: 'at most 4 ×',
        met: growth <= 4,
      },
    ]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function replay(directory: string, hosts: number): Measurement {
  const at = join(directory, String(hosts))
  mkdirSync(at)
  const names = Array.from({ length: hosts }, (_, index) => `host-${index}`)
  writeRecording(join(at, 'recording'), names)
  writeFileSync(join(at, 'inventory.yaml'), `version: 1\nhosts:\n${names.map((name) => `  ${name}: { groups: [fleet] }`).join('\n')}\n`)
  const checks = Array.from(
    { length: checksPerHost },
    (_, n) => `  - route: { destination: ${prefix(n)}, via: 192.0.2.1, metric: { max: 100 } }`,
  )
  writeFileSync(join(at, 'runbook.yaml'), `version: 1\nname: Fleet\ndefaults: { on: fleet }\nchecks:\n${checks.join('\n')}\n`)
  const options = ['--replay', join(at, 'recording'), '-i', join(at, 'inventory.yaml')]
  const reports = ['-r', `junit=${join(at, 'junit.xml')}`, '-r', `json=${join(at, 'report.json')}`]
  const run = measure([process.execPath, 'dist/cli.js', 'run', join(at, 'runbook.yaml'), ...options, ...reports], { runs: 3 })
  // One route in a hundred is recorded with another gateway, so that failures are part of the figure.
  if (run.exitCode !== 1) throw new Error(`the replay ended with exit code ${run.exitCode}`)
  return run
}

const prefix = (n: number): string => `10.${n >> 8}.${n & 255}.0/24`

function writeRecording(directory: string, hosts: readonly string[]): void {
  mkdirSync(directory)
  const at = '2026-01-01T00:00:00.000Z'
  const routes = Array.from({ length: checksPerHost }, (_, n) => ({
    destination: prefix(n),
    types: ['unicast'],
    nextHops: [{ via: n % 100 === 0 ? '192.0.2.9' : '192.0.2.1', interface: 'eth0', weight: 1, flags: [] }],
    metric: 0,
    table: 'main',
    protocol: 'static',
    scope: 'global',
    source: null,
    from: null,
    tos: null,
  }))
  const files = Object.fromEntries(hosts.map((host, index) => [host, `host-${index}.jsonl`]))
  for (const [host, file] of Object.entries(files)) {
    const request = { fact: 'routes', host, args: { family: 'inet' } }
    const outcome = { value: { family: 'inet', tables: 'all', hides: [], routes } }
    writeFileSync(
      join(directory, file),
      `${JSON.stringify({ key: factKey(request), ...request, at, durationMs: 1, source: 'ip -j', outcome })}\n`,
    )
  }
  writeFileSync(join(directory, manifestFile), JSON.stringify({ version: recordingVersion, netproof: '0', startedAt: at, hosts: files }))
}
