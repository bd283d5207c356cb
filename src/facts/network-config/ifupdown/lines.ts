import { globMatcher } from '../../../lib/glob.js'
import type { ConfigFile } from '../files.js'
import { followed } from '../script.js'
import { type Opaque, topics } from '../value.js'

/** One line of interfaces(5), continuations joined, without comments; at the number of its first line. */
export interface Line {
  readonly file: string
  readonly line: number
  readonly keyword: string
  readonly rest: string
}

export interface Lines {
  readonly lines: readonly Line[]
  readonly opaque: readonly Opaque[]
}

const mainFile = '/etc/network/interfaces'

/**
 * All lines in the order in which ifupdown reads them: what `source` and `source-directory` name stands in their place
 * (interfaces(5)). Every file counts once.
 */
export function readLines(files: readonly ConfigFile[]): Lines {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const seen = new Set<string>()
  const lines: Line[] = []
  const opaque: Opaque[] = []
  const read = (file: ConfigFile): void => {
    if (seen.has(file.path)) return
    seen.add(file.path)
    for (const line of logicalLines(file)) {
      if (line.keyword !== 'source' && line.keyword !== 'source-directory') {
        lines.push(line)
        continue
      }
      const patterns = line.rest.split(/\s+/)
      if (!patterns.every((pattern) => followed.test(pattern))) {
        const why = 'names files in a way that only ifupdown itself resolves'
        opaque.push({ file: line.file, line: line.line, text: `${line.keyword} ${line.rest}`, why, interface: null, topics: [...topics] })
        continue
      }
      for (const named of patterns.flatMap((pattern) => filesNamed(pattern, line, [...byPath.keys()])))
        read(byPath.get(named) ?? { path: named, lines: [] })
    }
  }
  const main = byPath.get(mainFile)
  if (main !== undefined) read(main)
  return { lines, opaque }
}

/** `source-directory` takes names of letters, digits, `_` and `-` alone. */
function filesNamed(pattern: string, { file, keyword }: Line, paths: readonly string[]): readonly string[] {
  const absolute = pattern.startsWith('/') ? pattern : `${file.slice(0, file.lastIndexOf('/'))}/${pattern}`
  const plain = absolute
    .replaceAll(/\/{2,}/g, '/')
    .replaceAll('/./', '/')
    .replace(/\/$/, '')
  const wanted = keyword === 'source-directory' ? `${plain}/*` : plain
  const slashes = wanted.split('/').length
  const matches = globMatcher(wanted)
  const isName = (path: string): boolean => keyword === 'source' || /\/[\w-]+$/.test(path)
  const normal = (path: string): string => path.replaceAll(/\/{2,}/g, '/').replaceAll('/./', '/')
  // A shell's `*` stops at a slash and passes over hidden files.
  return paths
    .filter((path) => normal(path).split('/').length === slashes && matches(normal(path)) && !/\/\.[^/]*$/.test(path) && isName(path))
    .sort()
}

function logicalLines({ path, lines }: ConfigFile): readonly Line[] {
  const joined: Line[] = []
  let open = ''
  let start = 0
  for (const [index, raw] of lines.entries()) {
    if (open === '') start = index + 1
    if (open === '' && raw.trim().startsWith('#')) continue
    if (raw.endsWith('\\') && index < lines.length - 1) {
      open += `${raw.slice(0, -1)} `
      continue
    }
    const text = (open + raw).trim()
    open = ''
    const [keyword = '', ...rest] = text.split(/\s+/)
    if (keyword !== '') joined.push({ file: path, line: start, keyword, rest: rest.join(' ') })
  }
  return joined
}
