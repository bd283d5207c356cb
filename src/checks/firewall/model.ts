import type { Chain, Field, Rule, Table } from '../../facts/firewall-rules/index.js'
import type { Space } from './space.js'

/** Where something was decided; without a rule: by the chain's policy. */
export interface Place {
  readonly table: Table
  readonly chain: Chain
  readonly rule: Rule | null
}

/** Why a rule may match or not: it looks at a field that the runbook does not give, or at what no packet tells. */
export interface Doubt {
  readonly place: Place
  readonly field: Field | null
  readonly what: string
}

/** A rule that gave packets another destination. */
export interface Translation {
  readonly place: Place
  readonly to: string
  /** null: kept. */
  readonly address: string | null
  /** null: kept. */
  readonly port: number | null
  /** It is the host itself, by one of its addresses. */
  readonly self: boolean
  /** Where they were going. */
  readonly before: Pick<Space, 'daddr' | 'dport'>
}

/** Packets that have come so far together. */
export interface State {
  readonly space: Space
  readonly doubts: readonly Doubt[]
  /** The rule that last let them through in the hook that is asked about. */
  readonly accepted: Place | null
  /** The destination that they were given. */
  readonly translated: Translation | null
  readonly sourceTranslated: boolean
}

export type Outcome = 'accept' | 'drop' | 'reject' | 'unknown'

/** Packets that have met their end. */
export interface Part {
  readonly state: State
  readonly outcome: Outcome
  /** null: nothing stood in the way. */
  readonly place: Place | null
  /** For `unknown`: why. */
  readonly what: string
}

/** More rules and parts than a verdict can be found in: who asks is told so. */
export class TooComplicated extends Error {
  override readonly name = 'TooComplicated'
}
