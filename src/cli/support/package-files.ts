import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/**
 * Reads a file that is shipped with the package: a schema, a room's documentation.
 * @param root the package's folder.
 */
export function readShipped(root: URL, path: string): Promise<string> {
  return readFile(fileURLToPath(new URL(path, root)), 'utf8')
}
