import type { TransportContext } from '../../model/transport.js'
import { createSemaphore, type Semaphore } from './semaphore.js'

/** Logins under way at once: overall, and through one jump host, whose sshd begins to refuse at ten (MaxStartups 10:30:100). */
const logins = 32
const loginsPerJump = 8
/** `ssh -G` processes at once. */
const queries = 8

/** What all connections of a run share. */
export interface Pool extends TransportContext {
  readonly queries: Semaphore
  /** Waits for its turn to log in. @param jump as in `Route`. */
  enterLogin(jump: string | null, signal: AbortSignal): Promise<() => void>
  /** Whether the user's configuration may matter; each set of words is looked into once. */
  mayDecide(words: readonly string[], find: (words: readonly string[]) => Promise<boolean>): Promise<boolean>
}

export function createPool(context: TransportContext): Pool {
  const overall = createSemaphore(logins)
  const jumps = new Map<string, Semaphore>()
  const decided = new Map<string, Promise<boolean>>()

  const throughJump = (jump: string): Semaphore => {
    const known = jumps.get(jump) ?? createSemaphore(loginsPerJump)
    jumps.set(jump, known)
    return known
  }

  return {
    ...context,
    queries: createSemaphore(queries),
    async enterLogin(jump, signal) {
      const leaveJump = jump === null ? () => undefined : await throughJump(jump).acquire(signal)
      try {
        const leave = await overall.acquire(signal)
        return () => {
          leave()
          leaveJump()
        }
      } catch (error) {
        leaveJump()
        throw error
      }
    },
    mayDecide(words, find) {
      const key = JSON.stringify(words)
      const known = decided.get(key) ?? find(words)
      decided.set(key, known)
      return known
    },
  }
}
