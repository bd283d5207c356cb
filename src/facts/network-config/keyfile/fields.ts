import type { Draft } from '../draft.js'
import { type IniEntry, listed, unescaped } from '../ini.js'
import { wholeOf } from '../text-values.js'
import type { Place, Topic } from '../value.js'

/** The keys of one section. What was not read and is not ignored is told as not understood. */
export class Fields {
  private readonly seen = new Set<string>()

  constructor(
    private readonly keys: ReadonlyMap<string, IniEntry>,
    private readonly draft: Draft,
    private readonly about: string | null,
    private readonly topics: readonly Topic[],
  ) {}

  entry(key: string): IniEntry | null {
    this.seen.add(key)
    const entry = this.keys.get(key)
    return entry === undefined || entry.value === '' ? null : entry
  }

  text(key: string): string | null {
    const entry = this.entry(key)
    return entry === null ? null : unescaped(entry.value)
  }

  list(key: string): readonly string[] {
    return listed(this.entry(key)?.value ?? '')
  }

  /** The values of a list, each with its place. */
  items(key: string): readonly (Place & { readonly text: string })[] {
    const entry = this.entry(key)
    return entry === null ? [] : listed(entry.value).map((text) => ({ file: entry.file, line: entry.line, text }))
  }

  /** GLib knows `true` and `1`; NetworkManager reads `yes` and the like since 1.8. */
  flag(key: string): boolean | null {
    const entry = this.entry(key)
    if (entry === null) return null
    if (/^(true|yes|on|1)$/i.test(entry.value)) return true
    if (/^(false|no|off|0)$/i.test(entry.value)) return false
    this.doubt(entry, 'expected true or false')
    return null
  }

  /** @returns null for -1 as well, which stands for "not said". */
  whole(key: string): number | null {
    const entry = this.entry(key)
    if (entry === null || entry.value === '-1') return null
    const value = wholeOf(entry.value)
    if (value === null) this.doubt(entry, 'expected a whole number')
    return value
  }

  /** Every key of a numbered family, in its numbers' order: `address`, `address1`, `address2`. */
  numbered(pattern: RegExp): readonly IniEntry[] {
    const found = [...this.keys.values()].flatMap((entry) => {
      const [match, number = '-1'] = pattern.exec(entry.key) ?? []
      return match === undefined ? [] : [{ entry, number: Number(number) }]
    })
    for (const { entry } of found) this.seen.add(entry.key)
    return found.sort((a, b) => a.number - b.number).map(({ entry }) => entry)
  }

  doubt(entry: IniEntry, why: string): void {
    this.draft.doubt(entry, `${entry.key}=${entry.value}`, why, this.about, this.topics)
  }

  rest(ignored: RegExp): void {
    for (const entry of this.keys.values()) {
      if (!this.seen.has(entry.key) && !ignored.test(entry.key)) this.doubt(entry, 'this key is not known')
    }
  }
}
