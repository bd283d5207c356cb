import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Measurement {
  /** Seconds. */
  readonly wall: number
  /** Seconds of user and system time of the process and its children. */
  readonly cpu: number
  /** MiB of the largest process. */
  readonly memory: number
  readonly exitCode: number | null
  readonly stdout: string
}

export interface MeasureOptions {
  readonly runs?: number
  /** Run before each counted run. */
  readonly before?: () => void
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Runs a command several times, each as a whole process under GNU time(1), and gives the run with the median wall time.
 * @throws Error when it cannot be started.
 */
export function measure(argv: readonly string[], { runs = 5, before, env = {} }: MeasureOptions = {}): Measurement {
  const all = Array.from({ length: runs }, () => {
    before?.()
    return once(argv, env)
  })
  const median = all.sort((a, b) => a.wall - b.wall)[Math.floor(runs / 2)]
  if (median === undefined) throw new RangeError('at least one run')
  return median
}

function once(argv: readonly string[], env: Readonly<Record<string, string>>): Measurement {
  const directory = mkdtempSync(join(tmpdir(), 'netproof-bench-'))
  try {
    const file = join(directory, 'time')
    const started = performance.now()
    const { status, stdout, error } = spawnSync('/usr/bin/time', ['-q', '-o', file, '-f', '%U %S %M', ...argv], {
      encoding: 'utf8',
      // A company's certificates, which Node reads at every start, would be part of each figure.
      env: { ...process.env, NODE_EXTRA_CA_CERTS: '', ...env },
      maxBuffer: 2 ** 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    if (error !== undefined) throw error
    const wall = (performance.now() - started) / 1_000
    const [user = 0, system = 0, kilobytes = 0] = readFileSync(file, 'utf8').trim().split(' ').map(Number)
    return { wall, cpu: user + system, memory: kilobytes / 1_024, exitCode: status, stdout }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Two commands in turn, A B A B, so that a noisy moment hits both; the medians of each. */
export function pair(
  a: { readonly argv: readonly string[]; readonly before?: () => void },
  b: { readonly argv: readonly string[]; readonly before?: () => void },
  runs = 5,
): readonly [Measurement, Measurement] {
  const as: Measurement[] = []
  const bs: Measurement[] = []
  for (let turn = 0; turn < runs; turn++) {
    as.push(measure(a.argv, { runs: 1, ...(a.before === undefined ? {} : { before: a.before }) }))
    bs.push(measure(b.argv, { runs: 1, ...(b.before === undefined ? {} : { before: b.before }) }))
  }
  return [medianOf(as), medianOf(bs)]
}

function medianOf(all: readonly Measurement[]): Measurement {
  const median = [...all].sort((a, b) => a.wall - b.wall)[Math.floor(all.length / 2)]
  if (median === undefined) throw new RangeError('at least one run')
  return median
}

export interface Row {
  readonly what: string
  readonly figure: string
  /** What is asked for; empty when the row is only information. */
  readonly goal: string
  readonly met: boolean | null
}

export const seconds = (value: number): string => (value < 1 ? `${Math.round(value * 1_000)} ms` : `${value.toFixed(2)} s`)

/** A row with a ratio and the bound it must keep. */
export function atMost(what: string, ratio: number, bound: number, detail: string): Row {
  return { what, figure: `${ratio.toFixed(2)} × (${detail})`, goal: `at most ${bound} ×`, met: ratio <= bound }
}

export function atLeast(what: string, ratio: number, bound: number, detail: string): Row {
  return { what, figure: `${ratio.toFixed(1)} × (${detail})`, goal: `at least ${bound} ×`, met: ratio >= bound }
}
