import { flag, mapOf, type Shape, text } from '../../lib/shape.js'

/** How a command of a runbook ended and what it printed. */
export type CommandResult = {
  /** 0 to 255. A command that a signal ended has 128 and the signal's number (POSIX.1-2024, XCU 2.8.2). */
  readonly exitCode: number
  /** At most 1 MiB; a command that prints more is ended, and no value at all. */
  readonly stdout: string
  /** The beginning, 64 KiB. */
  readonly stderr: string
  /** There was more on standard error. */
  readonly stderrCut: boolean
}

export const isExitCode: Shape<number> = (value): value is number => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255

export const commandResult = mapOf<CommandResult>({ exitCode: isExitCode, stdout: text, stderr: text, stderrCut: flag })
