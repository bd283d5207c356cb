import { pointerToPath, valueAt } from './pointer.js'
import type { SchemaError } from './types.js'

/** An error that stands for several branches of which none fits better than the others; their indexes are in `params.branches`. */
export const noBranch = 'no-branch'

/**
 * Replaces the errors of all branches of an `anyOf` or `oneOf` by those of the branch that was meant: the one for data of this type.
 * ajv reports the errors of the branches first, then the one of the `anyOf` itself; one pass from the inside out is enough.
 */
export function judgeBranches(errors: readonly SchemaError[], data: unknown): SchemaError[] {
  const judged: SchemaError[] = []
  for (const error of errors) {
    if (error.keyword !== 'anyOf' && error.keyword !== 'oneOf') {
      judged.push(error)
      continue
    }
    let start = judged.length
    while (start > 0 && isInside(judged[start - 1], error)) start--
    const inside = judged.splice(start)
    judged.push(...meantBranch(error, inside, data))
  }
  return judged
}

function isInside(error: SchemaError | undefined, whole: SchemaError): boolean {
  if (error === undefined || !error.schemaPath.startsWith(`${whole.schemaPath}/`)) return false
  return error.instancePath === whole.instancePath || error.instancePath.startsWith(`${whole.instancePath}/`)
}

function meantBranch(whole: SchemaError, inside: readonly SchemaError[], data: unknown): SchemaError[] {
  if (inside.length === 0) return [whole]
  const branches = [...byBranch(inside, whole)]
  const value = valueAt(data, pointerToPath(whole.instancePath))
  const fitting = branches.filter(([, errors]) => !errors.some((error) => isTypeMismatch(error, whole, value)))
  if (fitting.length === 0) return [undecided(whole, branches)]
  const likely = withoutOtherVariants(fitting, whole)
  const isPlain = typeof value !== 'object' || value === null
  // Several branches want text, and this text is none of theirs: say what all of them want.
  if (isPlain && likely.length > 1) return [undecided(whole, likely)]
  return likely.map(([, errors]) => errors).sort((a, b) => a.length - b.length)[0] ?? []
}

type Branch = readonly [index: string, errors: SchemaError[]]

function undecided(whole: SchemaError, branches: readonly Branch[]): SchemaError {
  return { ...whole, keyword: noBranch, params: { branches: branches.map(([index]) => index) } }
}

function byBranch(errors: readonly SchemaError[], whole: SchemaError): Map<string, SchemaError[]> {
  const branches = new Map<string, SchemaError[]>()
  for (const error of errors) {
    const index = branchIndex(error, whole)
    const branch = branches.get(index)
    if (branch === undefined) branches.set(index, [error])
    else branch.push(error)
  }
  return branches
}

function branchIndex(error: SchemaError, whole: SchemaError): string {
  return error.schemaPath.slice(whole.schemaPath.length + 1).split('/', 1)[0] ?? ''
}

/** A branch that lists values wants data of their types. */
function isTypeMismatch({ instancePath, keyword, params }: SchemaError, whole: SchemaError, value: unknown): boolean {
  if (instancePath !== whole.instancePath) return false
  if (keyword === 'type' || keyword === noBranch) return true
  const listed = keyword === 'const' ? [params.allowedValue] : keyword === 'enum' ? (params.allowedValues as readonly unknown[]) : null
  return listed !== null && !listed.some((allowed) => typeof allowed === typeof value)
}

/** A map whose `type: a` says that it is no `type: b` is not judged by the rules of b. */
function withoutOtherVariants(branches: readonly Branch[], whole: SchemaError): readonly Branch[] {
  const same = branches.filter(([, errors]) => !errors.some((error) => error.keyword === 'const' && isChild(error, whole)))
  return same.length === 0 ? branches : same
}

function isChild(error: SchemaError, whole: SchemaError): boolean {
  return pointerToPath(error.instancePath).length === pointerToPath(whole.instancePath).length + 1
}
