/** Gives every name once: a name that was given before gets ` (2)`, ` (3)` … behind it. */
export function uniqueNames(): (name: string) => string {
  const given = new Set<string>()
  const next = new Map<string, number>()
  return (name) => {
    let unique = name
    for (let number = next.get(name) ?? 2; given.has(unique); number += 1) {
      unique = `${name} (${number})`
      next.set(name, number + 1)
    }
    given.add(unique)
    return unique
  }
}
