import { TransportError } from '../../lib/errors.js'

/** A bound on how many may do something at once; those who wait go in turn. */
export interface Semaphore {
  /**
   * Waits for a place. @returns what gives the place back; calling it again does nothing.
   * @throws TransportError `interrupted` when `signal` aborts first.
   */
  acquire(signal: AbortSignal): Promise<() => void>
}

export function createSemaphore(places: number): Semaphore {
  let free = places
  const waiting = new Set<() => void>()

  const giveBack = (): (() => void) => {
    let held = true
    return () => {
      if (!held) return
      held = false
      const [next] = waiting
      if (next === undefined) free += 1
      else next()
    }
  }

  return {
    acquire: (signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(new TransportError('interrupted', 'interrupted while waiting for its turn'))
        if (free > 0) {
          free -= 1
          return resolve(giveBack())
        }
        const abort = (): void => {
          waiting.delete(enter)
          reject(new TransportError('interrupted', 'interrupted while waiting for its turn'))
        }
        const enter = (): void => {
          waiting.delete(enter)
          signal.removeEventListener('abort', abort)
          resolve(giveBack())
        }
        waiting.add(enter)
        signal.addEventListener('abort', abort, { once: true })
      }),
  }
}
