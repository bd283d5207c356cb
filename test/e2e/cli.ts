import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunOptions, type RunResult, run } from '../lab/process.js'

const root = join(import.meta.dirname, '../..')
export const program = join(root, 'dist/cli.js')

/** Runs a program without what changes how programs print: that comes from a test, not from whoever runs it. */
export function runPlainly(argv: readonly string[], { env = {}, ...options }: RunOptions = {}): Promise<RunResult> {
  const unset = ['CI', 'NO_COLOR', 'FORCE_COLOR', 'NODE_OPTIONS'].flatMap((name) => ['-u', name])
  const set = Object.entries({ LC_ALL: 'C.UTF-8', ...env }).map(([name, value]) => `${name}=${value}`)
  return run(['env', ...unset, ...set, ...argv], options)
}

/** Runs the built command line to its end. */
export const cli = (args: readonly string[], options: RunOptions = {}): Promise<RunResult> =>
  runPlainly([process.execPath, program, ...args], { cwd: root, ...options })

/** A directory of files by their names. */
export interface Desk {
  readonly path: string
  file(name: string, text: string): string
  remove(): void
}

export function openDesk(): Desk {
  const path = mkdtempSync(join(tmpdir(), 'netproof-cli-'))
  return {
    path,
    file: (name, text) => {
      const file = join(path, name)
      writeFileSync(file, text)
      return file
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** Holds on every Linux machine, whoever runs it. */
export const goodRunbook = 'version: 1\nchecks:\n  - route: { destination: 127.0.0.1, lookup: true, interface: lo }\n'
/** Fails everywhere. */
export const badRunbook = 'version: 1\nchecks:\n  - route: { destination: 127.0.0.1, lookup: true, interface: eth77 }\n'
