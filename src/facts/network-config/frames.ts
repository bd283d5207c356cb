import { NotUnderstood } from '../../lib/errors.js'
import type { ConfigFile } from './files.js'
import { limits } from './script.js'

/** What `configScript` printed. */
export type Frames = {
  readonly files: readonly ConfigFile[]
  readonly unread: readonly { readonly file: string; readonly why: string }[]
  /** What starts a manager at boot, by its name: a path. */
  readonly boot: ReadonlyMap<string, string>
  /** What keeps a manager from being started. */
  readonly mask: ReadonlyMap<string, string>
  readonly has: ReadonlyMap<string, string>
  readonly hooks: readonly HookLine[]
  /** Keyfiles that others than their owner may read or write. */
  readonly loose: ReadonlySet<string>
  /** Keyfiles of others than root. */
  readonly foreign: ReadonlySet<string>
}

/** A line of a script that runs beside the configuration, or why it has none to show. */
export type HookLine = {
  readonly path: string
  /** 0: the script as a whole. */
  readonly line: number
  readonly about: (typeof hookTopics)[number]
  readonly text: string
}

const hookTopics = ['routes', 'addresses', 'program', 'large', 'unreadable'] as const

/** @throws NotUnderstood for anything that the script does not print. */
export function readFrames(stdout: string): Frames {
  const files: ConfigFile[] = []
  const unread: { readonly file: string; readonly why: string }[] = []
  const tables = { boot: new Map<string, string>(), mask: new Map<string, string>(), has: new Map<string, string>() }
  const lines = stdout.split('\n')
  if (lines.at(-1) !== '' || lines.at(-2) !== 'done') throw new NotUnderstood('configuration files to their end', stdout.slice(-100))
  const hooks: HookLine[] = []
  const loose = new Set<string>()
  const foreign = new Set<string>()
  let hook: Omit<HookLine, 'text'> | null = null
  let open: { readonly path: string; readonly lines: string[] } | null = null
  for (const line of lines.slice(0, -2)) {
    if (open !== null) {
      if (line.startsWith('|')) open.lines.push(line.slice(1).replace(/\r$/, ''))
      else if (line === 'end') files.push(open)
      else if (line === 'cut') unread.push({ file: open.path, why: `larger than ${limits.kibibytes} KiB` })
      else throw new NotUnderstood('a line of a configuration file', line)
      if (!line.startsWith('|')) open = null
      continue
    }
    if (hook !== null) {
      if (!line.startsWith('|')) throw new NotUnderstood('the words of a script', line)
      hooks.push({ ...hook, text: line.slice(1) })
      hook = null
      continue
    }
    hook = readHook(line)
    if (hook !== null) continue
    const [, word, rest = ''] = /^(file|unreadable|loose|foreign|limit|boot|mask|has) (.+)$/.exec(line) ?? []
    if (word === 'file') open = { path: rest, lines: [] }
    else if (word === 'unreadable') unread.push({ file: rest, why: 'only root may read it' })
    else if (word === 'loose') loose.add(rest)
    else if (word === 'foreign') foreign.add(rest)
    else if (word === 'limit') unread.push({ file: 'further files', why: `left out: ${rest}` })
    else readTable(word, rest, line, tables)
  }
  if (open !== null) throw new NotUnderstood('the end of a configuration file', open.path)
  if (hook !== null) throw new NotUnderstood('the words of a script', hook.path)
  return { files, unread, hooks, loose, foreign, ...tables }
}

function readHook(line: string): Omit<HookLine, 'text'> | null {
  const [, word, number, path] = /^hook ([a-z]+) (\d{1,9}) (.+)$/.exec(line) ?? []
  const about = hookTopics.find((topic) => topic === word)
  return about === undefined || path === undefined ? null : { path, line: Number(number), about }
}

function readTable(
  word: string | undefined,
  rest: string,
  line: string,
  tables: Record<'boot' | 'mask' | 'has', Map<string, string>>,
): void {
  const [, name, path] = /^(\S+) (.+)$/.exec(rest) ?? []
  if ((word !== 'boot' && word !== 'mask' && word !== 'has') || name === undefined || path === undefined) {
    throw new NotUnderstood('a line about configuration files', line)
  }
  if (!tables[word].has(name)) tables[word].set(name, path)
}
