import type { SpecProblem } from '../model/check.js'
import type { Expectation } from './expectation.js'

type Place = readonly (string | number)[]

export interface Raw {
  readonly path: Place
  readonly raw: string
}

/** Every value of an expectation that must be of its own kind, with the way to it. */
export function rawValues(expectation: Expectation<string> | undefined, path: Place): readonly Raw[] {
  if (expectation === undefined) return []
  if (typeof expectation === 'string') return [{ path, raw: expectation }]
  const { not, 'one-of': oneOf } = expectation
  return [...rawList(not, [...path, 'not']), ...rawList(oneOf, [...path, 'one-of'])]
}

function rawList(value: string | readonly string[] | undefined, path: Place): readonly Raw[] {
  if (value === undefined) return []
  return typeof value === 'string' ? [{ path, raw: value }] : value.map((raw, index) => ({ path: [...path, index], raw }))
}

/** `min` and `max` need an order: these properties have none. */
export function orderProblems<Key extends string>(
  spec: { readonly [key in Key]?: unknown },
  properties: readonly Key[],
): readonly SpecProblem[] {
  return properties.flatMap((property) => {
    const expectation = spec[property]
    if (typeof expectation !== 'object' || expectation === null) return []
    return (['min', 'max'] as const)
      .filter((operator) => operator in expectation)
      .map((operator) => ({
        path: [property, operator],
        message: `\`${operator}\` needs numbers, and ${property} is none`,
        hint: 'use one-of or matches',
      }))
  })
}
