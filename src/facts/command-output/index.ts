import { NotUnderstood } from '../../lib/errors.js'
import { oneByOne } from '../../lib/source.js'
import type { Command, CommandOutput, FactKind } from '../../model/fact.js'
import { refusalOf } from './sudo.js'
import { type CommandResult, commandResult, isExitCode } from './value.js'

export type { CommandResult } from './value.js'

export type CommandArgs = {
  /** A program and its arguments, or a line for `sh -c`. */
  readonly run: readonly string[] | string
  readonly stdin: string | null
  /** Through the host's `become`. */
  readonly privileged: boolean
}

/** More is no answer to a question but a file. */
const outputBytes = 2 ** 20

/** There is one source and it takes every exit code, so that nothing is ever run twice. */
const source = oneByOne<CommandArgs, CommandResult>({
  name: 'command',
  command: ({ run, stdin, privileged }) => ({
    ...programOf(run),
    ...(stdin === null ? {} : { stdin }),
    privileged,
    accept: 'any',
    foreign: true,
    outputBytes,
  }),
  parse: ({ exitCode, stdout, stderr, stderrCut = false }: CommandOutput, { run, privileged }) => {
    if (!isExitCode(exitCode)) throw new NotUnderstood('an exit code from 0 to 255', String(exitCode))
    const refusal = privileged ? refusalOf(exitCode, stderr) : null
    if (refusal !== null) throw new NotUnderstood('a command that sudo runs', refusal)
    const complaint = exitCode === 126 && typeof run !== 'string' ? shellComplaint(run[0] ?? '', stderr) : null
    if (complaint !== null) throw new NotUnderstood('a program that may be run', complaint)
    return { exitCode, stdout, stderr, stderrCut }
  },
})

/** What a shell says of a program that it could not start (POSIX.1-2024 XCU 2.8.2: it then ends with 126); null for words of another. */
function shellComplaint(program: string, stderr: string): string | null {
  const last = stderr.trimEnd().split('\n').at(-1) ?? ''
  return last.includes(`: ${program}: `) ? last : null
}

function programOf(run: CommandArgs['run']): Pick<Command, 'tool' | 'args'> {
  if (typeof run === 'string') return { tool: ['sh'], args: ['-c', run] }
  const [program = '', ...args] = run
  return { tool: [program], args }
}

/** What a command that a runbook brings along prints, and how it ends. */
export const commandOutput: FactKind<CommandArgs, CommandResult> = {
  name: 'command-output',
  summary: 'How a command of the runbook ends and what it prints',
  // Nobody knows what it does.
  active: true,
  permission: 'commands',
  isValue: commandResult,
  sources: { linux: [source], darwin: [source], freebsd: [source] },
}
