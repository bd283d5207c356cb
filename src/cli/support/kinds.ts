import { checkKinds } from '../../builtins.js'
import { nearest } from '../../lib/nearest.js'
import { UsageError } from './options.js'

/** For a name that is neither a check kind nor one of `others`. */
export function unknownKind(name: string, others: readonly string[] = []): UsageError {
  const known = [...others, ...checkKinds.map(({ kind }) => kind)]
  const near = nearest(name, known)
  const hint = near === null ? '' : `; did you mean ${near}?`
  return new UsageError(`netproof: no check kind is called ${JSON.stringify(name)}: expected ${known.join(', ')}${hint}`)
}
