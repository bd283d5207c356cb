import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { TransportError } from '../../lib/errors.js'
import { printableLine } from '../../lib/printable.js'
import type { Processes } from '../process/index.js'
import type { Destination } from './destination.js'
import { createJump, hopDestination, type Jump, lastHop } from './jump.js'
import type { Pool } from './pool.js'
import { type Control, type OwnControl, readSettings, type Settings } from './settings.js'
import { createTail } from './tail.js'
import { chosenFile, influenceOf } from './user-config.js'

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

/**
 * Reads the user's configuration as far as it matters; asks `ssh -G` only where its files do not plainly leave it to us,
 * and once for all hosts where they say the same of all.
 */
export async function findRoute(destination: Destination, pool: Pool, processes: Processes): Promise<Route> {
  const own: OwnControl = { owner: 'netproof', path: controlPath(destination, pool) }
  const { words } = destination
  const influence = await pool.influence(words, influenceOf)
  if (influence === 'nothing') return { control: own, proxy: null, jump: null }
  const query = (): Promise<Settings> => settingsOf(destination, own, pool, processes)
  const settings = influence === 'each' ? await query() : await pool.settings(words, query)
  const { jumpHost, control, proxy } = settings
  const jump =
    control?.owner === 'user' || control === null || jumpHost === null ? null : await findJump(jumpHost, destination, pool, processes)
  return { control: influence === 'each' || control === null ? control : forThisHost(control, own, query), proxy, jump }
}

/** What one host was asked about holds for this one too, but for the names of sockets. */
function forThisHost(control: Control, own: OwnControl, query: () => Promise<Settings>): Control {
  if (control.owner === 'netproof') return own
  const path = async (): Promise<string | null> => {
    const asked = (await query()).control
    return asked?.owner === 'user' ? asked.known : null
  }
  return { owner: 'user', known: null, path }
}

async function settingsOf(destination: Destination, own: OwnControl, pool: Pool, processes: Processes): Promise<Settings> {
  const release = await pool.queries.acquire(never)
  try {
    return readSettings(await ask(destination, pool, processes), destination.words, own)
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
    const own: OwnControl = { owner: 'netproof', path: controlPath({ name: `jump ${key}` }, pool) }
    const { control } = readSettings(await ask(destination, pool, processes), [], own)
    return control === own ? createJump(destination, own.path, pool.connectTimeoutMs) : null
  })
}
