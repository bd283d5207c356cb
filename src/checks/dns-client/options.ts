/** The bounds that the library puts on them (RES_MAXNDOTS, RES_MAXRETRANS and RES_MAXRETRY of resolv.h). */
const bounds: Readonly<Record<string, number>> = { ndots: 15, timeout: 30, attempts: 5 }

const boundOf = (name: string): number | null => (Object.hasOwn(bounds, name) ? (bounds[name] ?? null) : null)

/** Options as they take effect: the last of one name counts, and numbers are bounded. */
export function effectiveOptions(words: readonly string[]): readonly string[] {
  return [...new Map(words.map((word) => [word.split(':')[0], effectiveOption(word)])).values()]
}

export function effectiveOption(word: string): string {
  const [, name = '', number] = /^([^:]+):(\d+)$/.exec(word) ?? []
  const bound = boundOf(name)
  return bound === null ? word : `${name}:${Math.min(Number(number), bound)}`
}

/** What is written and cannot take effect: `timeout:60`, of which 30 seconds remain. */
export const bounded = (words: readonly string[]): readonly string[] => words.filter((word) => effectiveOption(word) !== word)
