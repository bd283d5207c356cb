import type { YamlNode } from '../../../lib/yaml-data.js'
import type { Place } from '../value.js'

/** A node that remembers its file, so that several files can become one tree. */
export type Tree = TreeText | TreeList | TreeMap

export interface TreeText extends Place {
  readonly kind: 'text'
  readonly text: string
}

export interface TreeList extends Place {
  readonly kind: 'list'
  readonly items: readonly Tree[]
}

export interface TreeMap extends Place {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, Tree>
}

export function treeOf(node: YamlNode, file: string): Tree {
  const place = { file, line: node.line }
  if (node.kind === 'text') return { ...place, kind: 'text', text: node.text }
  if (node.kind === 'list') return { ...place, kind: 'list', items: node.items.map((item) => treeOf(item, file)) }
  // What a key holds is found where the key is.
  const entries = node.entries.map(({ key, line, value }) => [key, { ...treeOf(value, file), line }] as const)
  return { ...place, kind: 'map', entries: new Map(entries) }
}

/** These are set, not added to (handle_link_local in netplan's src/parse.c). */
const replaced: ReadonlySet<string> = new Set(['link-local'])

/**
 * What two files say together: maps are merged, lists joined, and words of the later one win (netplan-generate(8), "Handling multiple
 * files"). Where the kinds differ the later one wins; netplan refuses that.
 */
export function merged(earlier: Tree, later: Tree): Tree {
  if (earlier.kind === 'list' && later.kind === 'list') return { ...earlier, items: [...earlier.items, ...later.items] }
  if (earlier.kind !== 'map' || later.kind !== 'map') return later
  const entries = new Map(earlier.entries)
  for (const [key, value] of later.entries) {
    const before = entries.get(key)
    entries.set(key, before === undefined || replaced.has(key) ? value : merged(before, value))
  }
  return { ...earlier, entries }
}

/** The tree as a person would write it on one line, for what is shown as not understood. */
export function written(tree: Tree): string {
  if (tree.kind === 'text') return tree.text
  if (tree.kind === 'list') return `[${tree.items.slice(0, 8).map(written).join(', ')}]`
  return `{ ${[...tree.entries]
    .slice(0, 8)
    .map(([key, value]) => `${key}: ${written(value)}`)
    .join(', ')} }`
}
