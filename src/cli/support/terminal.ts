import type { WriteStream } from 'node:tty'
import type { LiveOutputs, ReporterOutput } from '../../model/reporter.js'

/**
 * Watches what standard output does with what it is given. Standard error is not worth a word: there would be nowhere to say it.
 * @returns why something was lost; null when nothing was. A reader such as `head` that goes away is no failure of ours.
 */
export function watchOutputs(): () => Error | null {
  let failure: Error | null = null
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') failure ??= error
  })
  process.stderr.on('error', () => undefined)
  return () => failure
}

export interface ColorOptions {
  /** false after `--no-color`. */
  readonly color: boolean
}

/** Colour on a terminal, unless `--no-color` or `NO_COLOR` (no-color.org) says otherwise; `FORCE_COLOR` insists. */
function wantsColor(stream: WriteStream, { color }: ColorOptions): boolean {
  if (!color || (process.env.NO_COLOR ?? '') !== '') return false
  if (!['', '0', undefined].includes(process.env.FORCE_COLOR)) return true
  return stream.isTTY === true && process.env.TERM !== 'dumb'
}

function output(stream: WriteStream, options: ColorOptions): ReporterOutput {
  return {
    write: (text) => void stream.write(text),
    // Asked anew each time, because a window may change its size during a run.
    get columns() {
      return stream.isTTY ? stream.columns : null
    },
    color: wantsColor(stream, options),
  }
}

/** Results to standard output, progress to standard error; in CI nothing is redrawn. */
export function terminalOutputs(options: ColorOptions): LiveOutputs {
  const progress = output(process.stderr as WriteStream, options)
  const inCi = !['', '0', 'false', undefined].includes(process.env.CI)
  return {
    results: output(process.stdout as WriteStream, options),
    progress: inCi ? { write: progress.write, columns: null, color: progress.color } : progress,
  }
}
