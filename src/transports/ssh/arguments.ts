import type { Destination } from './destination.js'
import { keepAlive, options, sharing } from './options.js'
import type { Route } from './route.js'

type LogLevel = 'ERROR' | 'VERBOSE' | 'DEBUG1' | 'DEBUG2'

export interface SshCall {
  readonly destination: Destination
  readonly route: Route
  /** Makes the connection, or only a session in one that stands. */
  readonly purpose: 'login' | 'session'
  /** The file that takes ssh's own messages, which would otherwise mix with the command's standard error. */
  readonly log: string
  readonly level: LogLevel
  readonly connectTimeoutMs: number
  readonly commandLine: string
}

/** The command line of one `ssh`. Where an option is given twice, ssh takes the first `-o` and the last flag. */
export function sshArguments(call: SshCall): [string, ...string[]] {
  const { destination, route } = call
  const { control, jump } = route
  return [
    'ssh',
    ...options('BatchMode=yes', 'RemoteCommand=none', `LogLevel=${call.level}`),
    ...(jump === null ? destination.words : [...jump.words(jumpLog(call.log)), ...withoutJump(destination.words)]),
    ...keepAlive(call.connectTimeoutMs),
    ...(control?.owner !== 'netproof' ? [] : call.purpose === 'login' ? sharing(control.path) : joining(control.path)),
    // No terminal, no agent, no X11 to the far side.
    '-Tax',
    '-E',
    call.log,
    '--',
    destination.target,
    call.commandLine,
  ]
}

/** Where the `ssh` that passes the jump host writes its messages. @param log the host's own. */
export const jumpLog = (log: string): string => `${log}.jump`

const joining = (path: string): readonly string[] => [...options('ControlMaster=no'), '-S', path.replaceAll('%', '%%')]

/** ssh refuses `-J` beside the command that takes its place. */
function withoutJump(words: readonly string[]): readonly string[] {
  return words.filter((word, index) => !word.startsWith('-J') && words[index - 1] !== '-J')
}

/** Nobody can answer a question: not on a terminal, which our processes do not have, and not in a window. */
export const sshEnvironment: Readonly<Record<string, string | undefined>> = {
  SSH_ASKPASS_REQUIRE: 'never',
  SSH_ASKPASS: undefined,
  DISPLAY: undefined,
}
