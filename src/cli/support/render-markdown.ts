import { displayWidth } from '../../lib/display-width.js'

export interface RenderOptions {
  readonly columns: number
  readonly color: boolean
}

/**
 * The Markdown of our own documentation for a terminal: paragraphs wrapped, tables as lists (a table's cells are sentences
 * here, and sentences do not fit side by side), code as it stands. Not for Markdown from elsewhere.
 */
export function renderMarkdown(markdown: string, { columns, color }: RenderOptions): string {
  const width = Math.min(Math.max(columns, 40), 100)
  const bold = (text: string): string => (color ? `\u001b[1m${text}\u001b[22m` : text)
  const blocks = blocksOf(markdown).map((block): string => {
    if (block.kind === 'code') return block.lines.map((line) => `    ${line}`).join('\n')
    if (block.kind === 'heading') return bold(plain(block.lines.join(' ').replace(/^#+\s*/, '')))
    if (block.kind === 'table') return table(block.lines, width)
    if (block.kind === 'list')
      return items(block.lines)
        .map((item) => wrap(plain(item), width, '  ', '- '))
        .join('\n')
    return wrap(plain(block.lines.join(' ')), width, '', '')
  })
  return `${blocks.join('\n\n')}\n`
}

type Kind = 'code' | 'heading' | 'table' | 'list' | 'text'

interface Block {
  readonly kind: Kind
  readonly lines: readonly string[]
}

function blocksOf(markdown: string): readonly Block[] {
  const blocks: { kind: Kind; lines: string[] }[] = []
  let kind: Kind | null = null
  const begin = (next: Kind): void => {
    kind = next
    blocks.push({ kind: next, lines: [] })
  }
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) {
      if (kind === 'code') kind = null
      else begin('code')
      continue
    }
    if (kind !== 'code') {
      const next = kindOf(line, kind)
      if (next === null) kind = null
      else if (next !== kind || next === 'heading') begin(next)
    }
    if (kind !== null) blocks.at(-1)?.lines.push(line)
  }
  return blocks
}

/** null for an empty line, which ends whatever was before. */
function kindOf(line: string, before: Kind | null): Kind | null {
  if (line.trim() === '') return null
  if (/^#{1,6} /.test(line)) return 'heading'
  if (line.startsWith('|')) return 'table'
  if (/^[-*] |^\d+\. /.test(line) || (before === 'list' && /^\s/.test(line))) return 'list'
  return 'text'
}

function items(lines: readonly string[]): readonly string[] {
  return lines.reduce<string[]>((found, line) => {
    if (/^[-*] |^\d+\. /.test(line)) found.push(line.replace(/^([-*]|\d+\.) /, ''))
    else found.push(`${found.pop() ?? ''} ${line.trim()}`)
    return found
  }, [])
}

/** The first cell of a row on a line of its own, the others below it; the header's words are left to the text around. */
function table(lines: readonly string[], width: number): string {
  const [, , ...rows] = lines.map((line) =>
    line
      .replace(/^\||\|\s*$/g, '')
      .split(/(?<!\\)\|/)
      .map((cell) => plain(cell.trim())),
  )
  return rows
    .map(([name = '', ...cells]) =>
      [`  ${name}`, ...cells.filter((cell) => cell !== '').map((cell) => wrap(cell, width, '      ', ''))].join('\n'),
    )
    .join('\n')
}

/** Without what Markdown marks text with, but not inside of code. */
function plain(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) =>
      part.startsWith('`') ? part.slice(1, -1) : part.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\*\*([^*]+)\*\*/g, '$1'),
    )
    .join('')
    .replaceAll('\\|', '|')
}

/** Words in lines of at most `width` cells, each behind `indent`, whose end in the first line is `bullet`. */
export function wrap(text: string, width: number, indent: string, bullet: string): string {
  const lines: string[] = []
  let line = indent.slice(bullet.length) + bullet
  let empty = true
  for (const word of text.split(/\s+/)) {
    if (!empty && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line)
      line = indent
      empty = true
    }
    line += empty ? word : ` ${word}`
    empty = false
  }
  return [...lines, line].join('\n')
}
