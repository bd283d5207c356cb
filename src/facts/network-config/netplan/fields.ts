import type { Draft } from '../draft.js'
import { wholeOf } from '../text-values.js'
import type { Topic } from '../value.js'
import { type Tree, type TreeMap, type TreeText, written } from './tree.js'

/** The keys of one map: what is read of them has the type that netplan expects, and the rest is told as not understood. */
export class Fields {
  private readonly seen = new Set<string>()

  constructor(
    private readonly map: TreeMap,
    private readonly draft: Draft,
    /** The interface that this is about. */
    private readonly about: string | null,
  ) {}

  has(key: string): boolean {
    return this.map.entries.has(key)
  }

  text(key: string, topics: readonly Topic[]): TreeText | null {
    const value = this.take(key)
    if (value === undefined || value.kind === 'text') return value ?? null
    return this.doubt(key, value, 'expected a word', topics)
  }

  /** netplan's words for yes and no (handle_generic_bool in src/parse.c). */
  flag(key: string, topics: readonly Topic[]): boolean | null {
    const value = this.text(key, topics)
    if (value === null) return null
    if (/^(true|on|yes|y)$/i.test(value.text)) return true
    if (/^(false|off|no|n)$/i.test(value.text)) return false
    return this.doubt(key, value, 'expected true or false', topics)
  }

  whole(key: string, topics: readonly Topic[]): number | null {
    const value = this.text(key, topics)
    if (value === null) return null
    return wholeOf(value.text) ?? this.doubt(key, value, 'expected a whole number', topics)
  }

  list(key: string, topics: readonly Topic[]): readonly Tree[] {
    const value = this.take(key)
    if (value === undefined) return []
    if (value.kind === 'list') return value.items
    this.doubt(key, value, 'expected a list', topics)
    return []
  }

  texts(key: string, topics: readonly Topic[]): readonly TreeText[] {
    return this.list(key, topics).flatMap((item) => {
      if (item.kind === 'text') return [item]
      this.doubt(key, item, 'expected a word', topics)
      return []
    })
  }

  /** @param topics of the map itself; the keys in it are told apart by who reads them. */
  fields(key: string, topics: readonly Topic[]): Fields | null {
    const value = this.take(key)
    if (value === undefined) return null
    if (value.kind === 'map') return new Fields(value, this.draft, this.about)
    return this.doubt(key, value, 'expected a map', topics)
  }

  /** For keys that are refused for a reason of the reader's own. */
  refuse(key: string, why: string, topics: readonly Topic[]): void {
    const value = this.map.entries.get(key)
    if (value !== undefined) this.doubt(key, value, why, topics)
  }

  /** Tells every key that nobody has read and that is not one of these. */
  rest(ignored: (key: string) => boolean, topics: readonly Topic[]): void {
    for (const [key, value] of this.map.entries) {
      if (!this.seen.has(key) && !ignored(key)) this.doubt(key, value, 'this key is not known', topics)
    }
  }

  private take(key: string): Tree | undefined {
    this.seen.add(key)
    return this.map.entries.get(key)
  }

  private doubt(key: string, value: Tree, why: string, topics: readonly Topic[]): null {
    this.seen.add(key)
    this.draft.doubt(value, `${key}: ${written(value)}`, why, this.about, topics)
    return null
  }
}
