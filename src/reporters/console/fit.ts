import { clusterWidth, displayWidth, graphemes } from '../../lib/display-width.js'

const asciiCells = /^[\x20-\x7e]*$/

/** Cuts a text into parts of at most `width` cells, never through a character. */
function chop(text: string, width: number): readonly string[] {
  const parts: string[] = []
  let part = ''
  let cells = 0
  for (const grapheme of graphemes(text)) {
    const graphemeCells = clusterWidth(grapheme)
    if (cells + graphemeCells > width && part !== '') {
      parts.push(part)
      part = ''
      cells = 0
    }
    part += grapheme
    cells += graphemeCells
  }
  return [...parts, part]
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/**
 * Breaks printable text into lines of at most `width` cells: at spaces where it can, inside a word that is longer
 * than a line. Line breaks in the text stay, and so does a line that fits, such as a row of a table; in a line that is
 * broken runs of spaces become one.
 * @param width at least 2, the width of the widest character.
 * @returns at least one line.
 */
export function wrap(text: string, width: number): readonly string[] {
  return text
    .trimEnd()
    .split('\n')
    .flatMap((line) => wrapLine(line, width))
}

function wrapLine(text: string, width: number): readonly string[] {
  if (asciiCells.test(text) ? text.length <= width : displayWidth(text) <= width) return [text.trimEnd()]
  const lines: string[] = []
  let line = ''
  let cells = 0
  for (const word of text.trim().split(/\s+/u)) {
    const wordCells = displayWidth(word)
    if (line !== '' && cells + 1 + wordCells <= width) {
      line += ` ${word}`
      cells += 1 + wordCells
      continue
    }
    if (line !== '') lines.push(line)
    const parts = wordCells <= width ? [word] : chop(word, width)
    lines.push(...parts.slice(0, -1))
    line = parts.at(-1) ?? ''
    cells = displayWidth(line)
  }
  return [...lines, line]
}
