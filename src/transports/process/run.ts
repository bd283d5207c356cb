import { execa } from 'execa'
import type { ExecRequest } from '../../model/transport.js'
import { type Ending, endProcess } from './ending.js'
import { killAtExit, killGroup } from './kill-at-exit.js'
import { spawnFailure } from './spawn-failure.js'

export interface ProcessOptions {
  /** Replaces or, with undefined, removes variables of our own environment. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** How to end it when asked to; read at the moment of asking. Default: 300 ms of grace, then its whole group. */
  ending?(): Ending
  /** Whether processes left behind in its group, which hold its output open, are killed with it. Default true. */
  readonly sweep?: boolean
}

export interface ProcessEnd {
  /** null when a signal ended it. */
  readonly exitCode: number | null
  /** It was asked to end before it had ended by itself. */
  readonly aborted: boolean
}

/** Milliseconds without output after the process itself has gone, before those who still hold its pipes are given up. */
const drainMs = 1_000
/** Milliseconds after which even those who go on writing are given up. */
const drainLimitMs = 3_000

const politely: Ending = { graceMs: 300, group: true }

/**
 * Runs a local process in a session of its own, so that a terminal's Ctrl-C reaches only us and we end it in order.
 * Output is handed on and never kept; standard input stays open until the process ends or `signal` aborts.
 * Resolves when it has ended, also after an abort; never leaves a promise or a stream behind.
 * @throws TransportError when it could not be started.
 */
export async function runProcess(request: ExecRequest, signal: AbortSignal, options: ProcessOptions = {}): Promise<ProcessEnd> {
  if (signal.aborted) return { exitCode: null, aborted: true }
  const [file, ...args] = request.argv
  const child = execa(file, args, {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    encoding: 'buffer',
    buffer: false,
    reject: false,
    detached: true,
    cleanup: false,
    stripFinalNewline: false,
    ...(options.env === undefined ? {} : { env: { ...options.env } }),
  })

  // A process that has gone, or never read, is told by its exit code and not by a broken pipe.
  child.stdin.on('error', () => undefined)
  child.stdin.write(request.input)
  void request.laterInput?.then((text) => child.stdin.writable && child.stdin.write(text))

  let drain: NodeJS.Timeout | undefined
  let drainEnd: NodeJS.Timeout | undefined
  const letGo = (): void => {
    if (options.sweep !== false && child.pid !== undefined) killGroup(child.pid)
    child.stdout.destroy()
    child.stderr.destroy()
  }
  // A timer may be due only because we were busy, with output still unread: what there is comes before an immediate.
  const restartDrain = (): void => {
    clearTimeout(drain)
    const timer = setTimeout(() => setImmediate(() => drain === timer && letGo()), drainMs)
    drain = timer
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('error', () => undefined)
    child[stream].on('data', (chunk: Uint8Array) => {
      if (drain !== undefined) restartDrain()
      request.onOutput(stream, chunk)
    })
  }
  child.once('exit', () => {
    restartDrain()
    drainEnd = setTimeout(() => setImmediate(() => drain !== undefined && letGo()), drainLimitMs)
  })

  const forget = killAtExit(child.pid)
  const ending = endProcess(child, signal, () => options.ending?.() ?? politely)
  try {
    const result = await Promise.race([child, ending.hopeless])
    if (result === undefined) {
      // Whoever still holds its pipes would keep us reading, and alive, for as long as it writes.
      child.stdout.destroy()
      child.stderr.destroy()
      return { exitCode: null, aborted: true }
    }
    if (child.pid === undefined) throw spawnFailure(file, result)
    return { exitCode: result.exitCode ?? null, aborted: ending.asked() }
  } finally {
    clearTimeout(drain)
    clearTimeout(drainEnd)
    drain = undefined
    ending.dispose()
    forget()
  }
}
