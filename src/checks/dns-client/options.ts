import type { ListExpectation } from '../../lib/list-expectation.js'
import { namedValues } from '../../lib/list-expectation.js'
import { sentences } from '../../lib/sentences.js'

/** The bounds that the library puts on them (RES_MAXNDOTS, RES_MAXRETRANS and RES_MAXRETRY of resolv.h). */
const bounds: Readonly<Record<string, number>> = { ndots: 15, timeout: 30, attempts: 5 }

/** What is in effect where nothing is written (resolv.conf(5)), in musl as well. */
const defaults: readonly string[] = ['ndots:1', 'timeout:5', 'attempts:2']

const boundOf = (name: string): number | null => (Object.hasOwn(bounds, name) ? (bounds[name] ?? null) : null)

const nameOf = (word: string): string => word.split(':')[0] ?? word

/** Options as they take effect: the last of one name counts, and numbers are bounded. */
const effectiveOptions = (words: readonly string[]): readonly string[] => [
  ...new Map(words.map((word) => [nameOf(word), effectiveOption(word)])).values(),
]

export function effectiveOption(word: string): string {
  const [, name = '', number] = /^([^:]+):(\d+)$/.exec(word) ?? []
  const bound = boundOf(name)
  return bound === null ? word : `${name}:${Math.min(Number(number), bound)}`
}

/** The options to be judged: a plain list is about what is written, `contains` and `not` are about what is in effect. */
export function optionsOf(
  written: readonly string[],
  expected: ListExpectation,
): { readonly value: readonly string[]; readonly note: string } {
  const value = effectiveOptions(written)
  const unwritten = defaults.filter((option) => !written.some((word) => nameOf(word) === nameOf(option)))
  const named = namedValues(expected)
  if ('length' in expected) {
    const missed = unwritten.filter((option) => named.includes(option))
    const note = missed.length === 0 ? '' : `${missed.join(', ')}: in effect by default, and not written; \`contains\` takes that.`
    return { value, note: sentences(cutNote(written), note) }
  }
  const meant = unwritten.filter((option) => named.some((word) => nameOf(word) === nameOf(option)))
  const note = meant.length === 0 ? '' : `By default, as nothing is written: ${meant.join(', ')} (resolv.conf(5)).`
  return { value: [...value, ...meant], note: sentences(cutNote(written), note) }
}

/** What is written and cannot take effect: `timeout:60`, of which 30 seconds remain. */
function cutNote(written: readonly string[]): string {
  const cut = written.filter((word) => effectiveOption(word) !== word)
  return cut.length === 0 ? '' : `Written is ${cut.join(', ')}: the C library takes ${cut.map(effectiveOption).join(', ')} at most.`
}
