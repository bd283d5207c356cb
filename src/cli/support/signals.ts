const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Turns Ctrl-C and SIGTERM into an abort, so that the run can end what it began and report what it knows.
 * The second Ctrl-C ends the process at once.
 */
export function abortOnSignals(): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController()
  const handlers = signals.map((name) => {
    const handler = (): void => {
      if (controller.signal.aborted) process.exit(130)
      controller.abort(name)
    }
    process.on(name, handler)
    return () => process.off(name, handler)
  })
  return {
    signal: controller.signal,
    release: () => {
      for (const off of handlers) off()
    },
  }
}
