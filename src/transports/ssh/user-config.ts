import { readdir, readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'

/** Options of ssh whose values decide how we connect. */
const decisive = /^\s*["']?(control(path|master)|proxy(jump|command))\b/im
const decisiveWord = /^-[A-Za-z0-9]*[JSM]|control(path|master)|proxy(jump|command)/i

/** System-wide configuration of Linux distributions, SUSE, and Homebrew's builds. */
const systemFiles = ['/etc/ssh/ssh_config', '/usr/etc/ssh/ssh_config', '/usr/local/etc/ssh/ssh_config', '/opt/homebrew/etc/ssh/ssh_config']
const deepest = 16

/**
 * Whether the user's configuration could ask for a control socket or a proxy for some host. Errs towards true:
 * it saves one `ssh -G` per host where the files plainly hold none of it.
 * @param words the user's own words for ssh.
 */
export async function mayDecide(words: readonly string[]): Promise<boolean> {
  if (words.some((word) => decisiveWord.test(word))) return true
  const chosen = chosenFile(words)
  const home = join(userInfo().homedir, '.ssh')
  if (chosen === 'none') return false
  if (chosen !== null) return await fileDecides(chosen, home, 0)
  const files = [join(home, 'config'), ...systemFiles]
  const answers = await Promise.all(files.map((file) => fileDecides(file, file.startsWith(home) ? home : dirname(file), 0)))
  return answers.includes(true)
}

/** The file of `-F`, which replaces all others; null when there is none. */
export function chosenFile(words: readonly string[]): string | null {
  const index = words.findIndex((word) => word.startsWith('-F'))
  const word = words[index]
  if (word === undefined) return null
  return word === '-F' ? (words[index + 1] ?? null) : word.slice(2)
}

async function fileDecides(file: string, base: string, depth: number): Promise<boolean> {
  if (depth > deepest) return true
  const text = await readFile(file, 'utf8').catch(() => '')
  if (decisive.test(text)) return true
  const includes = [...text.matchAll(/^\s*include[\s=]+(.*)$/gim)].flatMap((match) => (match[1] ?? '').trim().split(/\s+/))
  const answers = await Promise.all(includes.map((pattern) => includeDecides(pattern, base, depth)))
  return answers.includes(true)
}

/** ssh_config(5): patterns of glob(7), relative to `~/.ssh` or `/etc/ssh`. What is more than a `*` in a file's name is left to ssh. */
async function includeDecides(pattern: string, base: string, depth: number): Promise<boolean> {
  const path = pattern.startsWith('~/') ? join(userInfo().homedir, pattern.slice(2)) : pattern
  const full = path.startsWith('/') ? path : join(base, path)
  const folder = dirname(full)
  if (/["'%$?[\]{}~]/.test(pattern.replace(/^~\//, '')) || folder.includes('*')) return true
  if (!full.includes('*')) return await fileDecides(full, base, depth + 1)
  const name = new RegExp(
    `^${full
      .slice(folder.length + 1)
      .replace(/[.+^()|\\]/g, '\\$&')
      .replaceAll('*', '.*')}$`,
  )
  const names = await readdir(folder).catch(() => [])
  const answers = await Promise.all(names.filter((each) => name.test(each)).map((each) => fileDecides(join(folder, each), base, depth + 1)))
  return answers.includes(true)
}
