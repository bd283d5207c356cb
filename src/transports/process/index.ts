import { TransportError } from '../../lib/errors.js'
import type { ExecRequest } from '../../model/transport.js'
import { type ProcessEnd, type ProcessOptions, runProcess } from './run.js'

/** The local processes of one transport, so that closing it ends them all. */
export interface Processes {
  /** As `runProcess`; also aborted by `close`. */
  run(request: ExecRequest, signal: AbortSignal, options?: ProcessOptions): Promise<ProcessEnd>
  /** Ends what still runs and waits for it. Never rejects. */
  close(): Promise<void>
}

export function createProcesses(): Processes {
  const running = new Map<AbortController, Promise<ProcessEnd>>()
  let closed = false
  return {
    async run(request, signal, options) {
      const stop = new AbortController()
      const abort = (): void => stop.abort()
      if (closed || signal.aborted) abort()
      else signal.addEventListener('abort', abort, { once: true })
      const end = runProcess(request, stop.signal, options)
      running.set(stop, end)
      try {
        return await end
      } finally {
        running.delete(stop)
        signal.removeEventListener('abort', abort)
      }
    },
    async close() {
      closed = true
      const ends = [...running.values()]
      for (const stop of running.keys()) stop.abort()
      await Promise.allSettled(ends)
    },
  }
}

/** What `exec` rejects with when it was told to end. @param host the host's name in the inventory. */
export function interrupted(host: string): TransportError {
  return new TransportError('interrupted', `interrupted before ${host} had answered`)
}
