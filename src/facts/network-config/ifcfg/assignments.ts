/** One line of a file of shell assignments. */
export type Assignment =
  | { readonly kind: 'value'; readonly line: number; readonly key: string; readonly value: string }
  /** Neither an assignment of a plain value nor empty. */
  | { readonly kind: 'opaque'; readonly line: number; readonly text: string }

/**
 * Reads `KEY=value` lines as a shell does that sources them, as far as no expansion is needed: quotes of both kinds, backslashes,
 * `export`, comments. Everything else is opaque.
 */
export function readAssignments(lines: readonly string[]): readonly Assignment[] {
  return lines.flatMap((text, index): readonly Assignment[] => {
    const trimmed = text.trim()
    if (trimmed === '' || trimmed.startsWith('#')) return []
    const line = index + 1
    const [, key, raw] = /^(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(trimmed) ?? []
    const value = raw === undefined ? null : plainWord(raw)
    return key === undefined || value === null ? [{ kind: 'opaque', line, text: trimmed }] : [{ kind: 'value', line, key, value }]
  })
}

/** The value of one shell word that nothing but a comment follows; null where it needs expansion or is not one word. */
function plainWord(text: string): string | null {
  let value = ''
  let at = 0
  while (at < text.length) {
    const character = text.charAt(at)
    if (/\s/.test(character)) return /^\s*(#.*|;\s*)?$/.test(text.slice(at)) ? value : null
    if (character === ';') return text.slice(at + 1).trim() === '' ? value : null
    if (/[$`()<>|&]/.test(character)) return null
    if (character === '"' || character === "'") {
      const end = closingQuote(text, at)
      const inner = end === -1 ? null : text.slice(at + 1, end)
      if (inner === null || (character === '"' && /[$`]/.test(inner))) return null
      value += character === '"' ? inner.replaceAll(/\\(["\\$`])/g, '$1') : inner
      at = end + 1
      continue
    }
    if (character === '\\') at += 1
    value += text.charAt(at)
    at += 1
  }
  return value
}

function closingQuote(text: string, open: number): number {
  const quote = text.charAt(open)
  for (let at = open + 1; at < text.length; at += 1) {
    if (quote === '"' && text.charAt(at) === '\\') at += 1
    else if (text.charAt(at) === quote) return at
  }
  return -1
}
