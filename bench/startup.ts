import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atMost, pair, type Row, seconds } from './measure.js'

const node = process.execPath
const cli = 'dist/cli.js'

/** How long a command takes that contacts nothing, against Node itself. */
export async function startupBench(): Promise<readonly Row[]> {
  const directory = mkdtempSync(join(tmpdir(), 'netproof-bench-'))
  try {
    const runbook = join(directory, 'hundred.yaml')
    const checks = Array.from({ length: 100 }, (_, index) => check(index)).join('\n')
    writeFileSync(runbook, `version: 1\nname: A hundred checks\nchecks:\n${checks}\n`)
    const nothing = { argv: [node, '-e', '0'] }
    const [version, floor] = pair({ argv: [node, cli, '--version'] }, nothing, 11)
    const [validate, floorAgain] = pair({ argv: [node, cli, 'validate', runbook] }, nothing, 11)
    if (version.exitCode !== 0 || validate.exitCode !== 0) throw new Error(`a command failed: ${validate.stdout}`)
    return [
      atMost('netproof --version against node -e 0', version.wall / floor.wall, 1.5, `${seconds(version.wall)} / ${seconds(floor.wall)}`),
      atMost(
        'netproof validate, 100 checks, against node -e 0',
        validate.wall / floorAgain.wall,
        3,
        `${seconds(validate.wall)} / ${seconds(floorAgain.wall)}`,
      ),
    ]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function check(index: number): string {
  const kinds = [
    `route: { destination: 10.0.${index}.0/24, via: 203.0.113.254, interface: eth0 }`,
    `listening-port: { port: ${8_000 + index}, process: nginx }`,
    `tcp-port: { target: "192.0.2.${index}:443", within: 50ms }`,
  ]
  return `  - name: check ${index}\n    ${kinds[index % kinds.length]}`
}
