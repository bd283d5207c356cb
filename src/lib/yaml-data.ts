import { Composer, type CST, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, type Node, type Pair, Parser } from 'yaml'

/** A YAML node of a file on a host. Scalars are text as written, without quotes: whoever reads them knows what type they should be. */
export type YamlNode = YamlText | YamlList | YamlMap

export interface YamlText {
  readonly kind: 'text'
  /** Counted from 1. */
  readonly line: number
  readonly text: string
}

export interface YamlList {
  readonly kind: 'list'
  readonly line: number
  readonly items: readonly YamlNode[]
}

export interface YamlMap {
  readonly kind: 'map'
  readonly line: number
  readonly entries: readonly YamlEntry[]
}

export interface YamlEntry {
  readonly key: string
  readonly line: number
  readonly value: YamlNode
}

/** Why a text could not be read. */
export interface YamlFault {
  readonly line: number
  readonly message: string
}

/** Longer, deeper and larger than any configuration; far below what would cost time or memory worth mentioning. */
const maxText = 1024 * 1024
const maxDepth = 64
const maxNodes = 100_000

/**
 * Reads one YAML document from a host. Never throws. Tags, merge keys (`<<`) and types mean nothing; aliases are followed.
 * A second document, a duplicate key, a key that is no word and what grows beyond the bounds above are faults.
 * @returns null for a document without content.
 */
export function readYaml(text: string): { readonly root: YamlNode | null } | { readonly fault: YamlFault } {
  if (text.length > maxText) return { fault: { line: 1, message: `is longer than ${maxText / 1024 / 1024} MiB` } }
  const lines = new LineCounter()
  try {
    const walk = new Walk((offset) => Math.max(1, lines.linePos(offset).line))
    return { root: walk.document(text, lines) }
  } catch (error) {
    if (error instanceof Fault) return { fault: { line: error.line, message: error.message } }
    throw error
  }
}

class Fault extends Error {
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message)
  }
}

class Walk {
  private readonly anchors = new Map<string, YamlNode | 'open'>()
  private readonly weights = new Map<YamlNode, number>()
  private nodes = 0

  constructor(private readonly lineOf: (offset: number) => number) {}

  document(text: string, lines: LineCounter): YamlNode | null {
    const options = { schema: 'failsafe', merge: false, uniqueKeys: false, prettyErrors: false } as const
    let root: YamlNode | null = null
    let seen = false
    for (const document of new Composer(options).compose(this.tokens(text, lines), true, text.length)) {
      const [mistake] = document.errors
      if (mistake !== undefined) throw new Fault(this.lineOf(mistake.pos[0]), `is not YAML: ${mistake.message}`)
      if (seen) throw new Fault(this.lineOf(document.range[0]), 'holds a second YAML document')
      seen = true
      root = document.contents === null ? null : this.node(document.contents as Node, 1)
    }
    return root
  }

  /** The parser keeps a stack of its own, and so would anything that walks over what it makes. */
  private *tokens(text: string, lines: LineCounter): Generator<CST.Token, void> {
    const parser = new Parser(lines.addNewLine)
    lines.addNewLine(0)
    for (const lexeme of new Lexer().lex(text)) {
      yield* parser.next(lexeme)
      if (parser.stack.length > 4 * maxDepth) throw new Fault(this.lineOf(parser.offset), `is nested deeper than ${maxDepth} levels`)
    }
    yield* parser.end()
  }

  private node(node: Node, depth: number): YamlNode {
    const line = this.lineOf(node.range?.[0] ?? 0)
    if (depth > maxDepth) throw new Fault(line, `is nested deeper than ${maxDepth} levels`)
    if (isAlias(node)) return this.alias(node.source, line)
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined
    if (anchor !== undefined) this.anchors.set(anchor, 'open')
    const before = this.nodes
    this.count(1, line)
    const made = this.make(node, line, depth)
    if (anchor !== undefined) {
      this.anchors.set(anchor, made)
      this.weights.set(made, this.nodes - before)
    }
    return made
  }

  private make(node: Node, line: number, depth: number): YamlNode {
    if (isSeq(node)) return { kind: 'list', line, items: node.items.map((item) => this.node(item as Node, depth + 1)) }
    if (isMap(node)) return { kind: 'map', line, entries: this.entries(node.items as Pair<Node | null, Node | null>[], line, depth) }
    return { kind: 'text', line, text: isScalar(node) ? String(node.value ?? '') : '' }
  }

  private entries(pairs: readonly Pair<Node | null, Node | null>[], mapLine: number, depth: number): readonly YamlEntry[] {
    const seen = new Set<string>()
    return pairs.map((pair) => {
      const line = pair.key === null ? mapLine : this.lineOf(pair.key.range?.[0] ?? 0)
      const key = pair.key === null ? null : this.node(pair.key, depth + 1)
      if (key?.kind !== 'text') throw new Fault(line, 'has a key that is no word')
      if (seen.has(key.text)) throw new Fault(line, `has the key ${key.text} twice`)
      seen.add(key.text)
      const value: YamlNode = pair.value === null ? { kind: 'text', line, text: '' } : this.node(pair.value, depth + 1)
      return { key: key.text, line, value }
    })
  }

  private alias(name: string, line: number): YamlNode {
    const target = this.anchors.get(name)
    if (target === undefined) throw new Fault(line, `uses *${name} before there is an anchor &${name}`)
    if (target === 'open') throw new Fault(line, `uses *${name} inside &${name}, so that it would hold itself`)
    this.count(this.weights.get(target) ?? 1, line)
    return target
  }

  private count(more: number, line: number): void {
    this.nodes += more
    if (this.nodes > maxNodes) throw new Fault(line, `has more than ${maxNodes} values, aliases counted as often as they are used`)
  }
}
