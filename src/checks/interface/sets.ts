import type { ListExpectation } from '../../lib/list-expectation.js'

const isExact = (expected: ListExpectation): expected is readonly string[] => Array.isArray(expected)

/** The same expectation with every value in another spelling. */
export function respelt(expected: ListExpectation, spell: (value: string) => string): ListExpectation {
  if (isExact(expected)) return expected.map(spell)
  const { contains, not } = expected
  return { ...(contains === undefined ? {} : { contains: contains.map(spell) }), ...(not === undefined ? {} : { not: not.map(spell) }) }
}

/** Every value with the way to it. */
export function placesIn(expected: ListExpectation): readonly { readonly path: readonly (string | number)[]; readonly raw: string }[] {
  if (isExact(expected)) return expected.map((raw, index) => ({ path: [index], raw }))
  return (['contains', 'not'] as const).flatMap((key) => (expected[key] ?? []).map((raw, index) => ({ path: [key, index], raw })))
}

/** What has to be there. */
export const wantedIn = (expected: ListExpectation): readonly string[] => (isExact(expected) ? expected : (expected.contains ?? []))

const most = 20

/** At most twenty, as a bridge may have thousands. */
export const showItems = (items: readonly string[]): string =>
  items.length === 0 ? 'none' : `${items.slice(0, most).join(', ')}${items.length > most ? ` and ${items.length - most} more` : ''}`
