import type { SshFailure } from './classify.js'
import { type Jump, JumpFailed } from './jump.js'
import { watch } from './login-watch.js'

/** One login's way past a jump host, or past none. */
export interface Passage {
  /** Tells those who wait for the jump how it went; only the first word counts. */
  done(failure: SshFailure | null): void
  /** @returns the failure to report: the jump's, if it is the cause, and then those who wait for it get it too. */
  blame(failure: SshFailure): Promise<SshFailure>
}

/** Waits until the jump can be passed or has to be opened. @returns why not, when another login has just failed there. */
export async function passJump(jump: Jump | null, log: string, signal: AbortSignal): Promise<Passage | SshFailure> {
  if (jump === null) return { done: () => undefined, blame: async (failure) => failure }
  try {
    const tell = await jump.enter(signal)
    const unwatch = watch(
      () => jump.stands(),
      () => done(null),
    )
    const done = (failure: SshFailure | null): void => {
      unwatch()
      tell(failure)
    }
    return {
      done,
      async blame(failure) {
        // A host that answered for itself was reached.
        const vague = failure.dropped || failure.reason === 'timeout'
        const own = (vague ? await jump.failure(log) : null) ?? failure
        done((await jump.stands()) ? null : own)
        return own
      },
    }
  } catch (error) {
    if (error instanceof JumpFailed) return error.failure
    throw error
  }
}
