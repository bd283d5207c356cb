import type { CommandResult } from '../../facts/command-output/index.js'
import { printableLine } from '../../lib/printable.js'
import { posixQuote } from '../../lib/quote.js'
import type { Spec } from './schema.js'

/** The command as a person would type it. */
export function lineOf({ run, privileged = false }: Spec): string {
  const line = typeof run === 'string' ? `sh -c ${posixQuote(run)}` : run.map(posixQuote).join(' ')
  return privileged ? `sudo ${line}` : line
}

/** Its beginning, for subjects. */
export const briefly = (spec: Spec): string =>
  printableLine(typeof spec.run === 'string' ? spec.run : spec.run.map(posixQuote).join(' '), 60)

/** What it said, for whoever wonders why. */
export function saying({ stdout, stderr }: CommandResult): string {
  const said = printableLine(lastLines(stderr), 300)
  if (said !== '') return `It wrote to standard error: ${JSON.stringify(said)}.`
  const printed = printableLine(lastLines(stdout), 300)
  return printed === '' ? 'It printed nothing.' : `It printed: ${JSON.stringify(printed)}.`
}

const lastLines = (text: string): string => text.trimEnd().slice(-2_000).split('\n').slice(-3).join('\n')

const signals: Readonly<Record<number, string>> = {
  ...{ 1: 'HUP', 2: 'INT', 3: 'QUIT', 4: 'ILL', 6: 'ABRT', 7: 'BUS', 8: 'FPE', 9: 'KILL', 11: 'SEGV' },
  ...{ 13: 'PIPE', 14: 'ALRM', 15: 'TERM', 24: 'XCPU', 25: 'XFSZ', 31: 'SYS' },
}

/** What an exit status means beyond the program's own manual (POSIX.1-2024, XCU 2.8.2); empty where it is the program's own. */
export function meaningOf(exitCode: number, isShell: boolean): string {
  if (exitCode === 126) return 'With 126 a shell says that a file may not be run: look at its permissions, and at its first line.'
  if (exitCode === 127 && isShell) return 'With 127 a shell says that there is no such program.'
  const signal = signals[exitCode - 128]
  return signal === undefined ? '' : `${exitCode} is 128 + ${exitCode - 128}: as a rule the signal ${signal} ended it.`
}
