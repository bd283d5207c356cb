import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Host } from '../../src/model/inventory.js'
import type { Transport, TransportKind } from '../../src/model/transport.js'
import { execTransport } from '../../src/transports/exec/index.js'
import { localTransport } from '../../src/transports/local/index.js'
import { sshTransport } from '../../src/transports/ssh/index.js'
import { must } from '../lab/process.js'
import { host } from '../support/plan.js'
import { startSshd, whyNoSshd } from './own-sshd.js'

/** A transport to test, and what it stands on. */
export interface Rig {
  readonly transport: Transport
  readonly directory: string
  stop(): Promise<void>
}

export interface RigKind {
  readonly name: string
  /** Why it cannot be had here; null when it can. */
  readonly unavailable: string | null
  start(): Promise<Rig>
}

/** Opens a host in a directory that is removed with the rig. */
export function rig(
  kind: TransportKind,
  target: Host,
  stop: () => Promise<unknown> = async () => undefined,
  connectTimeoutMs = 10_000,
): Rig {
  const directory = mkdtempSync(join(tmpdir(), 'np-'))
  const transport = kind.create({ directory, connectTimeoutMs }).open(target)
  return {
    transport,
    directory,
    async stop() {
      await transport.close()
      rmSync(directory, { recursive: true, force: true })
      await stop()
    },
  }
}

const execHost = (...command: readonly string[]): Host => host('wrapped', { transport: 'exec', command })
const isRoot = process.platform === 'linux' && process.getuid?.() === 0

export async function rigKinds(): Promise<readonly RigKind[]> {
  return [
    { name: 'local', unavailable: null, start: async () => rig(localTransport, host('controller')) },
    { name: 'exec: sh', unavailable: null, start: async () => rig(execTransport, execHost('sh', '-c', 'exec "$@"', 'wrapper')) },
    { name: 'exec: ip netns', unavailable: isRoot ? null : 'network namespaces need root on Linux', start: startNamespace },
    { name: 'ssh', unavailable: await whyNoSshd(), start: startSsh },
  ]
}

let namespaces = 0

async function startNamespace(): Promise<Rig> {
  namespaces += 1
  const name = `np-transports-${process.pid}-${namespaces}`
  await must(['ip', 'netns', 'add', name])
  return rig(execTransport, execHost('ip', 'netns', 'exec', name), () => must(['ip', 'netns', 'delete', name]))
}

async function startSsh(): Promise<Rig> {
  const sshd = await startSshd()
  return rig(sshTransport, sshd.host('box'), sshd.stop)
}

export interface Answer {
  readonly exitCode: number | null
  readonly stdout: Buffer
  readonly stderr: Buffer
}

/** Runs a program to its end and keeps what it wrote. */
export async function ask(
  transport: Transport,
  argv: readonly [string, ...string[]],
  input = '',
  signal = new AbortController().signal,
): Promise<Answer> {
  const output = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] }
  const { exitCode } = await transport.exec({ argv, input, onOutput: (stream, chunk) => void output[stream].push(chunk) }, signal)
  return { exitCode, stdout: Buffer.concat(output.stdout), stderr: Buffer.concat(output.stderr) }
}

export const script = (transport: Transport, text: string, signal?: AbortSignal): Promise<Answer> =>
  ask(transport, ['/bin/sh', '-s'], text, signal)

/** Processes whose command line holds `text`. */
export function processesWith(text: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => commandLine(pid).includes(text))
    .map(Number)
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1')
  } catch {
    return ''
  }
}

export const sockets = (directory: string): readonly string[] =>
  readdirSync(directory).filter((name) => statSync(join(directory, name)).isSocket())

export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
