import { readdir, readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'

/** Options of ssh whose values decide how we connect. */
const decisive = /^\s*["']?(control(path|master)|proxy(jump|command))\b/i
const sharing = /^\s*["']?control(path|master)\b/i
const decisiveWord = /^-[A-Za-z0-9]*[JSM]|control(path|master)|proxy(jump|command)/i

/** System-wide configuration of Linux distributions, SUSE, and Homebrew's builds. */
const systemFiles = ['/etc/ssh/ssh_config', '/usr/etc/ssh/ssh_config', '/usr/local/etc/ssh/ssh_config', '/opt/homebrew/etc/ssh/ssh_config']
const deepest = 16

/**
 * What the user's configuration may say of control sockets and proxies, from the weakest to the strongest:
 * `nothing`; `alike`: of sockets only, and the same for every host; `each`: every host has to be asked for.
 */
export const influences = ['nothing', 'alike', 'each'] as const
export type Influence = (typeof influences)[number]

const strongest = (answers: readonly Influence[]): Influence =>
  answers.reduce<Influence>((most, answer) => (influences.indexOf(answer) > influences.indexOf(most) ? answer : most), 'nothing')

/**
 * How much the user's configuration may decide. Errs towards more: it saves `ssh -G` where the files plainly leave it to us.
 * @param words the user's own words for ssh.
 */
export async function influenceOf(words: readonly string[]): Promise<Influence> {
  if (words.some((word) => decisiveWord.test(word))) return 'each'
  const chosen = chosenFile(words)
  const home = join(userInfo().homedir, '.ssh')
  if (chosen === 'none') return 'nothing'
  if (chosen !== null) return await influenceOfFile(chosen, home, 0)
  const files = [join(home, 'config'), ...systemFiles]
  return strongest(await Promise.all(files.map((file) => influenceOfFile(file, file.startsWith(home) ? home : dirname(file), 0))))
}

/** The file of `-F`, which replaces all others; null when there is none. */
export function chosenFile(words: readonly string[]): string | null {
  const index = words.findIndex((word) => word.startsWith('-F'))
  const word = words[index]
  if (word === undefined) return null
  return word === '-F' ? (words[index + 1] ?? null) : word.slice(2)
}

async function influenceOfFile(file: string, base: string, depth: number): Promise<Influence> {
  if (depth > deepest) return 'each'
  const text = await readFile(file, 'utf8').catch(() => '')
  const answers: Influence[] = []
  let forAll = true
  for (const line of text.split('\n')) {
    const [, keyword, rest = ''] = /^\s*(host|match|include)[\s=]+(.*)$/i.exec(line) ?? []
    if (decisive.test(line)) answers.push(forAll && sharing.test(line) ? 'alike' : 'each')
    else if (keyword?.toLowerCase() === 'include') {
      const found = strongest(
        await Promise.all(
          rest
            .trim()
            .split(/\s+/)
            .map((pattern) => influenceOfInclude(pattern, base, depth)),
        ),
      )
      answers.push(found === 'alike' && !forAll ? 'each' : found)
    } else if (keyword !== undefined) forAll = /^(\*|all)\s*$/i.test(rest)
  }
  return strongest(answers)
}

/** ssh_config(5): patterns of glob(7), relative to `~/.ssh` or `/etc/ssh`. What is more than a `*` in a file's name is left to ssh. */
async function influenceOfInclude(pattern: string, base: string, depth: number): Promise<Influence> {
  const path = pattern.startsWith('~/') ? join(userInfo().homedir, pattern.slice(2)) : pattern
  const full = path.startsWith('/') ? path : join(base, path)
  const folder = dirname(full)
  if (/["'%$?[\]{}~]/.test(pattern.replace(/^~\//, '')) || folder.includes('*')) return 'each'
  if (!full.includes('*')) return await influenceOfFile(full, base, depth + 1)
  const name = new RegExp(
    `^${full
      .slice(folder.length + 1)
      .replace(/[.+^()|\\]/g, '\\$&')
      .replaceAll('*', '.*')}$`,
  )
  const names = await readdir(folder).catch(() => [])
  const files = names.filter((each) => name.test(each)).map((each) => join(folder, each))
  return strongest(await Promise.all(files.map((each) => influenceOfFile(each, base, depth + 1))))
}
