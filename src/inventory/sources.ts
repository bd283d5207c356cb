import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { diagnosticForFile } from '../documents/index.js'
import type { Findings } from './findings.js'

/** One thing to read. */
export type Source =
  | { readonly kind: 'list'; readonly text: string }
  /** @property base where `group_vars` and `host_vars` may lie: the directory that was named, or that of the file. */
  | { readonly kind: 'file'; readonly file: string; readonly base: string; readonly named: boolean }

const maxFiles = 10_000
const deepest = 16

/**
 * What Ansible passes over in a directory of inventories: `IGNORED` of `ansible.inventory.manager`, but not `.ini`, which
 * ansible-core reads since 2.19.
 */
const ignored = /^\.|^(?:host_vars|group_vars|vars_plugins)$|(?:\.pyc|\.pyo|\.swp|\.bak|~|\.rpm|\.md|\.txt|\.rst|\.orig|\.cfg|\.retry)$/

/** Files, directories (all files in them, sorted, with their subdirectories) and lists of hosts, in the order given. */
export async function findSources(paths: readonly string[], findings: Findings): Promise<readonly Source[]> {
  const sources: Source[] = []
  for (const path of paths) sources.push(...(await sourcesOf(path, findings)))
  return sources
}

async function sourcesOf(path: string, findings: Findings): Promise<readonly Source[]> {
  const kind = await kindOf(path)
  if (kind === 'directory') return filesIn(path, path, 0, findings)
  if (kind === 'missing' && path.includes(',')) return [{ kind: 'list', text: path }]
  // A file that is missing is reported when it is read.
  return [{ kind: 'file', file: path, base: dirname(path), named: true }]
}

async function filesIn(directory: string, base: string, depth: number, findings: Findings): Promise<readonly Source[]> {
  const files: Source[] = []
  for (const entry of await entriesOf(directory, findings)) {
    if (ignored.test(entry)) continue
    const path = join(directory, entry)
    const kind = await kindOf(path)
    if (kind === 'directory' && depth < deepest) files.push(...(await filesIn(path, base, depth + 1, findings)))
    else files.push({ kind: 'file', file: path, base, named: false })
    if (files.length > maxFiles) {
      findings.diagnostics.push(
        diagnosticForFile(directory, {
          code: 'too-many-files',
          message: `expected a directory of inventories, found more than ${maxFiles} files`,
        }),
      )
      return []
    }
  }
  return files
}

async function entriesOf(directory: string, findings: Findings): Promise<readonly string[]> {
  try {
    return (await readdir(directory)).sort()
  } catch (error) {
    const message = `the directory cannot be read: ${(error as NodeJS.ErrnoException).code}`
    findings.diagnostics.push(diagnosticForFile(directory, { code: 'file-unreadable', message }))
    return []
  }
}

async function kindOf(path: string): Promise<'directory' | 'file' | 'missing'> {
  try {
    return (await stat(path)).isDirectory() ? 'directory' : 'file'
  } catch {
    return 'missing'
  }
}
