import type { Draft } from '../draft.js'
import type { ConfigFile } from '../files.js'
import { type IniEntry, readKeyFile, unescaped } from '../ini.js'
import type { Place } from '../value.js'

/** One connection profile: its sections, each a map of keys. Of a key that comes twice the last one counts, as with GLib. */
export interface Profile extends Place {
  readonly id: string
  readonly uuid: string | null
  readonly type: string
  readonly sections: ReadonlyMap<string, ReadonlyMap<string, IniEntry>>
}

/** Names that sections had before (nm-settings-keyfile(5)). */
const today: Readonly<Record<string, string>> = { '802-3-ethernet': 'ethernet', '802-11-wireless': 'wifi' }

/** @returns null for a file that NetworkManager refuses, which is told. */
export function readProfile(file: ConfigFile, draft: Draft): Profile | null {
  const { sections, strays } = readKeyFile(file)
  const [stray] = strays
  if (stray !== undefined) {
    draft.doubt(stray, stray.text, 'is neither a group, a key with a value nor a comment: NetworkManager refuses the whole file', null)
    return null
  }
  const found = new Map<string, Map<string, IniEntry>>()
  for (const { name, entries } of sections) {
    const known = today[name] ?? name
    const keys = found.get(known) ?? new Map<string, IniEntry>()
    for (const entry of entries) keys.set(entry.key, entry)
    found.set(known, keys)
  }
  const word = (key: string): string | null => {
    const value = found.get('connection')?.get(key)?.value ?? ''
    return value === '' ? null : unescaped(value)
  }
  const type = word('type')
  const place = { file: file.path, line: sections[0]?.line ?? 0 }
  if (type === null) {
    draft.doubt(place, '', 'there is no `type` in [connection]: NetworkManager refuses the whole file', null)
    return null
  }
  return { ...place, id: word('id') ?? file.path, uuid: word('uuid'), type: today[type] ?? type, sections: found }
}
