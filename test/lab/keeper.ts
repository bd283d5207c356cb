import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, toolPath } from './process.js'

const script = join(import.meta.dirname, 'reap.sh')

export interface Keeper {
  /** Removes the lab and resolves when it is gone. @throws Error naming what is left. */
  stop(): Promise<void>
}

/** @returns an id that no other lab has, with the owner's process id in it. */
export function newLabId(): string {
  return `np${process.pid}x${Math.random().toString(36).slice(2, 8).padEnd(6, '0')}`
}

export function labDirectory(id: string): string {
  return join(tmpdir(), id)
}

/**
 * Starts the process that removes the lab `id` when this process ends, however it ends. To be called before anything is made.
 * It is of its own session, so that neither Ctrl-C nor a signal to our process group reaches it.
 */
export function startKeeper(id: string): Keeper {
  const child = spawn('sh', [script, id, labDirectory(id)], {
    detached: true,
    cwd: '/',
    env: { PATH: toolPath },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const ended = once(child, 'close')
  // What a test forgets to stop must not keep the test process alive: the keeper sees it end.
  child.unref()
  return {
    async stop() {
      child.ref()
      child.stdin.end('stop')
      await ended
      const left = leftovers(id)
      if (left.length > 0) throw new Error(`the lab could not be removed: ${left.join(', ')}`)
    },
  }
}

/** Where traces of labs lie: folders whose entries begin with a lab's id. */
const places = (): string[] => ['/run/netns', '/etc/netns', tmpdir()]

const entries = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : [])

/** @returns paths of what is there of the lab `id`. */
export function leftovers(id: string): string[] {
  return places().flatMap((folder) =>
    entries(folder)
      .filter((entry) => entry === id || entry.startsWith(`${id}-`))
      .map((entry) => join(folder, entry)),
  )
}

/** Removes the labs whose owners are dead, and whose keepers were killed as well. */
export async function sweep(): Promise<void> {
  const labs = places()
    .flatMap(entries)
    .map((entry) => /^(?<id>np(?<owner>\d+)x[a-z0-9]{6})(?:-|$)/.exec(entry)?.groups)
    .filter((groups) => groups !== undefined)
  const dead = new Set(labs.filter(({ owner }) => !existsSync(`/proc/${owner}`)).map(({ id = '' }) => id))
  await Promise.all([...dead].map((id) => run(['sh', script, id, labDirectory(id)])))
}
