import { NotUnderstood } from '../../lib/errors.js'
import type { CommandOutput } from '../../model/fact.js'

/** What `ip -force -batch -` said to one line of its input. */
export type BatchAnswer = { readonly stdout: string } | { readonly stderr: string }

/**
 * Gives every input line its answer. A line that fails prints nothing but, on standard error, its reason and
 * `Command failed -:N`; the others print one answer each, in order.
 * @param split cuts standard output into answers.
 * @param count how many lines there were.
 * @throws NotUnderstood when the counts do not agree, as with iproute2 before 4.3, which stops at the first failure.
 */
export function alignBatch(output: CommandOutput, split: (stdout: string) => readonly string[], count: number): readonly BatchAnswer[] {
  const failures = readFailures(output.stderr)
  const successes = split(output.stdout)
  if (successes.length + failures.size !== count)
    throw new NotUnderstood(`${count} answers from ip -batch`, `${successes.length} answers, ${failures.size} failures: ${output.stderr}`)
  let next = 0
  return Array.from({ length: count }, (_, index) => {
    const stderr = failures.get(index + 1)
    if (stderr !== undefined) return { stderr }
    const stdout = successes[next]
    next += 1
    if (stdout === undefined) throw new NotUnderstood(`failures among lines 1 to ${count}`, output.stderr)
    return { stdout }
  })
}

/** Reasons by line number. */
function readFailures(stderr: string): ReadonlyMap<number, string> {
  const failures = new Map<number, string>()
  let reason: string[] = []
  for (const line of stderr.split('\n')) {
    const number = /^Command failed -:(\d+)$/.exec(line.trim())?.[1]
    if (number === undefined) {
      reason.push(line)
      continue
    }
    failures.set(Number(number), reason.join('\n'))
    reason = []
  }
  return failures
}

/** One JSON document a line. */
export function splitLines(stdout: string): readonly string[] {
  return stdout.split('\n').filter((line) => line.trim() !== '')
}

/** An answer begins at the margin; what is indented below belongs to it. */
export function splitParagraphs(stdout: string): readonly string[] {
  return stdout
    .split(/\n(?=\S)/)
    .map((text) => text.trimEnd())
    .filter((text) => text !== '')
}
