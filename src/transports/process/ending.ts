import type { Writable } from 'node:stream'

/** How a process is made to end. */
export interface Ending {
  /** Milliseconds between the end of its input, SIGTERM and SIGKILL. */
  readonly graceMs: number
  /** Whether signals go to its whole process group or to itself alone. */
  readonly group: boolean
}

export interface EndWatch {
  /** Settles with undefined when the process did not even obey SIGKILL (it hangs in the kernel); otherwise never. */
  readonly hopeless: Promise<undefined>
  asked(): boolean
  dispose(): void
}

interface Endable {
  readonly pid?: number | undefined
  readonly stdin: Writable
  unref(): void
}

/** Milliseconds a process may take to vanish after SIGKILL. */
const lastMs = 1_000

/**
 * When `signal` aborts: closes the process's input, which tells a remote script to end itself;
 * after the grace SIGTERM, after another SIGKILL.
 */
export function endProcess(child: Endable, signal: AbortSignal, ending: () => Ending): EndWatch {
  const timers: NodeJS.Timeout[] = []
  let asked = false
  let giveUp: (nothing: undefined) => void = () => undefined
  const hopeless = new Promise<undefined>((resolve) => {
    giveUp = resolve
  })

  const abort = (): void => {
    asked = true
    const { graceMs, group } = ending()
    // Not `end()`: input that nobody reads must not delay the end.
    child.stdin.destroy()
    timers.push(
      setTimeout(() => send(child.pid, group, 'SIGTERM'), graceMs),
      setTimeout(() => send(child.pid, group, 'SIGKILL'), 2 * graceMs),
      setTimeout(
        () => {
          child.unref()
          giveUp(undefined)
        },
        2 * graceMs + lastMs,
      ),
    )
  }
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })

  return {
    hopeless,
    asked: () => asked,
    dispose: () => {
      signal.removeEventListener('abort', abort)
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

function send(pid: number | undefined, group: boolean, name: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(group ? -pid : pid, name)
  } catch {
    // It has ended in the meantime.
  }
}
