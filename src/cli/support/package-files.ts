import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** Files that are shipped beside the bundle; `dist/cli.js` stands one level below the package's root. */
const root = new URL('../', import.meta.url.includes('/bin/') ? new URL('../', import.meta.url) : import.meta.url)

export function readShipped(path: string): Promise<string> {
  return readFile(fileURLToPath(new URL(path, root)), 'utf8')
}
