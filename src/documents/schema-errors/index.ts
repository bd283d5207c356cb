import { nearest } from '../../lib/nearest.js'
import type { DataPath } from '../document.js'
import { judgeBranches } from './judge.js'
import { phrase } from './phrases.js'
import { pointerToPath, schemaAround, valueAt } from './pointer.js'
import type { DataProblem, Schema, SchemaError, Validator } from './types.js'

export { describeValue } from './describe.js'
export { suggest } from './phrases.js'
export { valueAt } from './pointer.js'
export type { DataProblem, Schema, Validator } from './types.js'

/** More than anyone reads; bounds the work on a hostile file. */
const maxErrors = 500

/**
 * Validates `data` and puts what is wrong in words: one problem for one mistake, at the place of the mistake.
 * @param schema what `validator` was generated from.
 */
export function schemaProblems(validator: Validator, schema: Schema, data: unknown): readonly DataProblem[] {
  if (validator(data)) return []
  return explainErrors(validator.errors ?? [], schema, data)
}

function explainErrors(errors: readonly SchemaError[], schema: Schema, data: unknown): readonly DataProblem[] {
  const problems = new Map<string, DataProblem>()
  const judged = withoutConsequences(judgeBranches(errors, data).slice(0, maxErrors))
  for (const error of judged) {
    const path = pointerToPath(error.instancePath)
    const found = { error, schema: schemaAround(schema, error.schemaPath), path, value: valueAt(data, path) }
    const said = phrase(found)
    if (said === null) continue
    const { code, message, hint, at = 'value' } = said
    const full: DataPath = [...path, ...(error.propertyName === undefined ? (said.below ?? []) : [error.propertyName])]
    problems.set(JSON.stringify([full, message]), { path: full, at, code, message, hint })
  }
  return [...problems.values()]
}

/**
 * `destinaton:` is one mistake, though a key is unknown and another one is missing. What has the wrong type breaks no other rule.
 */
function withoutConsequences(errors: readonly SchemaError[]): readonly SchemaError[] {
  const unknown = errors.filter((error) => error.keyword === 'additionalProperties')
  const mistyped = new Set(errors.filter((error) => error.keyword === 'type').map((error) => error.instancePath))
  return errors.filter((error) => {
    if (error.keyword !== 'type' && mistyped.has(error.instancePath)) return false
    if (error.keyword !== 'required') return true
    const missing = String(error.params.missingProperty)
    const beside = unknown.filter((other) => other.instancePath === error.instancePath)
    return !beside.some((other) => nearest(String(other.params.additionalProperty), [missing]) !== null)
  })
}
