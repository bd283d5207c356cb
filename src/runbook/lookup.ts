import type { Json } from '../model/json.js'
import type { Budget } from './budget.js'

export interface VariableProblem {
  readonly code: 'undefined-variable' | 'undefined-environment' | 'variable-circle' | 'variable-too-large' | 'bad-variable'
  readonly message: string
  readonly hint?: string | undefined
  /** The text to underline: `${gatewya}`. */
  readonly source: string
}

export type Found = { readonly value: Json; readonly isSecret?: boolean } | { readonly problem: Omit<VariableProblem, 'source'> }

/** What names stand for. */
export interface Lookup {
  /** Never throws; `name` has the form that `parseTemplate` lets through. */
  lookup(name: string): Found
  /** Of everything that is filled in from here. */
  readonly budget: Budget
}
