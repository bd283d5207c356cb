import { splitWords } from '../../lib/words.js'

/** One line of ssh_config(5) that matters here. */
export type Directive =
  | { readonly kind: 'host'; readonly patterns: readonly string[]; readonly offset: number }
  | { readonly kind: 'match' }
  | { readonly kind: 'hostname'; readonly value: string }
  | { readonly kind: 'include'; readonly paths: readonly string[]; readonly offset: number }

const kinds: ReadonlyMap<string, Directive['kind']> = new Map([
  ['host', 'host'],
  ['match', 'match'],
  ['hostname', 'hostname'],
  ['include', 'include'],
])

/** Keyword, then `=` or white space, then the arguments. */
const line = /^[ \t]*([A-Za-z][A-Za-z0-9]*)(?:[ \t]*=[ \t]*|[ \t]+)(.*)$/

/** The lines about hosts and further files, in order. Everything else is OpenSSH's business, mistakes included. */
export function parseSshConfig(text: string): readonly Directive[] {
  const directives: Directive[] = []
  let offset = 0
  for (const raw of text.split('\n')) {
    const directive = readLine(raw.replace(/\r$/, ''), offset)
    if (directive !== null) directives.push(directive)
    offset += raw.length + 1
  }
  return directives
}

function readLine(raw: string, offset: number): Directive | null {
  const match = line.exec(raw)
  const kind = kinds.get(match?.[1]?.toLowerCase() ?? '')
  if (match === null || kind === undefined) return null
  const split = splitWords(match[2] ?? '')
  const words = 'error' in split ? [] : uncommented(split.words.map(({ text }) => text))
  const at = offset + raw.length - raw.trimStart().length
  if (kind === 'host') return { kind, patterns: words, offset: at }
  if (kind === 'include') return { kind, paths: words, offset: at }
  if (kind === 'match') return { kind }
  return words[0] === undefined ? null : { kind, value: words[0] }
}

/** Since OpenSSH 8.5 a word that starts with `#` begins a comment. */
function uncommented(words: readonly string[]): readonly string[] {
  const comment = words.findIndex((word) => word.startsWith('#'))
  return comment === -1 ? words : words.slice(0, comment)
}

/** Whether a text is the client configuration of OpenSSH: it has Host lines, or only settings and includes of it. */
export function looksLikeSshConfig(text: string): boolean {
  const lines = text
    .split('\n')
    .map((raw) => raw.trim())
    .filter((raw) => raw !== '' && !raw.startsWith('#'))
  const [first] = lines
  if (first === undefined || lines.some((raw) => raw.startsWith('['))) return false
  return lines.some((raw) => /^host(?:[ \t]*=[ \t]*|[ \t]+)[^\s:=]/i.test(raw)) || /^(?:include|match)[ \t]+\S/i.test(first)
}
