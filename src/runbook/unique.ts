import type { Diagnostic } from '../model/diagnostic.js'

/** Each problem once, in the order of places within a file; files in the order in which they first come up. Hints do not count. */
export function uniqueDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const unique = new Map<string, Diagnostic>()
  for (const diagnostic of diagnostics) {
    const { code, message, location } = diagnostic
    const key = JSON.stringify([location.file, location.line, location.column, code, message])
    if (!unique.has(key)) unique.set(key, diagnostic)
  }
  const files = [...new Set(diagnostics.map(({ location }) => location.file))]
  const rank = new Map(files.map((file, index) => [file, index]))
  const fileRank = ({ location }: Diagnostic): number => rank.get(location.file) ?? 0
  return [...unique.values()].sort(
    (a, b) => fileRank(a) - fileRank(b) || a.location.line - b.location.line || a.location.column - b.location.column,
  )
}
