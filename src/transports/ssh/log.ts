import { readFile } from 'node:fs/promises'

/** @returns the end of ssh's log; empty when there is none. */
export async function readLog(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '')
  return text.slice(-64 * 1024)
}
