import type { Draft } from '../draft.js'
import { type IniEntry, type IniSection, readUnitFile } from '../ini.js'
import type { Place } from '../value.js'
import type { Unit } from './files.js'

/** A unit with everything that is dropped in to it, as if it were one file. */
export interface ReadUnit extends Place {
  readonly name: string
  readonly sections: readonly IniSection[]
}

/** @returns null for a unit that systemd-networkd refuses, which is told. */
export function readUnit({ name, main, dropIns }: Unit, draft: Draft): ReadUnit | null {
  const files = [main, ...dropIns].map(readUnitFile)
  for (const { strays } of files) {
    for (const stray of strays) {
      if (stray.text.startsWith('[')) {
        draft.doubt(stray, stray.text, 'is no section: systemd-networkd refuses the file', null)
        return null
      }
      draft.note(stray, `${stray.text}: no assignment in a section, which systemd-networkd ignores`)
    }
  }
  const [first] = files
  return { name, file: main.path, line: first?.sections[0]?.line ?? 0, sections: files.flatMap(({ sections }) => sections) }
}

/** The assignments of all sections of these names, in order. */
export function entriesOf(unit: ReadUnit, ...names: readonly string[]): readonly IniEntry[] {
  return unit.sections.filter(({ name }) => names.includes(name)).flatMap(({ entries }) => entries)
}

/** The last assignment of a key; null without one, and for an empty one, which takes earlier ones back. */
export function lastOf(entries: readonly IniEntry[], key: string): IniEntry | null {
  const last = entries.filter((entry) => entry.key === key).at(-1)
  return last === undefined || last.value === '' ? null : last
}

/** All assignments of a key that add up; an empty one takes back what was before it. */
export function allOf(entries: readonly IniEntry[], key: string): readonly IniEntry[] {
  const own = entries.filter((entry) => entry.key === key)
  return own.slice(own.findLastIndex(({ value }) => value === '') + 1)
}

/** systemd's words for yes and no (parse_boolean in src/basic/parse-util.c); null for others. */
export function booleanOf(text: string): boolean | null {
  if (/^(1|yes|y|true|t|on)$/i.test(text)) return true
  return /^(0|no|n|false|f|off)$/i.test(text) ? false : null
}

export const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '')
