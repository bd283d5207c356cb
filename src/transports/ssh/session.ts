import { rm } from 'node:fs/promises'
import { TransportError } from '../../lib/errors.js'
import type { ExecRequest, ExecResult } from '../../model/transport.js'
import { interrupted, type Processes } from '../process/index.js'
import { sshArguments, sshEnvironment } from './arguments.js'
import { lastWords } from './classify.js'
import type { Destination } from './destination.js'
import { readLog } from './log.js'
import type { Pool } from './pool.js'
import type { Route } from './route.js'

/** One command, on its way to a host. */
export interface Errand {
  readonly destination: Destination
  readonly route: Route
  readonly pool: Pool
  readonly processes: Processes
  readonly commandLine: string
  readonly request: ExecRequest
  /** A file that does not exist yet, for ssh's own messages. */
  readonly log: string
}

export interface Session extends Errand {
  /** Where the process that holds the connection writes its messages. */
  readonly connectionLog: string
  /** Whether the connection this session began in still stands. */
  survived(): Promise<boolean>
}

/** In a shared connection, and in one that ssh had to make because the shared one had just ended. */
const toldOf255 = /^debug2: Received exit status from master 255\b|^debug1: Exit status 255\b/m

/**
 * Runs a command in a connection that stands.
 * @throws TransportError when interrupted, or when the connection is lost.
 */
export async function runSession(session: Session, signal: AbortSignal): Promise<ExecResult> {
  const { destination, route, pool, commandLine, request, log } = session
  const { connectTimeoutMs } = pool
  const argv = sshArguments({ destination, route, purpose: 'session', log, level: 'DEBUG2', connectTimeoutMs, commandLine })
  const onOutput = (stream: 'stdout' | 'stderr', chunk: Uint8Array): void => request.onOutput(stream, chunk)
  try {
    const end = await session.processes.run({ ...request, argv, onOutput }, signal, {
      env: sshEnvironment,
      sweep: false,
      ending: () => ({ graceMs: 300, group: false }),
    })
    if (end.aborted) throw interrupted(destination.name)
    if (end.exitCode !== null && end.exitCode !== 255) return { exitCode: end.exitCode }
    // 255 is the command's own only if ssh was told so, or the connection outlived it.
    const messages = await readLog(log)
    if (end.exitCode === 255 && (toldOf255.test(messages) || (await session.survived()))) return { exitCode: 255 }
    throw connectionLost(destination, `${await readLog(session.connectionLog)}\n${messages}`)
  } finally {
    void rm(log, { force: true }).catch(() => undefined)
  }
}

/** What a command's caller learns when its connection went away. @param messages ssh's log. */
export function connectionLost(destination: Destination, messages: string): TransportError {
  const words = lastWords(messages)
  const detail = words === '' ? '' : `: ${words}`
  return new TransportError('connection-lost', `ssh: the connection to ${destination.target} was lost while a command ran${detail}`)
}
