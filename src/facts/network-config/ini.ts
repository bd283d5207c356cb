import type { ConfigFile } from './files.js'
import type { Place } from './value.js'

export interface IniEntry extends Place {
  readonly key: string
  readonly value: string
}

/** One `[name]` and what follows it. A name that comes again makes another section. */
export interface IniSection extends Place {
  readonly name: string
  readonly entries: readonly IniEntry[]
}

/** A line that is neither section, assignment nor comment. */
export interface IniStray extends Place {
  readonly text: string
}

export interface Ini {
  readonly sections: readonly IniSection[]
  readonly strays: readonly IniStray[]
}

/**
 * Reads a file of systemd.syntax(7): comments begin with `#` or `;`, a line that ends in `\` goes on in the next, space around keys and
 * values means nothing.
 */
export function readUnitFile(file: ConfigFile): Ini {
  const reader = new Reader(file.path)
  let open: { line: number; text: string } | null = null
  for (const [index, raw] of file.lines.entries()) {
    const text = raw.replace(/\r$/, '').replace(index === 0 ? /^\uFEFF/ : /^$/, '')
    // Comments may stand inside of a line that goes on.
    if (/^\s*[#;]/.test(text)) continue
    const goesOn = text.endsWith('\\')
    const piece = goesOn ? text.slice(0, -1) : text
    const line: { line: number; text: string } =
      open === null ? { line: index + 1, text: piece } : { ...open, text: `${open.text} ${piece}` }
    open = goesOn ? line : null
    if (!goesOn) reader.take(line.text, line.line)
  }
  if (open !== null) reader.take(open.text, open.line)
  return reader.ini
}

/**
 * Reads a file as GLib does (glib/gkeyfile.c): comments begin with `#`, values keep space at their end and have the escapes `\s`, `\n`,
 * `\t`, `\r` and `\\`, which are left in, as lists split at `;` first: `\;` is none.
 */
export function readKeyFile(file: ConfigFile): Ini {
  const reader = new Reader(file.path)
  for (const [index, raw] of file.lines.entries()) {
    const text = raw.replace(/\r$/, '').replace(index === 0 ? /^\uFEFF/ : /^$/, '')
    if (!/^\s*#/.test(text)) reader.take(text.trimStart(), index + 1)
  }
  return reader.ini
}

/** @returns one value with its escapes replaced. */
export function unescaped(value: string): string {
  const meanings: Readonly<Record<string, string>> = { s: ' ', n: '\n', t: '\t', r: '\r' }
  return value.replace(/\\(.)/g, (_, character: string) => meanings[character] ?? character)
}

/** @returns the values of a list of GLib's; a `;` at the end is none's beginning. */
export function listed(value: string): readonly string[] {
  const items = value.match(/(?:\\.|[^;\\])+/g) ?? []
  return items.map((item) => unescaped(item.trim())).filter((item) => item !== '')
}

class Reader {
  readonly ini: { readonly sections: (IniSection & { readonly entries: IniEntry[] })[]; readonly strays: IniStray[] } = {
    sections: [],
    strays: [],
  }

  constructor(private readonly file: string) {}

  take(text: string, line: number): void {
    const place = { file: this.file, line }
    const trimmed = text.trim()
    if (trimmed === '') return
    const section = /^\[([^[\]]+)\]$/.exec(trimmed)?.[1]
    if (section !== undefined) {
      this.ini.sections.push({ ...place, name: section, entries: [] })
      return
    }
    const sign = text.indexOf('=')
    const key = text.slice(0, Math.max(0, sign)).trim()
    const current = this.ini.sections.at(-1)
    if (key === '' || key.startsWith('[') || current === undefined) this.ini.strays.push({ ...place, text: trimmed })
    else current.entries.push({ ...place, key, value: text.slice(sign + 1).trim() })
  }
}
