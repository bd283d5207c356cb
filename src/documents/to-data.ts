import { type Alias, isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml'
import type { Json, JsonObject } from '../model/json.js'
import type { Problem } from './document.js'
import type { Range } from './source-text.js'

/** Deeper than any runbook; keeps every later walk over the data clear of the stack's end. */
export const maxDepth = 64

/** What aliases may add, in characters and values: "billion laughs" needs thousands of times this. */
const maxAliasExpansion = 4 * 1024 * 1024

export type Report = (range: Range, problem: Problem) => void

/** What an alias stands for, and how much copying it would add. */
interface Target {
  readonly node: Node
  readonly data: Json
  readonly weight: number
}

/** A document's nodes as data, and the node behind every alias. */
export interface Converted {
  readonly data: Json
  readonly targets: ReadonlyMap<Alias, Node>
}

/** The walk cannot go on; the reason has been reported. */
class Stop extends Error {}

export function nodeRange(node: Node | null): Range {
  const [start, end] = node?.range ?? [0, 0]
  return { start, end }
}

export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && typeof key.value === 'symbol'
}

/** The text of a key; null for a list or map, and for a merge key. */
export function keyText(key: unknown): string | null {
  if (key === null) return ''
  if (!isScalar(key) || isMergeKey(key)) return null
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value))
}

/**
 * Turns nodes into plain data in one walk, in the order of the text, and reports duplicate keys, keys that are not words, merge
 * keys without a map, circles, and what is too deep or grows too large. @returns null when the data would be wrong.
 */
export function toData(root: Node | null, lineOf: (offset: number) => number, report: Report): Converted | null {
  const walk = new Walk(lineOf, report)
  try {
    const { data } = walk.value(root, 1)
    return walk.broken ? null : { data, targets: walk.targets }
  } catch (error) {
    if (error instanceof Stop) return null
    throw error
  }
}

class Walk {
  readonly targets = new Map<Alias, Node>()
  broken = false
  private readonly anchors = new Map<string, Target | 'open'>()
  private expansion = 0

  constructor(
    private readonly lineOf: (offset: number) => number,
    private readonly report: Report,
  ) {}

  value(node: Node | null, depth: number): { data: Json; weight: number } {
    if (depth > maxDepth) this.stop(nodeRange(node), { code: 'too-deep', message: `nested deeper than ${maxDepth} levels` })
    if (isAlias(node)) return this.alias(node)
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined
    if (anchor !== undefined) this.anchors.set(anchor, 'open')
    const result = isMap(node) ? this.map(node, depth) : isSeq(node) ? this.list(node, depth) : this.scalar(node)
    if (anchor !== undefined && node !== null) this.anchors.set(anchor, { node, ...result })
    return result
  }

  private alias(node: Alias): Target {
    const target = this.anchors.get(node.source)
    const range = nodeRange(node)
    if (target === undefined) {
      return this.stop(range, { code: 'unknown-anchor', message: `no anchor &${node.source} comes before *${node.source}` })
    }
    if (target === 'open') {
      return this.stop(range, {
        code: 'alias-circle',
        message: `*${node.source} stands inside &${node.source}: the value would hold itself`,
      })
    }
    this.expansion += target.weight
    if (this.expansion > maxAliasExpansion) {
      const message = `aliases expand to more than ${maxAliasExpansion / 1024 / 1024} MiB`
      this.stop(range, {
        code: 'alias-bomb',
        message,
        hint: 'a few small anchors are fine; this looks like an attack or a loop gone wrong',
      })
    }
    this.targets.set(node, target.node)
    return target
  }

  private scalar(node: Node | null): { data: Json; weight: number } {
    const value = isScalar(node) ? scalarValue(node as Scalar) : null
    if (typeof value === 'number' && !Number.isFinite(value)) {
      this.fault(nodeRange(node), { code: 'wrong-type', message: 'expected a finite number', hint: 'put it in quotes if it is text' })
    }
    if (typeof value === 'number' || typeof value === 'boolean') return { data: value, weight: 8 }
    if (typeof value === 'symbol') return { data: '<<', weight: 8 }
    return { data: value === null || value === undefined ? null : String(value), weight: 8 + String(value ?? '').length }
  }

  private list(node: YAMLSeq, depth: number): { data: Json; weight: number } {
    const items = node.items.map((item) => this.value(pairOrNode(item), depth + 1))
    return { data: items.map((item) => item.data), weight: items.reduce((sum, item) => sum + item.weight, 8) }
  }

  private map(node: YAMLMap, depth: number): { data: Json; weight: number } {
    const own = new Map<string, Json>()
    const merged = new Map<string, Json>()
    const keys = new Map<string, Range>()
    let weight = 8
    for (const pair of node.items as Pair<Node | null, Node | null>[]) {
      const value = this.value.bind(this, pair.value, depth + 1)
      const key = isAlias(pair.key) ? this.alias(pair.key).data : keyText(pair.key)
      if (isMergeKey(pair.key)) {
        weight += this.merge(pair.value, value(), merged)
        continue
      }
      if (isScalar(pair.key) && pair.key.anchor !== undefined) this.value(pair.key, depth + 1)
      if (typeof key !== 'string') {
        this.fault(nodeRange(pair.key), { code: 'complex-key', message: 'expected a word as key, found a list or a map' })
        value()
        continue
      }
      this.noteKey(keys, key, nodeRange(pair.key))
      const result = value()
      own.set(key, result.data)
      weight += result.weight + key.length
    }
    return { data: Object.fromEntries([...merged, ...own]), weight }
  }

  /** https://yaml.org/type/merge.html: earlier maps win over later ones, and the map's own keys over all of them. */
  private merge(node: Node | null, value: { data: Json; weight: number }, into: Map<string, Json>): number {
    for (const source of Array.isArray(value.data) ? value.data : [value.data]) {
      if (typeof source !== 'object' || source === null || Array.isArray(source)) {
        this.fault(nodeRange(node), { code: 'bad-merge', message: 'expected a map, or a list of maps, to merge with "<<"' })
        break
      }
      for (const [key, member] of Object.entries(source as JsonObject)) if (!into.has(key) && member !== undefined) into.set(key, member)
    }
    return value.weight
  }

  private noteKey(keys: Map<string, Range>, key: string, range: Range): void {
    const first = keys.get(key)
    if (first === undefined) keys.set(key, range)
    else {
      const hint = `the first one is on line ${this.lineOf(first.start)}; only one of them could count`
      this.fault(range, { code: 'duplicate-key', message: `duplicate key "${key}"`, hint })
    }
  }

  private fault(range: Range, problem: Problem): void {
    this.broken = true
    this.report(range, problem)
  }

  private stop(range: Range, problem: Problem): never {
    this.fault(range, problem)
    throw new Stop()
  }
}

/** YAML 1.1 has dates, which JSON has not: they stay as written. PyYAML, and so Ansible, takes no `y` and `n` for booleans. */
function scalarValue({ value, source }: Scalar): unknown {
  const asWritten = value instanceof Date || (typeof value === 'boolean' && /^[yYnN]$/.test(source ?? ''))
  return asWritten ? source : value
}

/** A list item such as `- a: 1` in flow style (`[a: 1]`) is a map of one pair already; a bare pair cannot come from parsing. */
function pairOrNode(item: unknown): Node | null {
  return isPair(item) ? null : (item as Node | null)
}
