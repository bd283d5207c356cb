import { TransportError } from '../../lib/errors.js'

/** What several wait for and one decides. */
export interface Gate {
  open(): void
  /** Has no effect once it is open. */
  fail(reason: unknown): void
  /** Resolves when it opens. @throws what `fail` was given; TransportError `interrupted` when `signal` aborts first. */
  passed(signal: AbortSignal): Promise<void>
}

export function createGate(): Gate {
  let open: () => void = () => undefined
  let fail: (reason: unknown) => void = () => undefined
  const decided = new Promise<void>((resolve, reject) => {
    open = resolve
    fail = reject
  })
  // Nobody may be waiting.
  decided.catch(() => undefined)
  return {
    open,
    fail,
    passed: (signal) =>
      new Promise((resolve, reject) => {
        const abort = (): void => reject(new TransportError('interrupted', 'interrupted while waiting for a login'))
        if (signal.aborted) abort()
        signal.addEventListener('abort', abort, { once: true })
        decided.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
      }),
  }
}
