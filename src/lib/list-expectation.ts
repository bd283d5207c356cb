/** A plain list means exactly these; a map what has to be among them and what may not. */
export type ListExpectation = readonly string[] | { readonly contains?: readonly string[]; readonly not?: readonly string[] }

/** For a room's schema. */
export function listExpectationSchema<const Item extends object>(item: Item) {
  const some = { type: 'array', items: item, minItems: 1 } as const
  const operators = { type: 'object', properties: { contains: some, not: some }, additionalProperties: false, minProperties: 1 } as const
  return { anyOf: [{ type: 'array', items: item }, operators] } as const
}

export interface ListDifference {
  readonly missing: readonly string[]
  readonly unwanted: readonly string[]
  /** The same values in another order, where the order matters. */
  readonly misordered: boolean
}

const isExact = (expected: ListExpectation): expected is readonly string[] => Array.isArray(expected)

/** All values that an expectation names. */
export const namedValues = (expected: ListExpectation): readonly string[] =>
  isExact(expected) ? expected : [...(expected.contains ?? []), ...(expected.not ?? [])]

/** @returns null when `actual` is as expected. Values are compared as they stand: read both to one spelling before. */
export function listDifference(expected: ListExpectation, actual: readonly string[], ordered: boolean): ListDifference | null {
  const wanted = isExact(expected) ? expected : (expected.contains ?? [])
  const missing = wanted.filter((value) => !actual.includes(value))
  const unwanted = isExact(expected)
    ? actual.filter((value) => !expected.includes(value))
    : actual.filter((value) => expected.not?.includes(value))
  const misordered = ordered && isExact(expected) && missing.length + unwanted.length === 0 && expected.join('\n') !== actual.join('\n')
  return missing.length + unwanted.length > 0 || misordered ? { missing, unwanted, misordered } : null
}

/** `10.0.0.1, 10.0.0.2`, `none`, `10.0.0.1 among them and none of 10.0.0.9`. */
export function describeList(expected: ListExpectation): string {
  if (isExact(expected)) return showList(expected)
  return [
    expected.contains === undefined ? '' : `${showList(expected.contains)} among them`,
    expected.not === undefined ? '' : `none of ${showList(expected.not)}`,
  ]
    .filter((words) => words !== '')
    .join(' and ')
}

export const showList = (values: readonly string[]): string => (values.length === 0 ? 'none' : values.join(', '))

/** Why no list can be as expected; null where one can. */
export function listProblem(expected: ListExpectation): string | null {
  if (isExact(expected)) return null
  const both = expected.contains?.find((value) => expected.not?.includes(value))
  return both === undefined ? null : `${both} has to be among them, and may not`
}
