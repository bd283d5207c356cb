import { type Comparison, compare, type Outcome } from './comparison.js'
import { type Expectation, meets, textType, type ValueType } from './expectation.js'

/** How names of interfaces are compared. Tables of the kernel go by an interface's own name, people also by others (ip-link(8), `altname`). */
export interface NameReading {
  /** By all names that the host shows. */
  readonly shown: ValueType<string, string>
  /** Where it hides some: a name that none is shown to have is taken for whichever it is compared with. null where all are shown. */
  readonly possible: ValueType<string, string> | null
}

/** Where nothing is known of the interfaces of a host. */
export const asWritten: NameReading = { shown: textType, possible: null }

/** @returns `unknown` where it matters whether an interface has a name that the host hides. */
export function inEachReading({ shown, possible }: NameReading, judge: (names: ValueType<string, string>) => Outcome): Outcome {
  const outcome = judge(shown)
  return possible === null || judge(possible) === outcome ? outcome : 'unknown'
}

/** `compare` of a property that is an interface. */
export function compareName(
  property: string,
  names: NameReading,
  expectation: Expectation<string> | undefined,
  actual: string | null,
  known: boolean,
): Comparison | null {
  if (expectation === undefined) return null
  const comparison = compare(property, names.shown, expectation, actual, known)
  const outcome = known ? inEachReading(names, (type) => (meets(type, expectation, actual) ? 'met' : 'unmet')) : 'unknown'
  return comparison === null ? null : { ...comparison, outcome }
}
