import type { Row } from './measure.js'

/** Prints figures, and beside them whether the goal is met. @returns how many goals were missed. */
export function printRows(rows: readonly Row[]): number {
  const width = Math.max(...rows.map(({ what }) => what.length))
  for (const { what, figure, goal, met } of rows) {
    const verdict = met === null ? '' : met ? `  ok, ${goal}` : `  MISSED, ${goal}`
    console.log(`  ${what.padEnd(width)} ${figure}${verdict}`)
  }
  return rows.filter(({ met }) => met === false).length
}
