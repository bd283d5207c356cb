import type { Diagnostic } from '../model/diagnostic.js'

/**
 * Each problem once, in the order of places within a file. Hints do not count.
 * @param order files as they were named; those not among them follow in the order in which they first come up.
 */
export function uniqueDiagnostics(diagnostics: readonly Diagnostic[], order: readonly string[] = []): readonly Diagnostic[] {
  const unique = new Map<string, Diagnostic>()
  for (const diagnostic of diagnostics) {
    const { code, message, location } = diagnostic
    const key = JSON.stringify([location.file, location.line, location.column, code, message])
    if (!unique.has(key)) unique.set(key, diagnostic)
  }
  const files = [...new Set([...order, ...diagnostics.map(({ location }) => location.file)])]
  const rank = new Map(files.map((file, index) => [file, index]))
  const fileRank = ({ location }: Diagnostic): number => rank.get(location.file) ?? 0
  return [...unique.values()].sort(
    (a, b) => fileRank(a) - fileRank(b) || a.location.line - b.location.line || a.location.column - b.location.column,
  )
}
