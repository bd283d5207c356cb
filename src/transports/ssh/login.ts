import { formatDuration } from '../../lib/duration.js'
import { printableLine } from '../../lib/printable.js'
import type { ExecResult } from '../../model/transport.js'
import { interrupted } from '../process/index.js'
import { jumpLog, sshArguments, sshEnvironment } from './arguments.js'
import { classify, type SshFailure } from './classify.js'
import { connectionStands } from './control.js'
import { readLog } from './log.js'
import { loggedIn, watch } from './login-watch.js'
import { type Passage, passJump } from './passage.js'
import { connectionLost, type Errand } from './session.js'
import { createTail } from './tail.js'

export interface Login extends Errand {
  /** Counts from 1. */
  readonly attempt: number
  /** Called once, as soon as the login has come through. */
  onLogin(): void
}

/** Milliseconds given to ssh to name the fault itself, beyond the time a login may take. */
const graceMs = 500

/**
 * Logs in and runs a command in one go.
 * @returns the command's end, or why the login failed.
 * @throws TransportError when interrupted, or when the connection is lost after the login.
 */
export async function logIn(login: Login, signal: AbortSignal): Promise<ExecResult | SshFailure> {
  const { destination, route, pool, request, log } = login
  const jump = await passJump(route.jump, jumpLog(log), signal)
  if ('reason' in jump) return jump
  const leave = await enter(login, jump, signal)
  const stop = new AbortController()
  const abort = (): void => stop.abort()
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })

  let inside = false
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    abort()
  }, pool.connectTimeoutMs + graceMs)
  const through = (): void => {
    if (inside) return
    inside = true
    clearTimeout(timer)
    unwatch()
    leave()
    jump.done(null)
    login.onLogin()
  }
  const unwatch = watch(() => loggedIn(route.control, log), through)
  const complaints = createTail()

  try {
    const end = await login.processes.run(
      { ...request, argv: argumentsOf(login), onOutput },
      stop.signal,
      // Once logged in, a proxy in its process group serves other sessions too.
      { env: sshEnvironment, sweep: false, ending: () => (inside ? { graceMs: 300, group: false } : { graceMs: 50, group: true }) },
    )
    if (timedOut) return await jump.blame(hung(login))
    if (end.aborted) throw interrupted(destination.name)
    if (end.exitCode !== null && end.exitCode !== 255) return ended(end.exitCode)
    const messages = await readLog(log)
    // 255 is the command's own only if the connection outlived it, or ssh noted the command's end.
    if (end.exitCode === 255 && (/^debug1: Exit status 255\b/m.test(messages) || (await connectionStands(route.control)))) return ended(255)
    if (inside) throw connectionLost(destination, messages)
    return await jump.blame(classify(messages === '' ? complaints.text() : messages, destination))
  } finally {
    signal.removeEventListener('abort', abort)
    clearTimeout(timer)
    unwatch()
    leave()
    jump.done(null)
  }

  function onOutput(stream: 'stdout' | 'stderr', chunk: Uint8Array): void {
    // Only the far side writes to standard output.
    if (stream === 'stdout') through()
    else if (!inside) complaints.add(chunk)
    request.onOutput(stream, chunk)
  }

  function ended(exitCode: number): ExecResult {
    through()
    return { exitCode }
  }
}

/** Waits for a place among the logins; whoever gets none makes way at the jump host. */
async function enter({ route, pool }: Login, jump: Passage, signal: AbortSignal): Promise<() => void> {
  try {
    return await pool.enterLogin(route.jump === null ? route.proxy : null, signal)
  } catch (error) {
    jump.done(null)
    throw error
  }
}

function argumentsOf(login: Login): [string, ...string[]] {
  const { destination, route, pool, commandLine, log } = login
  // What ssh keeps silent about as an error, it tells the second time. Without a socket of ours the log has to tell all.
  const level = route.control?.owner !== 'netproof' ? 'DEBUG1' : login.attempt === 1 ? 'ERROR' : 'VERBOSE'
  return sshArguments({ destination, route, purpose: 'login', log, level, connectTimeoutMs: pool.connectTimeoutMs, commandLine })
}

function hung({ destination, route, pool }: Login): SshFailure {
  const through = route.proxy === null ? '' : ` (through ${printableLine(route.proxy, 100)})`
  const limit = formatDuration(pool.connectTimeoutMs)
  return {
    reason: 'timeout',
    message: `ssh: login at ${destination.target}${through} took longer than ${limit}: something answers there, but does not let us in; try ssh -v ${destination.target}`,
    dropped: false,
  }
}
