import { type DataPath, diagnosticAt, type LoadedDocument } from '../documents/index.js'
import { nearestHint } from '../lib/nearest.js'
import type { Diagnostic } from '../model/diagnostic.js'

export interface Needing {
  readonly id: string
  readonly runbook: number
  /** What the runbook calls it; differs from `id` where one file is included by two runbooks. */
  readonly declaredId: string | null
  /** As written. */
  readonly needs: readonly string[]
  readonly document: LoadedDocument
  /** Of the entry. */
  readonly path: DataPath
}

/** Finds the checks that `needs` means, first in the same runbook. @returns ids for each entry; unknown ones left out. */
export function linkNeeds(entries: readonly Needing[]): {
  readonly needs: readonly (readonly string[])[]
  readonly diagnostics: readonly Diagnostic[]
} {
  const diagnostics: Diagnostic[] = []
  const ids = new Set(entries.map(({ id }) => id))
  const local = new Map<string, string>()
  for (const { runbook, declaredId, id } of entries) if (declaredId !== null) local.set(`${runbook} ${declaredId}`, id)
  const needs = entries.map((entry) =>
    entry.needs.flatMap((wanted, index) => {
      const id = local.get(`${entry.runbook} ${wanted}`) ?? (ids.has(wanted) ? wanted : null)
      if (id !== null) return [id]
      const hint = nearestHint(wanted, ids) ?? 'netproof plan shows the ids of all checks'
      const problem = { code: 'unknown-id', message: `no check has the id "${wanted}"`, hint }
      diagnostics.push(diagnosticAt(entry.document, [...entry.path, 'needs', index], problem))
      return []
    }),
  )
  return { needs, diagnostics: [...diagnostics, ...circles(entries, needs)] }
}

/** One diagnostic for each circle, at the `needs` that closes it. */
function circles(entries: readonly Needing[], needs: readonly (readonly string[])[]): Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  const index = new Map(entries.map(({ id }, at) => [id, at]))
  const state = new Map<number, 'open' | 'done'>()
  for (const start of entries.keys()) {
    // A list instead of recursion: thousands of checks may need each other in one chain.
    const chain: { at: number; next: number }[] = state.has(start) ? [] : [{ at: start, next: 0 }]
    for (let top = chain.at(-1); top !== undefined; top = chain.at(-1)) {
      state.set(top.at, 'open')
      const wanted = needs[top.at]?.[top.next]
      top.next += 1
      const target = wanted === undefined ? undefined : index.get(wanted)
      if (target === undefined) {
        state.set(top.at, 'done')
        chain.pop()
      } else if (state.get(target) === 'open') {
        const names = chain.slice(chain.findIndex(({ at }) => at === target)).map(({ at }) => entries[at]?.id)
        const entry = entries[top.at]
        const message = `checks need each other in a circle: ${[...names, wanted].join(' → ')}`
        if (entry) diagnostics.push(diagnosticAt(entry.document, [...entry.path, 'needs'], { code: 'needs-circle', message }))
      } else if (!state.has(target)) chain.push({ at: target, next: 0 })
    }
  }
  return diagnostics
}
