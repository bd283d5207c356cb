import type { SpecProblem } from '../model/check.js'
import type { Expectation, Operators, ValueType } from './expectation.js'

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

/** What is wrong with an expectation of something that is never below 0; null where nothing is. For a room's `problems`. */
export function neverNegativeProblem<Raw>(type: ValueType<Raw, number>, expectation: Expectation<Raw> | undefined): string | null {
  if (expectation === undefined) return null
  const isPlain = typeof expectation !== 'object' || expectation === null
  const { min, max, ...others }: Operators<Raw> = isPlain ? { min: expectation as Raw, max: expectation as Raw } : expectation
  if (max !== undefined && type.read(max) < 0) return 'it is never less than 0'
  const all = min !== undefined && max === undefined && Object.keys(others).length === 0 && type.read(min) <= 0
  return all ? 'it is always at least 0: that proves nothing' : null
}
