import type { Outcome } from './comparison.js'
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

/** @param actual the interface's own name; null: there is none. */
export function nameOutcome(names: NameReading, expectation: Expectation<string>, actual: string | null): Outcome {
  return inEachReading(names, (type) => (meets(type, expectation, actual) ? 'met' : 'unmet'))
}
