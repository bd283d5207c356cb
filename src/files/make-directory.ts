import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Creates a folder and those above it. Node's own `recursive` never ends where folders cannot be made (/proc).
 * @param mode of the folder itself.
 * @throws what the file system says.
 */
export async function makeDirectory(path: string, mode = 0o777): Promise<void> {
  const failure = await attempt(path, mode)
  if (failure === null) return
  if (failure.code !== 'ENOENT' || dirname(path) === path) throw failure
  await makeDirectory(dirname(path))
  const again = await attempt(path, mode)
  if (again !== null) throw again
}

/** @returns why it is not there, or null. That it is no folder but a file is found by whoever uses it. */
async function attempt(path: string, mode: number): Promise<NodeJS.ErrnoException | null> {
  try {
    await mkdir(path, { mode })
    return null
  } catch (error) {
    const failure = error as NodeJS.ErrnoException
    return failure.code === 'EEXIST' ? null : failure
  }
}
