import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transportKinds } from '../builtins.js'
import { type Collector, liveCollector } from '../engine/collector.js'
import { replayCollector } from '../engine/replay.js'
import { removeAtExit } from '../files/remove-at-exit.js'
import type { Mask } from '../lib/mask.js'
import type { Host } from '../model/inventory.js'
import type { Permission } from '../model/permission.js'
import type { Transport, TransportContext, TransportKind } from '../model/transport.js'
import { openRecording } from '../recording/read.js'
import { factTable } from './tables.js'

export interface Collectors {
  open(host: Host): Collector
  /** Removes what the transports shared. Never rejects. */
  close(): Promise<void>
}

/** Collectors that answer from a recording. @throws Error when there is none in `directory`. */
export async function replayCollectors(directory: string, mask: Mask): Promise<Collectors> {
  const recording = await openRecording(directory)
  return { open: (host) => replayCollector(host, recording, factTable, mask), close: async () => {} }
}

/**
 * Collectors that go to the hosts; only the transports that these hosts use are loaded.
 * @throws Error in a sentence when there is no room for what they share.
 */
export async function liveCollectors(
  hosts: readonly Host[],
  { connectTimeoutMs, allowed }: { readonly connectTimeoutMs: number; readonly allowed: ReadonlySet<Permission> },
): Promise<Collectors> {
  // Short, because a socket's path may hold about 104 bytes (sun_path, unix(7)).
  const directory = await mkdtemp(join(tmpdir(), 'np-')).catch((error: Error) => {
    throw new Error(`no folder for connections can be made in ${tmpdir()}, set TMPDIR to where one can: ${error.message}`)
  })
  const forget = removeAtExit(directory)
  const context: TransportContext = { directory, connectTimeoutMs }
  const names = [...new Set(hosts.map(({ transport }) => transport))]
  const pools = new Map(await Promise.all(names.map(async (name) => [name, (await loadTransport(name)).create(context)] as const)))
  const openTransport = (host: Host): Transport => {
    const pool = pools.get(host.transport)
    if (pool === undefined) throw new Error(`transport ${host.transport} of ${host.name} is not loaded`)
    return pool.open(host)
  }
  return {
    open: (host) => liveCollector(host, openTransport(host), factTable, undefined, allowed),
    close: async () => {
      await rm(directory, { recursive: true, force: true })
      forget()
    },
  }
}

async function loadTransport(name: string): Promise<TransportKind> {
  const load = transportKinds[name]
  if (load === undefined) throw new Error(`no transport is called ${name}`)
  return load()
}
