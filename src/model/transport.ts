import type { FactErrorReason } from './fact.js'
import type { Host } from './inventory.js'

/** One process on a host. */
export interface ExecRequest {
  readonly argv: readonly [string, ...string[]]
  /**
   * Written to standard input, which then stays open until the process ends or the request is aborted:
   * the far side takes its end as the order to stop.
   */
  readonly input: string
  /** Written after `input` once it is there, if the process is still running. Never rejects. */
  readonly laterInput?: Promise<string> | undefined
  /** Called with every piece of output as it comes. The piece may be cut anywhere. */
  onOutput(stream: 'stdout' | 'stderr', chunk: Uint8Array): void
}

export interface ExecResult {
  /** null when a signal ended it. */
  readonly exitCode: number | null
}

/** How a host is reached. It knows nothing of facts. */
export interface Transport {
  /**
   * Resolves when the process has ended, whatever its exit code. Aborting ends the process, here and there.
   * @throws TransportError when the process could not be run or its end was not seen.
   */
  exec(request: ExecRequest, signal: AbortSignal): Promise<ExecResult>
  /** Ends every connection and process this transport still holds. Never rejects. */
  close(): Promise<void>
}

/** What the transports of a run share. */
export interface TransportContext {
  /** A private directory of this run (mode 0700), removed at its end; its path is short enough for sockets. */
  readonly directory: string
  /** Milliseconds a login may take. */
  readonly connectTimeoutMs: number
}

/** A room of `transports/`: shared by all hosts of one run. */
export interface TransportKind {
  readonly name: string
  readonly summary: string
  /** One pool for a run, so that hosts can share limits, such as logins through one jump host. */
  create(context: TransportContext): { open(host: Host): Transport }
}

export type TransportErrorReason = Extract<
  FactErrorReason,
  'unreachable' | 'login-refused' | 'host-key' | 'connection-lost' | 'timeout' | 'interrupted' | 'tool-missing' | 'transport'
>
