import type { Field } from '../../facts/firewall-rules/index.js'
import { type Intervals, intersect, subtract, unionOf } from './intervals.js'

/** Packets as a product: for each field the values it may have. */
export type Space = Readonly<Record<Field, Intervals>>

/** Some fields of a space; the others are not restricted. */
export type Box = readonly (readonly [Field, Intervals])[]

export const withField = (space: Space, field: Field, values: Intervals): Space => ({ ...space, [field]: values })

export interface Split {
  readonly inside: readonly Space[]
  readonly outside: readonly Space[]
  /** Fields whose values are on both sides. */
  readonly by: readonly Field[]
}

/** The part of `space` in `box`, and the rest as disjoint spaces. A field that is not cut keeps its object. */
export function splitByBox(space: Space, box: Box): Split {
  let inside = space
  const outside: Space[] = []
  const by: Field[] = []
  for (const [field, wanted] of box) {
    const within = intersect(inside[field], wanted)
    if (within.length === 0) return { inside: [], outside: [space], by: [] }
    const beyond = subtract(inside[field], wanted)
    if (beyond.length === 0) continue
    by.push(field)
    outside.push(withField(inside, field, beyond))
    inside = withField(inside, field, within)
  }
  return { inside: [inside], outside, by }
}

/** The same for any of several boxes. `count` is told of each step, and may throw. */
export function splitByBoxes(space: Space, boxes: readonly Box[], count: () => void): Split {
  const inside: Space[] = []
  const by = new Set<Field>()
  let outside: readonly Space[] = [space]
  for (const box of boxes) {
    const rest: Space[] = []
    for (const part of outside) {
      count()
      const split = splitByBox(part, box)
      inside.push(...split.inside)
      rest.push(...split.outside)
      for (const field of split.by) by.add(field)
    }
    outside = rest
    if (outside.length === 0) break
  }
  return { inside, outside, by: outside.length === 0 ? [] : [...by] }
}

/** Two spaces that differ in one field as one; null where they differ in more, or it cannot be told cheaply. */
export function joined(a: Space, b: Space): Space | null {
  let differing: Field | null = null
  for (const field of Object.keys(a) as Field[]) {
    if (a[field] === b[field]) continue
    if (differing !== null) return null
    differing = field
  }
  return differing === null ? a : withField(a, differing, unionOf([...a[differing], ...b[differing]]))
}
