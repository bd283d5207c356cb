import type { TransportContext } from '../../model/transport.js'
import type { Jump } from './jump.js'
import { createSemaphore, type Semaphore } from './semaphore.js'
import type { Settings } from './settings.js'
import type { Influence } from './user-config.js'

/** Logins under way at once: overall, and through one jump host, whose sshd begins to refuse at ten (MaxStartups 10:30:100). */
const logins = 32
const loginsPerProxy = 8
/** `ssh -G` processes at once. */
const queries = 8

/** What all connections of a run share. */
export interface Pool extends TransportContext {
  readonly queries: Semaphore
  /** Waits for its turn to log in. @param proxy as in `Route`; null for logins that no jump host has to accept. */
  enterLogin(proxy: string | null, signal: AbortSignal): Promise<() => void>
  /** The shared connection to a jump host; each is looked for once. */
  jump(key: string, find: () => Promise<Jump | null>): Promise<Jump | null>
  /** How much the user's configuration may decide; each set of words is looked into once. */
  influence(words: readonly string[], find: (words: readonly string[]) => Promise<Influence>): Promise<Influence>
  /** What ssh says of all hosts with these words; asked once. */
  settings(words: readonly string[], ask: () => Promise<Settings>): Promise<Settings>
}

export function createPool(context: TransportContext): Pool {
  const overall = createSemaphore(logins)
  const proxies = new Map<string, Semaphore>()
  const jumps = new Map<string, Promise<Jump | null>>()
  const influences = new Map<string, Promise<Influence>>()
  const settings = new Map<string, Promise<Settings>>()

  const through = (proxy: string): Semaphore => remembered(proxies, proxy, () => createSemaphore(loginsPerProxy))

  return {
    ...context,
    queries: createSemaphore(queries),
    async enterLogin(proxy, signal) {
      const leaveProxy = proxy === null ? () => undefined : await through(proxy).acquire(signal)
      try {
        const leave = await overall.acquire(signal)
        return () => {
          leave()
          leaveProxy()
        }
      } catch (error) {
        leaveProxy()
        throw error
      }
    },
    jump: (key, find) => remembered(jumps, key, find),
    influence: (words, find) => remembered(influences, JSON.stringify(words), () => find(words)),
    settings: (words, ask) => remembered(settings, JSON.stringify(words), ask),
  }
}

function remembered<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}
