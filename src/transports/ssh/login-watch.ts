import { masterListens } from './control.js'
import { readLog } from './log.js'
import type { Control } from './settings.js'

/** Milliseconds between looks, at first and at last. */
const firstMs = 40
const lastMs = 250

/** Looks again and again until `happened`, and then calls `done` once. @returns what stops it. */
export function watch(happened: () => Promise<boolean>, done: () => void): () => void {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const plan = (pauseMs: number): void => {
    if (!stopped) timer = setTimeout(() => void look(pauseMs), pauseMs)
  }
  const look = async (pauseMs: number): Promise<void> => {
    if (!(await happened())) plan(Math.min(lastMs, pauseMs * 1.5))
    else if (!stopped) done()
  }
  plan(firstMs)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

/**
 * Whether a login has come through: the control socket answers, or ssh's log says so.
 * Usually the first output tells earlier; this is for commands that are silent.
 */
export async function loggedIn(control: Control | null, log: string): Promise<boolean> {
  const path = control?.owner === 'user' ? control.known : (control?.path ?? null)
  if (path !== null && (await masterListens(path))) return true
  return control?.owner !== 'netproof' && /^Authenticated to /m.test(await readLog(log))
}
