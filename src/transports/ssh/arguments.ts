import type { Destination } from './destination.js'
import type { Control, Route } from './route.js'

export type LogLevel = 'ERROR' | 'VERBOSE' | 'DEBUG1'

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

/** Seconds for which a connection of ours outlives its last session: also what is left of it when we are killed. */
const persistSeconds = 30

/** The command line of one `ssh`. Where an option is given twice, ssh takes the first `-o` and the last flag. */
export function sshArguments(call: SshCall): [string, ...string[]] {
  const { destination, route } = call
  return [
    'ssh',
    ...options('BatchMode=yes', 'RemoteCommand=none', `LogLevel=${call.level}`),
    ...destination.words,
    ...options(
      'ClearAllForwardings=yes',
      `ConnectTimeout=${Math.max(1, Math.floor(call.connectTimeoutMs / 1_000))}`,
      'ServerAliveInterval=5',
      'ServerAliveCountMax=3',
    ),
    ...(route.control?.owner === 'netproof' ? controlOptions(route.control, call.purpose) : []),
    // No terminal, no agent, no X11 to the far side.
    '-Tax',
    '-E',
    call.log,
    '--',
    destination.target,
    call.commandLine,
  ]
}

function controlOptions(control: Control, purpose: SshCall['purpose']): readonly string[] {
  const mode = purpose === 'login' ? options('ControlMaster=auto', `ControlPersist=${persistSeconds}`) : options('ControlMaster=no')
  // ssh expands % in the path.
  return [...mode, '-S', control.path.replaceAll('%', '%%')]
}

const options = (...settings: readonly string[]): readonly string[] => settings.flatMap((setting) => ['-o', setting])

/** Nobody can answer a question: not on a terminal, which our processes do not have, and not in a window. */
export const sshEnvironment: Readonly<Record<string, string | undefined>> = {
  SSH_ASKPASS_REQUIRE: 'never',
  SSH_ASKPASS: undefined,
  DISPLAY: undefined,
}
