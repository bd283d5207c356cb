import { type DataPath, diagnosticAt, type LoadedDocument, locationOf } from '../documents/index.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { slug } from './name.js'

/** What ids are made of. */
export interface Identified {
  readonly document: LoadedDocument
  /** Of the entry. */
  readonly path: DataPath
  /** null where the runbook gives none. */
  readonly declaredId: string | null
  readonly name: string
}

/**
 * An id for every entry, unique over all of them. Declared ids stay as they are; two entries that declare the same one are a mistake,
 * but for one entry that two runbooks include: it then counts as two checks, the second one numbered.
 */
export function assignIds(entries: readonly Identified[]): {
  readonly ids: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
} {
  const diagnostics: Diagnostic[] = []
  const owners = new Map<string, Identified>()
  const numbered = new Set<Identified>()
  for (const entry of entries) {
    const { declaredId: id, document, path } = entry
    if (id === null) continue
    const owner = owners.get(id)
    if (owner === undefined) {
      owners.set(id, entry)
      continue
    }
    numbered.add(entry)
    const first = locationOf(owner.document, [...owner.path, 'id'])
    const here = locationOf(document, [...path, 'id'])
    if (first.file === here.file && first.line === here.line && first.column === here.column) continue
    const hint = `the first one is at ${first.file}:${first.line}:${first.column}; ids are unique over all runbooks of a run`
    diagnostics.push(diagnosticAt(document, [...path, 'id'], { code: 'duplicate-id', message: `duplicate id "${id}"`, hint }))
  }
  const taken = new Set(owners.keys())
  const next = new Map<string, number>()
  const ids = entries.map((entry) => {
    const wanted = entry.declaredId ?? slug(entry.name)
    if (entry.declaredId !== null && !numbered.has(entry)) return wanted
    return free(wanted, taken, next)
  })
  return { ids, diagnostics }
}

function free(wanted: string, taken: Set<string>, next: Map<string, number>): string {
  let id = wanted
  let number = next.get(wanted) ?? 2
  while (taken.has(id)) {
    id = `${wanted}-${number}`
    number += 1
  }
  next.set(wanted, number)
  taken.add(id)
  return id
}
