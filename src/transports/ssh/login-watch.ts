import { readFile } from 'node:fs/promises'
import { masterListens } from './control.js'
import type { Control } from './route.js'

/** Milliseconds between looks, at first and at last. */
const firstMs = 40
const lastMs = 250

/**
 * Calls `done` once when the login has come through: the control socket answers, or ssh's log says so.
 * Usually the first output tells earlier; this is for commands that are silent. @returns what stops the watch.
 */
export function watchLogin(control: Control | null, log: string, done: () => void): () => void {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const look = async (pauseMs: number): Promise<void> => {
    if (stopped) return
    if (await loggedIn(control, log)) {
      if (!stopped) done()
      return
    }
    plan(Math.min(lastMs, pauseMs * 1.5))
  }
  const plan = (pauseMs: number): void => {
    if (!stopped) timer = setTimeout(() => void look(pauseMs), pauseMs)
  }
  plan(firstMs)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

async function loggedIn(control: Control | null, log: string): Promise<boolean> {
  if (control !== null && (await masterListens(control.path))) return true
  return control?.owner !== 'netproof' && /^Authenticated to /m.test(await readLog(log))
}

/** @returns the end of ssh's log; empty when there is none. */
export async function readLog(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '')
  return text.slice(-64 * 1024)
}
