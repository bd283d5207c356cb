/** Tells whether data from outside is what a type promises. */
export type Shape<Value> = (value: unknown) => value is Value

export const text: Shape<string> = (value) => typeof value === 'string'

export const flag: Shape<boolean> = (value) => typeof value === 'boolean'

export const amount: Shape<number> = (value) => typeof value === 'number'

/** Whole and not below zero: ports, uids, metrics. */
export const whole: Shape<number> = (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0

export const nothing: Shape<null> = (value) => value === null

export function orNull<Value>(shape: Shape<Value>): Shape<Value | null> {
  return (value): value is Value | null => value === null || shape(value)
}

/** One of these words or numbers. */
export function oneOf<const Value>(values: readonly Value[]): Shape<Value> {
  return (value): value is Value => values.some((known) => known === value)
}

export function either<First, Second>(first: Shape<First>, second: Shape<Second>): Shape<First | Second> {
  return (value): value is First | Second => first(value) || second(value)
}

export function listOf<Value>(shape: Shape<Value>): Shape<readonly Value[]> {
  return (value): value is readonly Value[] => Array.isArray(value) && value.every(shape)
}

export function filledListOf<Value>(shape: Shape<Value>): Shape<readonly [Value, ...Value[]]> {
  const list = listOf(shape)
  return (value): value is readonly [Value, ...Value[]] => list(value) && value.length > 0
}

/** A map with all of these keys. Others do no harm: a later version may have learnt more. */
export function mapOf<Value extends object>(fields: { readonly [Key in keyof Value]-?: Shape<Value[Key]> }): Shape<Value> {
  const shapes = Object.entries<Shape<unknown>>(fields)
  return (value): value is Value => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    const map = value as Readonly<Record<string, unknown>>
    return shapes.every(([key, shape]) => Object.hasOwn(map, key) && shape(map[key]))
  }
}
