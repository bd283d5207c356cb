import { factKey } from '../../lib/fact-key.js'
import type { Learnt } from '../../model/check.js'
import type { FactError, FactRequest } from '../../model/fact.js'
import type { Json } from '../../model/json.js'

/** Where an inquiry asks for facts, and notes what is still to be learnt. */
export interface Desk {
  /** null: not known, or not yet. */
  ask<Value extends Json>(request: FactRequest<Value>): Value | null
  /** What has been asked for and not been tried yet. */
  readonly wanted: readonly FactRequest[]
  /** What was tried in vain. */
  readonly failures: readonly { readonly request: FactRequest; readonly error: FactError }[]
}

/**
 * @param needs what is known from the start.
 * @param final whether nothing more can be learnt: what is not known then stays unknown.
 */
export function openDesk(needs: readonly (readonly [FactRequest, Json])[], learnt: Learnt, final: boolean): Desk {
  const known = new Map(needs.map(([request, value]) => [factKey(request), value]))
  const wanted = new Map<string, FactRequest>()
  const failures = new Map<string, { request: FactRequest; error: FactError }>()
  return {
    ask: <Value extends Json>(request: FactRequest<Value>): Value | null => {
      const key = factKey(request)
      const need = known.get(key)
      // The key names the kind of fact, and with it the type of its value.
      if (need !== undefined) return need as Value
      const outcome = learnt.of(request)
      if (outcome === undefined && !final) wanted.set(key, request)
      if (outcome !== undefined && 'error' in outcome) failures.set(key, { request, error: outcome.error })
      return outcome !== undefined && 'value' in outcome ? outcome.value : null
    },
    get wanted() {
      return [...wanted.values()]
    },
    get failures() {
      return [...failures.values()]
    },
  }
}
