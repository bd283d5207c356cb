import { displayWidth } from '../../lib/display-width.js'
import { printableLine } from '../../lib/printable.js'
import type { Comparison, Devices } from './devices.js'
import type { Ends } from './ends.js'
import type { Position } from './positions.js'

/** A report is 79 cells wide at least, and messages begin behind some of them. */
const widest = 74
/** More rows than this are not all worth reading. */
const mostRows = 16

const mark = '~'
const footnote = `${mark} did not answer: known by a route`

/** Both ways side by side, position by position, with what is known of each; lines that stand below each other. */
export function sideBySide(positions: readonly Position[], { first, second }: Ends, devices: Devices): string {
  const show = (address: string | null, inferred: boolean): string => (address === null ? '*' : showHop(address, inferred, devices))
  const rows = positions.map((position) => [
    String(position.number ?? ''),
    show(position.there, position.inferred.there),
    show(position.back, position.inferred.back),
    describeComparison(position),
  ])
  const header = ['#', `${first.name} -> ${second.name}`, `${second.name} -> ${first.name}, from its end`, '']
  const shown = withoutMiddles(positions, rows)
  const lines = fits([header, ...rows]) ? columns([header, ...shown]) : stacked(shown, header)
  const inferred = positions.some((position) => position.inferred.there || position.inferred.back)
  return [...lines, ...(inferred ? [footnote] : [])].join('\n')
}

/** An address with the name of the device that has it. */
export function showAddress(address: string, devices: Devices): string {
  const name = devices.nameOf(address)
  return name === null ? address : `${address} (${printableLine(name, 40)})`
}

const showHop = (address: string, inferred: boolean, devices: Devices): string =>
  `${showAddress(address, devices)}${inferred ? ` ${mark}` : ''}`

function describeComparison({ there, back, number, comparison }: Position): string {
  if (comparison.verdict !== 'unknown') return `${words[comparison.verdict]}: ${reasons(comparison)}`
  if (there !== null && back !== null) return number === null ? '' : 'unknown: whose?'
  return number === null ? '' : 'unknown: silent'
}

const words = { same: 'same', different: 'DIFFERENT' } as const

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
function stacked(rows: readonly (readonly string[])[], [, there = '', back = '']: readonly string[]): readonly string[] {
  return [
    `#   above: ${there}`,
    `    below: ${back}`,
    ...rows.flatMap(([number = '', one = '', other = '', verdict = '']) => [
      `${number.padEnd(2)}  ${one}`,
      `    ${other}${verdict === '' ? '' : `  ${verdict}`}`,
    ]),
  ]
}
