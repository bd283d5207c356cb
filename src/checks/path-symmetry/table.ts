import { displayWidth } from '../../lib/display-width.js'
import { printableLine } from '../../lib/printable.js'
import type { Comparison, Devices } from './devices.js'
import type { Ends } from './ends.js'
import type { Place, Position } from './positions.js'

/** A report is 79 cells wide at least, and messages begin behind some of them. */
const widest = 72
/** More rows than this are not all worth reading. */
const mostRows = 16

const mark = '~'
const footnote = `${mark} did not answer: known by a route`

/** Both ways side by side, position by position, with what is known of each; lines that stand below each other. */
export function sideBySide(positions: readonly Position[], { first, second }: Ends, devices: Devices): string {
  const rows = positions.map((position) => [
    String(position.number ?? ''),
    showPlace(position.there, devices),
    showPlace(position.back, devices),
    describeComparison(position),
  ])
  const shown = withoutMiddles(positions, rows)
  const header = ['#', 'there', 'back', '']
  const inferred = positions.some(({ there, back }) => there?.inferred === true || back?.inferred === true)
  return [
    `${first.name} -> ${second.name}, and ${second.name} -> ${first.name} read from its end:`,
    ...(fits([header, ...shown]) ? columns([header, ...shown]) : stacked(shown)),
    ...(inferred ? [footnote] : []),
  ].join('\n')
}

/** An address with the name of the device that has it. */
export function showAddress(address: string, devices: Devices): string {
  const name = devices.nameOf(address)
  return name === null ? address : `${address} (${printableLine(name, 40)})`
}

function showPlace(place: Place | null, devices: Devices): string {
  if (place === null) return ''
  return place.address === null ? '*' : `${showAddress(place.address, devices)}${place.inferred ? ` ${mark}` : ''}`
}

function describeComparison({ there, back, number, comparison }: Position): string {
  if (comparison.verdict === 'same') return `same: ${reasons(comparison)}`
  if (comparison.verdict === 'different') return `${comparison.confidence === 'high' ? 'DIFFERENT' : 'different?'}: ${reasons(comparison)}`
  if (number === null) return ''
  return there?.address == null || back?.address == null ? 'unknown: silent' : 'unknown: whose?'
}

function reasons({ verdict, confidence, by }: Comparison): string {
  switch (by) {
    case 'address':
      return 'one address'
    case 'declared':
      return verdict === 'different' && confidence === 'medium' ? 'not in its list' : 'as declared'
    case 'asked':
      return 'asked'
    default:
      return 'recorded'
  }
}

/** Long runs of positions that are the same are told in one line. */
function withoutMiddles(positions: readonly Position[], rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  if (rows.length <= mostRows) return rows
  const isDull = (index: number): boolean =>
    [index - 1, index, index + 1].every((at) => positions[at] === undefined || positions[at].comparison.verdict === 'same')
  const kept: (readonly string[])[] = []
  for (let index = 0; index < rows.length; ) {
    let end = index
    while (end < rows.length && isDull(end)) end += 1
    if (end - index > 2) {
      kept.push(['…', `${end - index} more`, 'the same', ''])
      index = end
    } else {
      kept.push(rows[index] ?? [])
      index += 1
    }
  }
  return kept
}

const widthOf = (rows: readonly (readonly string[])[], column: number): number =>
  Math.max(...rows.map((row) => displayWidth(row[column] ?? '')))

const gap = 2

const fits = (rows: readonly (readonly string[])[]): boolean =>
  [0, 1, 2, 3].reduce((sum, column) => sum + widthOf(rows, column), 3 * gap) <= widest

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1, 2, 3].map((column) => widthOf(rows, column))
  const pad = (text: string, column: number): string => text + ' '.repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(text)) + gap)
  return rows.map((row) => row.map(pad).join('').trimEnd())
}

/** Where addresses are too long to stand beside each other. */
const stacked = (rows: readonly (readonly string[])[]): readonly string[] =>
  rows.flatMap(([number = '', there = '', back = '', verdict = '']) => [
    `${number.padEnd(2)}  there  ${there}`.trimEnd(),
    `    back   ${back}${verdict === '' ? '' : `  ${verdict}`}`.trimEnd(),
  ])
