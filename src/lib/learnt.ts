import type { Learnt } from '../model/check.js'
import type { FactError, FactRequest } from '../model/fact.js'
import type { Json } from '../model/json.js'
import { factKey } from './fact-key.js'

/** What is known by key, as a check asks for it. */
export function learntFrom(outcomeOf: (key: string) => { readonly value: Json } | { readonly error: FactError } | undefined): Learnt {
  return {
    // The key names the kind of fact, and with it the type of its value.
    of: <Value extends Json>(request: FactRequest<Value>) =>
      outcomeOf(factKey(request)) as { readonly value: Value } | { readonly error: FactError } | undefined,
  }
}

/** Nothing was asked for beside the needs. */
export const nothingLearnt: Learnt = learntFrom(() => undefined)
