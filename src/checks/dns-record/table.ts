import { displayWidth } from '../../lib/display-width.js'

/** Rows of equally many cells, aligned to the left and indented, a line each. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))))
  const pad = (text: string, column: number): string => text + ' '.repeat((widths[column] ?? 0) - displayWidth(text))
  return rows.map((row) => `  ${row.map(pad).join('  ')}`.trimEnd()).join('\n')
}
