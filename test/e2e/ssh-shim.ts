import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Lab } from '../lab/index.js'
import { toolPath } from '../lab/process.js'

export interface Account {
  /** The words of every execution of ssh, each as one line. */
  readonly executions: readonly string[]
  /** How many of them ran at the same moment, at most. */
  readonly mostAtOnce: number
}

/** A program called ssh, first in PATH, that keeps account of itself and leaves the work to the real one. */
export interface SshShim {
  readonly env: { readonly PATH: string }
  /** What happened since the last call. */
  take(): Account
}

// Each line is one small write at the end of the file, so that lines of several at once do not mix.
const program = (log: string): string => `#!/bin/sh
printf 'begin %s\\n' "$*" >>'${log}'
PATH='${toolPath}'
ssh "$@"
code=$?
printf 'end %s\\n' "$*" >>'${log}'
exit $code
`

export function sshShim(lab: Lab): SshShim {
  const directory = join(lab.directory, 'shim')
  const log = join(directory, 'log')
  mkdirSync(directory)
  writeFileSync(join(directory, 'ssh'), program(log))
  chmodSync(join(directory, 'ssh'), 0o755)
  writeFileSync(log, '')
  return {
    env: { PATH: `${directory}:${toolPath}` },
    take: () => {
      const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1)
      writeFileSync(log, '')
      return accountOf(lines)
    },
  }
}

function accountOf(lines: readonly string[]): Account {
  let now = 0
  let mostAtOnce = 0
  for (const line of lines) {
    now += line.startsWith('begin ') ? 1 : -1
    mostAtOnce = Math.max(mostAtOnce, now)
  }
  return { executions: lines.filter((line) => line.startsWith('begin ')).map((line) => line.slice('begin '.length)), mostAtOnce }
}
