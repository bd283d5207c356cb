import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { TransportError } from '../../lib/errors.js'
import { printableLine } from '../../lib/printable.js'
import type { Processes } from '../process/index.js'
import type { Destination } from './destination.js'
import { createJump, hopDestination, type Jump, lastHop } from './jump.js'
import type { Pool } from './pool.js'
import { createTail } from './tail.js'
import { chosenFile, mayDecide } from './user-config.js'

/** Whose control socket a connection is reached by: ours, or one that the user's configuration names. */
export interface Control {
  readonly owner: 'netproof' | 'user'
  readonly path: string
}

/** How connections to one destination are made. */
export interface Route {
  /** null: the user's own words for ssh rule out sharing a connection. */
  readonly control: Control | null
  /** The jump host or the proxy command that logins pass; null when the host is reached directly. */
  readonly proxy: string | null
  /** The connection to that jump host, where it is ours to share. */
  readonly jump: Jump | null
}

/** Our socket for a host; with a number behind it, a log. The name is short: a socket's path may have about 104 bytes, and ssh adds 17 for a while. */
export function controlPath(host: { readonly name: string }, pool: Pool): string {
  return join(pool.directory, createHash('sha256').update(host.name).digest('hex').slice(0, 12))
}

const never = new AbortController().signal

/** Reads the user's configuration as far as it matters; asks `ssh -G` only where its files do not plainly leave it to us. */
export async function findRoute(destination: Destination, pool: Pool, processes: Processes): Promise<Route> {
  const own: Control = { owner: 'netproof', path: controlPath(destination, pool) }
  if (!(await pool.mayDecide(destination.words, mayDecide))) return { control: own, proxy: null, jump: null }
  const release = await pool.queries.acquire(never)
  try {
    const { jumpHost, ...route } = readSettings(await ask(destination, pool, processes), destination.words, own)
    const jump = route.control !== own || jumpHost === null ? null : await findJump(jumpHost, destination, pool, processes)
    return { ...route, jump }
  } finally {
    release()
  }
}

/** @throws TransportError when ssh does not accept the configuration, or a command in it (`Match exec`) hangs. */
async function ask(destination: Destination, pool: Pool, processes: Processes): Promise<string> {
  const output = { stdout: createTail(1_048_576), stderr: createTail() }
  const argv = ['ssh', '-G', ...destination.words, '--', destination.target] as const
  const request = {
    argv: [...argv],
    input: '',
    onOutput: (stream: 'stdout' | 'stderr', chunk: Uint8Array) => output[stream].add(chunk),
  } as const
  // Several requests wait for this one answer: the abort of one of them must not decide for all.
  const { exitCode, aborted } = await processes.run(request, AbortSignal.timeout(pool.connectTimeoutMs))
  if (exitCode === 0) return output.stdout.text()
  const said = aborted ? 'no answer in time; does a `Match exec` of the ssh configuration hang?' : printableLine(output.stderr.text())
  throw new TransportError('transport', `ssh -G ${destination.target}: ${said}`)
}

/** A jump host for which the user shares connections already is left to ssh. */
function findJump(jumpHost: string, { words }: Destination, pool: Pool, processes: Processes): Promise<Jump | null> {
  const key = `${jumpHost} ${chosenFile(words) ?? ''}`
  return pool.jump(key, async () => {
    const hop = lastHop(jumpHost)
    if (hop === null) return null
    const destination = hopDestination(hop, words)
    const own: Control = { owner: 'netproof', path: controlPath({ name: `jump ${key}` }, pool) }
    const { control } = readSettings(await ask(destination, pool, processes), [], own)
    return control === own ? createJump(destination, own.path, pool.connectTimeoutMs) : null
  })
}

interface Settings {
  readonly control: Control | null
  readonly proxy: string | null
  readonly jumpHost: string | null
}

/** @param text what `ssh -G` prints: a key in small letters and its value, a line each; what is not set or `none` has no line. */
export function readSettings(text: string, words: readonly string[], own: Control): Settings {
  const value = (key: string): string | null => new RegExp(`^${key} (.+)$`, 'm').exec(text)?.[1]?.trim() ?? null
  const path = value('controlpath')
  const ruledOut = words.some((word) => /^-S|controlpath/i.test(word))
  const jumpHost = value('proxyjump')
  return {
    control: path !== null && path !== 'none' ? { owner: 'user', path } : ruledOut ? null : own,
    proxy: jumpHost ?? value('proxycommand'),
    jumpHost,
  }
}
