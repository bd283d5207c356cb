import { readdir } from 'node:fs/promises'
import { dirname, isAbsolute, join, sep } from 'node:path'
import { globMatcher } from '../../lib/glob.js'

/** A directory with more entries than this is not one of configurations. */
const maxMatches = 1_000

/**
 * The files an `Include` means, in the order in which ssh reads them: `~` is the home directory, and relative paths count from
 * `~/.ssh` (ssh_config(5)). Wildcards may stand in every part of a path; what matches nothing is no mistake.
 */
export async function includedFiles(path: string, home: string): Promise<readonly string[]> {
  const full = path === '~' || path.startsWith('~/') ? join(home, path.slice(1)) : isAbsolute(path) ? path : join(home, '.ssh', path)
  return expand(full)
}

async function expand(path: string): Promise<readonly string[]> {
  if (!/[*?[]/.test(path)) return [path]
  const parent = dirname(path)
  const parents = parent === path ? [] : await expand(parent)
  const name = path.slice(parent === sep ? 1 : parent.length + 1)
  const found: string[] = []
  for (const directory of parents) {
    if (!/[*?[]/.test(name)) found.push(join(directory, name))
    else found.push(...(await entriesOf(directory)).filter(matcherOf(name)).map((entry) => join(directory, entry)))
  }
  return found.slice(0, maxMatches)
}

/** As glob(7): a leading dot must be written. */
function matcherOf(pattern: string): (entry: string) => boolean {
  const matches = globMatcher(pattern)
  return (entry) => matches(entry) && entry.startsWith('.') === pattern.startsWith('.')
}

async function entriesOf(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory)).sort()
  } catch {
    return []
  }
}
