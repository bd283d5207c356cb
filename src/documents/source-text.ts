/** Offsets into a text, in UTF-16 code units; `end` is exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** A text with an index of its lines. Only line feeds end lines, as in YAML; a carriage return before one belongs to the break. */
export interface SourceText {
  readonly text: string
  /** Offset of the first character of every line. */
  readonly lineStarts: readonly number[]
}

export interface Place {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 code units, as editors that speak LSP count. */
  readonly column: number
  readonly sourceLine: string
}

export function sourceText(text: string): SourceText {
  const lineStarts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1)
  return { text, lineStarts }
}

/** The line that holds `offset`; an offset outside the text is moved to its nearest end. */
export function placeOf({ text, lineStarts }: SourceText, offset: number): Place {
  const inside = Math.min(Math.max(0, offset), text.length)
  const index = lastAtMost(lineStarts, inside)
  const start = lineStarts[index] ?? 0
  const next = lineStarts[index + 1]
  const sourceLine = text.slice(start, next === undefined ? text.length : next - 1).replace(/\r$/, '')
  return { line: index + 1, column: Math.min(inside - start, sourceLine.length) + 1, sourceLine }
}

function lastAtMost(sorted: readonly number[], limit: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((sorted[middle] ?? 0) <= limit) low = middle
    else high = middle - 1
  }
  return low
}
