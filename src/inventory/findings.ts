import type { Diagnostic } from '../model/diagnostic.js'

/** What is noticed while inventories are read. */
export interface Findings {
  /** What makes the inventory wrong: nothing may run. */
  readonly diagnostics: Diagnostic[]
  /** What is left out or ignored, and why; the inventory can be used. */
  readonly warnings: Diagnostic[]
}

export function noFindings(): Findings {
  return { diagnostics: [], warnings: [] }
}
