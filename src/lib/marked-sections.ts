import { NotUnderstood } from './errors.js'

/** A shell function `show NAME FILE`: a file, each line behind a space, under `@ NAME`. Ends the script where one is not to be read. */
export const showFunction = `show() {
  [ -e "$2" ] || return 0
  echo "@ $1"
  sed 's/^/ /' "$2" || exit 1
  echo
}`

/**
 * The texts of a script that prints `@ name` before lines which each stand behind a space, and `@ end` at last.
 * @param what for the error: `the files of the DNS client`.
 * @throws NotUnderstood
 */
export function readSections<const Name extends string>(stdout: string, names: readonly Name[], what: string): ReadonlyMap<Name, string> {
  const lines = new Map<Name, string[]>()
  let current: string[] | null = null
  let ended = false
  for (const line of stdout.split('\n')) {
    const name = names.find((candidate) => line === `@ ${candidate}`)
    if (ended && line !== '') throw new NotUnderstood(what, line)
    if (line === '@ end') ended = true
    else if (name !== undefined && !lines.has(name)) {
      current = []
      lines.set(name, current)
    } else if (line.startsWith(' ') && current !== null) current.push(line.slice(1))
    else if (line !== '') throw new NotUnderstood(what, line)
  }
  if (!ended) throw new NotUnderstood(`${what}, whole`, stdout)
  return new Map([...lines].map(([name, found]) => [name, found.map((line) => `${line}\n`).join('')]))
}
