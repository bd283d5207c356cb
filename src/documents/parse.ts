import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, visit } from 'yaml'
import type { Diagnostic } from '../model/diagnostic.js'
import { type DataPath, diagnosticInText, type LoadedDocument, type Part, type Problem } from './document.js'
import { parseNodes, TooDeep, type YamlOptions } from './nodes.js'
import { placeOf, type Range, sourceText } from './source-text.js'
import { forbiddenCharacter, syntaxProblem } from './syntax.js'
import { isMergeKey, keyText, maxDepth, nodeRange, toData } from './to-data.js'

export interface ParseResult {
  /** null when there is a diagnostic. */
  readonly document: LoadedDocument | null
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads one YAML document. Never throws. @param file is only shown. */
export function parseYaml(file: string, text: string, bytes: Uint8Array, options: YamlOptions = {}): ParseResult {
  const source = sourceText(text)
  const diagnostics: Diagnostic[] = []
  const report = (range: Range, problem: Problem): void => {
    diagnostics.push(diagnosticInText(file, source, range, problem))
  }
  const failed = (): ParseResult => ({ document: null, diagnostics })

  const bad = forbiddenCharacter(source)
  if (bad !== null) {
    report(bad.range, bad.problem)
    return failed()
  }
  const parsed = attempt(text, options)
  if (parsed instanceof TooDeep) {
    report({ start: parsed.offset, end: parsed.offset + 1 }, { code: 'too-deep', message: `nested deeper than ${maxDepth} levels` })
    return failed()
  }
  if (parsed === null) return failed()
  // What follows the first mistake is usually its consequence.
  const first = [...parsed.errors].sort((a, b) => a.pos[0] - b.pos[0])[0]
  const mistakes = [...(first === undefined ? [] : [first]), ...parsed.warnings.filter((warning) => warning.code === 'TAG_RESOLVE_FAILED')]
  for (const mistake of mistakes) {
    const { range, problem } = syntaxProblem(source, mistake, lastQuoted(parsed, mistake.pos[0]))
    report(range, problem)
  }
  if (mistakes.length > 0) return failed()

  const converted = toData(parsed.contents, (offset) => placeOf(source, offset).line, report)
  if (converted === null) return failed()
  if (converted.data === null) {
    report({ start: 0, end: 1 }, { code: 'empty-file', message: 'the file is empty' })
    return failed()
  }
  const { data, targets } = converted
  const rangeOf = (path: DataPath, part: Part): Range => findRange(parsed.contents, targets, path, part)
  return { document: { file, bytes, source, data, rangeOf }, diagnostics }
}

/** The first character of the quoted text that reaches up to `offset`. */
function lastQuoted(document: Document.Parsed, offset: number): Range | null {
  let range: Range | null = null
  visit(document, {
    Scalar: (_key, { type, range: found }) => {
      if ((type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') && found && found[0] <= offset)
        range = { start: found[0], end: found[0] + 1 }
    },
  })
  return range
}

function attempt(text: string, options: YamlOptions): ReturnType<typeof parseNodes> | TooDeep {
  try {
    return parseNodes(text, options)
  } catch (error) {
    if (error instanceof TooDeep) return error
    throw error
  }
}

/** Follows `path` as far as it goes, through aliases and merged maps. */
function findRange(root: Node | null, targets: ReadonlyMap<Alias, Node>, path: DataPath, part: Part): Range {
  const behind = (node: Node | null): Node | null => (isAlias(node) ? (targets.get(node) ?? node) : node)
  let range = nodeRange(root)
  let keyRange: Range | null = null
  let node = behind(root)
  for (const [index, step] of path.entries()) {
    const last = index === path.length - 1
    if (isSeq(node)) {
      const item = node.items[Number(step)] as Node | undefined
      if (item === undefined) return range
      node = behind(item)
      keyRange = null
    } else {
      const pair = findPair(node, String(step), behind)
      if (pair === null) return range
      keyRange = nodeRange(pair.key)
      node = behind(pair.value)
      if (last && part === 'key') return keyRange
    }
    range = isEmpty(node) && keyRange !== null ? keyRange : nodeRange(node)
  }
  return range
}

/** `key:` without a value has no text to point at. */
function isEmpty(node: Node | null): boolean {
  return node === null || (isScalar(node) && (node.range?.[0] ?? 0) === (node.range?.[1] ?? 0))
}

function findPair(node: Node | null, key: string, behind: (node: Node | null) => Node | null): Pair<Node | null, Node | null> | null {
  if (!isMap(node)) return null
  const pairs = node.items as Pair<Node | null, Node | null>[]
  const own = pairs.find((pair) => keyText(behind(pair.key)) === key)
  if (own !== undefined) return own
  for (const { value } of pairs.filter((pair) => isMergeKey(pair.key))) {
    const merged = behind(value)
    const maps = isSeq(merged) ? (merged.items as Node[]).map(behind) : [merged]
    for (const map of maps) {
      const found = findPair(map, key, behind)
      if (found !== null) return found
    }
  }
  return null
}
