import { rmSync } from 'node:fs'

/**
 * Removes a folder also when the process is ended before whoever made it could, as by a second Ctrl-C.
 * @returns forgets it: to be called once it is gone, or is to stay.
 */
export function removeAtExit(directory: string): () => void {
  const remove = (): void => rmSync(directory, { recursive: true, force: true })
  process.once('exit', remove)
  return () => void process.off('exit', remove)
}
