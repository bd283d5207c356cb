import { describe, inject, it } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Why no lab can be made on this machine, or null. */
    labUnavailable: string | null
  }
}

/**
 * `describe` for tests that need a lab. Where none can be made they are shown as skipped, with the reason; with `CI=true` they fail,
 * so that a build server cannot lose them without anybody's notice.
 */
export function labDescribe(name: string, body: () => void): void {
  const reason = inject('labUnavailable')
  if (reason === null) {
    describe(name, body)
    return
  }
  if (process.env.CI !== 'true') {
    describe.skip(`${name} (no lab here: ${reason})`, body)
    return
  }
  describe(name, () => {
    it('needs a lab', () => {
      throw new Error(`no lab can be made here: ${reason}`)
    })
  })
}
