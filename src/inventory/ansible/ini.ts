import { diagnosticInText, type Problem, type SourceText, sourceText } from '../../documents/index.js'
import { nearest, nearestHint } from '../../lib/nearest.js'
import { splitWords, type Word } from '../../lib/words.js'
import { addGroup, addHost, type Draft, link, maxHosts, type Origin, refuse, setVariable, type Variable } from './draft.js'
import { expandHostPattern } from './host-pattern.js'
import { literalOrText } from './literal.js'

type SectionKind = 'hosts' | 'children' | 'vars'

/** A group that some section speaks of and none declares, so far. */
interface Pending {
  readonly origin: Origin
  readonly kind: 'children' | 'vars'
  readonly parents: string[]
}

interface Reader {
  readonly draft: Draft
  readonly file: string
  readonly source: SourceText
  readonly pending: Map<string, Pending>
  group: string
  kind: SectionKind
}

/** A line without the white space around it, and where it starts in the text. */
interface Line {
  readonly text: string
  readonly start: number
}

const section = /^\[([^:\]\s]+)(?::([\p{L}\p{N}_]+))?\]\s*(?:#.*)?$/u
const groupName = /^([^:\]\s]+)\s*(?:#.*)?$/
const kinds: readonly string[] = ['hosts', 'children', 'vars'] satisfies SectionKind[]

/**
 * Reads an INI inventory into `draft`, as `ansible.plugins.inventory.ini` (ansible-core 2.14) does, but goes on after a mistake
 * to report all of them.
 */
export function readIni(draft: Draft, file: string, text: string): void {
  const source = sourceText(text)
  const reader: Reader = { draft, file, source, pending: new Map(), group: 'ungrouped', kind: 'hosts' }
  for (const line of linesOf(source)) {
    if (line.text === '' || line.text.startsWith('#') || line.text.startsWith(';')) continue
    if (line.text.startsWith('[') && readSection(reader, line)) continue
    entryReaders[reader.kind](reader, line)
  }
  for (const [name, { origin, kind, parents }] of reader.pending) refuse(draft, origin, undeclared(draft, name, kind, parents))
}

function linesOf({ text, lineStarts }: SourceText): readonly Line[] {
  return lineStarts.map((start, index) => {
    const line = text.slice(start, lineStarts[index + 1] ?? text.length)
    return { text: line.trim(), start: start + line.length - line.trimStart().length }
  })
}

function originOf(
  { file, source }: Reader,
  line: Line,
  part: { start: number; end: number } = { start: 0, end: line.text.length },
): Origin {
  return (problem) => diagnosticInText(file, source, { start: line.start + part.start, end: line.start + part.end }, problem)
}

function undeclared(draft: Draft, name: string, kind: Pending['kind'], parents: readonly string[]): Problem {
  const message =
    kind === 'vars'
      ? `[${name}:vars] sets variables of a group that no section declares`
      : `[${parents.join('], [')}] has a child group "${name}" that no section declares`
  const declared = [...draft.groups.keys()].filter((group) => group !== name)
  return { code: 'unknown-group', message, hint: nearestHint(name, declared) ?? `declare it with a section [${name}]` }
}

/** @returns false when the line is no section, but may be an entry that starts with a bracket, such as `[::1]:22`. */
function readSection(reader: Reader, line: Line): boolean {
  const match = section.exec(line.text)
  if (match === null) {
    if (!line.text.endsWith(']')) return false
    refuse(reader.draft, originOf(reader, line), {
      code: 'ini-section',
      message: `expected a section such as [web], [web:vars] or [web:children], found ${line.text}`,
      hint: 'names of sections hold no spaces',
    })
    return true
  }
  const [, name = '', kind = 'hosts'] = match
  if (!kinds.includes(kind)) {
    const start = line.text.indexOf(':') + 1
    refuse(reader.draft, originOf(reader, line, { start, end: start + kind.length }), {
      code: 'ini-section',
      message: `expected [${name}:vars], [${name}:children] or [${name}:hosts], found [${name}:${kind}]`,
      hint: nearestHint(kind, kinds),
    })
    // Reading its lines as hosts would bury the one mistake under many.
    reader.kind = nearest(kind, kinds) === 'children' ? 'children' : 'vars'
    reader.group = addGroup(reader.draft, name).name
    return true
  }
  reader.group = name
  reader.kind = kind as SectionKind
  declare(reader, line, name, reader.kind)
  return true
}

function declare(reader: Reader, line: Line, name: string, kind: SectionKind): void {
  const { draft, pending } = reader
  const waiting = pending.get(name)
  if (!draft.groups.has(name) && kind === 'vars' && waiting === undefined) {
    pending.set(name, { origin: originOf(reader, line), kind: 'vars', parents: [] })
  }
  addGroup(draft, name)
  if (waiting === undefined || kind === 'vars') return
  pending.delete(name)
  for (const parent of waiting.parents) link(draft, parent, name, waiting.origin)
}

const entryReaders: Readonly<Record<SectionKind, (reader: Reader, line: Line) => void>> = {
  hosts: readHosts,
  children: readChild,
  vars: readVariable,
}

function readChild(reader: Reader, line: Line): void {
  const child = groupName.exec(line.text)?.[1]
  const origin = originOf(reader, line, { start: 0, end: child?.length ?? line.text.length })
  if (child === undefined) {
    refuse(reader.draft, origin, {
      code: 'ini-child',
      message: `expected the name of a group in [${reader.group}:children], found ${line.text}`,
    })
    return
  }
  const waiting = reader.pending.get(child)
  if (waiting?.kind === 'children') waiting.parents.push(reader.group)
  else if (reader.draft.groups.has(child)) link(reader.draft, reader.group, child, origin)
  else reader.pending.set(child, { origin, kind: 'children', parents: [reader.group] })
}

function readVariable(reader: Reader, line: Line): void {
  const equals = line.text.indexOf('=')
  if (equals === -1) {
    refuse(reader.draft, originOf(reader, line), {
      code: 'ini-variable',
      message: `expected key=value in [${reader.group}:vars], found ${line.text}`,
    })
    return
  }
  const name = line.text.slice(0, equals).trim()
  const value = literalOrText(line.text.slice(equals + 1).trim())
  setVariable(reader.draft, reader.group, name, { value, origin: originOf(reader, line) })
}

function readHosts(reader: Reader, line: Line): void {
  const { draft, file } = reader
  const split = splitWords(line.text, { comments: true })
  if ('error' in split) {
    refuse(draft, originOf(reader, line, { start: split.at, end: split.at + 1 }), {
      code: 'ini-quote',
      message: `this line has ${split.error}`,
    })
    return
  }
  const [first, ...rest] = split.words
  if (first === undefined) return
  const origin = originOf(reader, line, first)
  const expanded =
    first.text === '---'
      ? { error: 'expected a host name, found "---", which starts a YAML file' }
      : expandHostPattern(first.text, maxHosts)
  if ('error' in expanded) {
    refuse(draft, origin, { code: 'host-pattern', message: expanded.error, hint: expanded.hint })
    return
  }
  if (draft.hosts.size + expanded.hosts.length > maxHosts) {
    refuse(draft, origin, { code: 'too-many-hosts', message: `the inventory has more than ${maxHosts} hosts` })
    return
  }
  const variables = rest.flatMap((word) => hostVariable(reader, line, word))
  for (const host of expanded.hosts) {
    addHost(draft, addGroup(draft, reader.group), host, { file, origin, port: expanded.port })
    for (const [name, variable] of variables) setVariable(draft, host, name, variable)
  }
}

function hostVariable(reader: Reader, line: Line, word: Word): readonly (readonly [string, Variable])[] {
  const origin = originOf(reader, line, word)
  const equals = word.text.indexOf('=')
  if (equals > 0) return [[word.text.slice(0, equals), { value: literalOrText(word.text.slice(equals + 1)), origin }]]
  refuse(reader.draft, origin, {
    code: 'ini-variable',
    message: `expected key=value behind a host name, found ${word.text}`,
    hint: 'one host stands on one line; values with spaces need quotes',
  })
  return []
}
