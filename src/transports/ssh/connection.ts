import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { TransportError } from '../../lib/errors.js'
import type { Host } from '../../model/inventory.js'
import type { ExecRequest, ExecResult, Transport } from '../../model/transport.js'
import { createProcesses } from '../process/index.js'
import { remoteCommandLine } from './command-line.js'
import { connectionStands, endMaster } from './control.js'
import { type Destination, destinationOf } from './destination.js'
import { createGate, type Gate } from './gate.js'
import { logIn } from './login.js'
import type { Pool } from './pool.js'
import { controlPath, findRoute, type Route } from './route.js'
import { createSemaphore } from './semaphore.js'
import { type Errand, runSession } from './session.js'

/** Sessions at once in one connection; sshd allows ten (MaxSessions). */
const sessionsPerConnection = 8
const loginAttempts = 5
/** Milliseconds before the second attempt, on average; doubled for each further one. */
const backoffMs = 150

/** One host's connection: made by the first request, shared by those that follow, made anew when it died in between. */
export function createConnection(host: Host, pool: Pool): Transport {
  const processes = createProcesses()
  const sessions = createSemaphore(sessionsPerConnection)
  let route: Promise<Route> | null = null
  /** Set while one request logs in for all. */
  let opening: Gate | null = null
  /** How often we logged in: a session whose connection was replaced meanwhile has lost it. */
  let logins = 0
  let logs = 0
  /** Where the present connection's process writes its complaints. */
  let connectionLog = ''

  const nextLog = (): string => {
    logs += 1
    return `${controlPath(host, pool)}.${logs}`
  }

  async function exec(request: ExecRequest, signal: AbortSignal): Promise<ExecResult> {
    const destination = destinationOf(host)
    const commandLine = remoteCommandLine(request.argv, host.platform)
    const errand = { destination, pool, processes, commandLine, request }
    const release = await sessions.acquire(signal)
    try {
      const way = await findWay(destination)
      while (!(await stands(way))) {
        if (opening === null) return await open({ ...errand, route: way }, signal)
        await opening.passed(signal)
      }
      const login = logins
      const survived = async (): Promise<boolean> => login === logins && (await stands(way))
      return await runSession({ ...errand, route: way, log: nextLog(), connectionLog, survived }, signal)
    } finally {
      release()
    }
  }

  async function findWay(destination: Destination): Promise<Route> {
    route ??= findRoute(destination, pool, processes).then((found) => {
      found.jump?.hold()
      return found
    })
    const asked = route
    try {
      return await asked
    } catch (error) {
      if (route === asked) route = null
      throw error
    }
  }

  async function stands(way: Route): Promise<boolean> {
    const { control } = way
    // Before the first login there is none of ours; whether there is one of the user's, ssh finds out by itself.
    if (control === null || (logins === 0 && (control.owner === 'netproof' || control.known === null))) return false
    return await connectionStands(control)
  }

  async function open(errand: Omit<Errand, 'log'>, signal: AbortSignal): Promise<ExecResult> {
    const gate = createGate()
    opening = gate
    const pass = (): void => {
      if (opening === gate) opening = null
      gate.open()
    }
    try {
      for (let attempt = 1; ; attempt += 1) {
        const log = nextLog()
        const onLogin = (): void => {
          logins += 1
          connectionLog = log
          pass()
        }
        const outcome = await logIn({ ...errand, attempt, log, onLogin }, signal)
        if ('exitCode' in outcome) return outcome
        if (!outcome.dropped || attempt === loginAttempts) {
          const tries = attempt === 1 ? '' : ` (${attempt} tries)`
          throw new TransportError(outcome.reason, `${outcome.message}${tries}`)
        }
        await sleep(backoffMs * 2 ** (attempt - 1) * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined)
      }
    } catch (error) {
      if (opening === gate) opening = null
      // Whoever waited for an interrupted login makes one of its own.
      if (!(error instanceof TransportError) || error.reason !== 'interrupted') gate.fail(error)
      throw error
    } finally {
      pass()
    }
  }

  async function close(): Promise<void> {
    await processes.close()
    const way = await route?.catch(() => null)
    if (way?.control?.owner !== 'netproof') return
    await endMaster(way.control.path)
    await rm(way.control.path, { force: true }).catch(() => undefined)
    await way.jump?.letGo()
  }

  return { exec, close }
}
