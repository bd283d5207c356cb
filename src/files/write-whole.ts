import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { makeDirectory } from './make-directory.js'

/** Big enough that 100,000 results need few system calls. */
const chunkLength = 256 * 1_024

/** Joins small pieces into writes of a good size. */
export function* chunked(pieces: Iterable<string>): Generator<string> {
  let parts: string[] = []
  let length = 0
  for (const piece of pieces) {
    parts.push(piece)
    length += piece.length
    if (length < chunkLength) continue
    yield parts.join('')
    parts = []
    length = 0
  }
  if (length > 0) yield parts.join('')
}

/** Writes a file that appears whole or not at all; parent directories are created. */
export async function writeWhole(path: string, pieces: Iterable<string>): Promise<void> {
  await writeChunks(path, chunked(pieces))
}

/** The same for what is no text. */
export async function writeWholeBytes(path: string, bytes: Uint8Array): Promise<void> {
  await writeChunks(path, [bytes])
}

async function writeChunks(path: string, chunks: Iterable<string | Uint8Array>): Promise<void> {
  const target = resolve(path)
  await makeDirectory(dirname(target))
  const partial = `${target}.partial-${randomBytes(6).toString('hex')}`
  try {
    const file = await open(partial, 'wx')
    try {
      for (const chunk of chunks) await file.writeFile(chunk)
    } finally {
      await file.close()
    }
    await rename(partial, target)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}
