import { type FileHandle, open, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { nearest } from '../lib/nearest.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { diagnosticForFile, diagnosticInText, type Problem } from './document.js'
import { sourceText } from './source-text.js'

/** More than any runbook a person keeps; a limit, so that `/dev/zero` or a wrong path cannot fill the memory. */
export const maxFileBytes = 4 * 1024 * 1024

export type ReadResult =
  | { readonly bytes: Uint8Array; readonly text: string; readonly diagnostic: null }
  | { readonly bytes: null; readonly text: null; readonly diagnostic: Diagnostic }

/** Reads a text file of at most `maxFileBytes`. The text comes without its byte order mark. Never rejects. */
export async function readText(file: string): Promise<ReadResult> {
  const bytes = await readBounded(file)
  if (!(bytes instanceof Uint8Array)) return refused(diagnosticForFile(file, bytes))
  const wide = utf16Mark(bytes)
  if (wide)
    return refused(diagnosticForFile(file, { code: 'not-utf8', message: `expected UTF-8, found ${wide}`, hint: 'save the file as UTF-8' }))
  const text = new TextDecoder('utf-8').decode(bytes)
  const bad = firstUndecodable(text, bytes)
  if (bad === null) return { bytes, text, diagnostic: null }
  const problem = {
    code: 'not-utf8',
    message: 'expected UTF-8, found a byte that is not',
    hint: 'save the file as UTF-8; it may be in an older encoding such as ISO 8859-1, Windows-1252 or CP949',
  }
  return refused(diagnosticInText(file, sourceText(text), { start: bad, end: bad + 1 }, problem))
}

function refused(diagnostic: Diagnostic): ReadResult {
  return { bytes: null, text: null, diagnostic }
}

async function readBounded(file: string): Promise<Uint8Array | Problem> {
  let handle: FileHandle | undefined
  try {
    handle = await open(file, 'r')
    const stats = await handle.stat()
    if (stats.isDirectory()) return unreadable('EISDIR')
    // Pipes and files of /proc do not know their size.
    const buffer = Buffer.alloc(stats.size > 0 ? Math.min(stats.size, maxFileBytes) + 1 : maxFileBytes + 1)
    const length = await fill(handle, buffer)
    if (length > maxFileBytes) {
      return {
        code: 'file-too-large',
        message: `the file is larger than ${maxFileBytes / 1024 / 1024} MiB`,
        hint: 'split it and use "include"',
      }
    }
    return buffer.subarray(0, length)
  } catch (error) {
    const errno = String((error as NodeJS.ErrnoException).code ?? error)
    return errno === 'ENOENT' ? await missing(file) : unreadable(errno)
  } finally {
    await handle?.close()
  }
}

async function fill(handle: FileHandle, buffer: Buffer): Promise<number> {
  let length = 0
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return length
}

function unreadable(errno: string): Problem {
  const known: Readonly<Record<string, Problem>> = {
    ENOTDIR: { code: 'file-missing', message: 'there is no such file: a part of its path is not a directory' },
    EISDIR: { code: 'file-is-directory', message: 'expected a file, found a directory', hint: 'name the files in it' },
    EACCES: {
      code: 'file-unreadable',
      message: 'the file may not be read: permission denied',
      hint: 'look at its mode and owner with ls -l',
    },
    ELOOP: { code: 'file-unreadable', message: 'the file cannot be reached: its symbolic links form a circle' },
  }
  return known[errno] ?? { code: 'file-unreadable', message: `the file cannot be read: ${errno}` }
}

async function missing(file: string): Promise<Problem> {
  const siblings = await readdir(dirname(file)).catch(() => [])
  const near = nearest(basename(file), siblings)
  const hint = near === null ? `paths count from the current directory, ${process.cwd()}` : `did you mean ${join(dirname(file), near)}?`
  return { code: 'file-missing', message: 'there is no such file', hint }
}

function utf16Mark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16 (little endian)'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16 (big endian)'
  return null
}

/** The offset of the first U+FFFD that the decoder put in place of a byte that is not UTF-8; null when there is none. */
function firstUndecodable(text: string, bytes: Uint8Array): number | null {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  let offset = mark
  let from = 0
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', at + 1)) {
    offset += Buffer.byteLength(text.slice(from, at))
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return at
    from = at
  }
  return null
}
