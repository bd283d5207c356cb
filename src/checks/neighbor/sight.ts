import type { Neighbors } from '../../facts/neighbors/index.js'
import type { Place } from './place.js'
import type { Spec } from './schema.js'
import type { Target } from './targets.js'

/** What came of asking who has the address; null: nobody was asked. */
export type Asked =
  | { readonly kind: 'answered'; readonly macs: readonly [string, ...string[]]; readonly on: string }
  | { readonly kind: 'silent'; readonly times: number; readonly on: string }
  /** `able`: the login may ask and has the means; it is the link that cannot. */
  | { readonly kind: 'unasked'; readonly why: string; readonly able: boolean }

/** All that is known before anybody is asked. */
export interface Sight {
  readonly spec: Spec
  readonly target: Target
  readonly table: Neighbors
  readonly place: Place
  /** Whose view it is. */
  readonly host: string
}

export interface Seen extends Sight {
  readonly asked: Asked | null
}
