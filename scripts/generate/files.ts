import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Path from the project's root to content. */
export type Files = ReadonlyMap<string, string>

/** Writes what differs from the disk, so that watchers and caches see no change where there is none. @returns the paths written. */
export async function writeChanged(files: Files): Promise<string[]> {
  const stale = await staleFiles(files)
  for (const path of stale) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, files.get(path) ?? '')
  }
  return stale
}

/** The paths whose file is missing or holds something else. */
export async function staleFiles(files: Files): Promise<string[]> {
  const stale: string[] = []
  for (const [path, content] of files) if ((await readOrNull(path)) !== content) stale.push(path)
  return stale
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
