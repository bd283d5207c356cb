const simpleEscapes: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/**
 * Reads a Python string at `start`: `'a'`, `"a"`, triple quotes, prefixes `r` and `u`.
 * @returns null when none stands there, or one that is no plain text (`b''`, `f''`, `\N{…}`).
 */
export function readString(text: string, start: number): { readonly value: string; readonly end: number } | null {
  const opening = /([rRuU]?)('''|"""|'|")/y
  opening.lastIndex = start
  const match = opening.exec(text)
  if (match === null) return null
  const raw = match[1]?.toLowerCase() === 'r'
  const quote = match[2] ?? ''
  let value = ''
  let at = opening.lastIndex
  while (at < text.length) {
    if (text.startsWith(quote, at)) return { value, end: at + quote.length }
    const character = text.charAt(at)
    if (character !== '\\') {
      value += character
      at += 1
      continue
    }
    const escaped = raw ? { value: text.slice(at, at + 2), length: 2 } : readEscape(text, at + 1)
    if (escaped === null) return null
    value += escaped.value
    at += raw ? 2 : 1 + escaped.length
  }
  return null
}

/** @param at behind the backslash. @returns what it stands for; an unknown escape stands for itself, backslash included. */
function readEscape(text: string, at: number): { value: string; length: number } | null {
  const character = text.charAt(at)
  const simple = simpleEscapes[character]
  if (simple !== undefined) return { value: simple, length: 1 }
  const octal = /^[0-7]{1,3}/.exec(text.slice(at, at + 3))?.[0]
  if (octal !== undefined) return { value: String.fromCodePoint(Number.parseInt(octal, 8)), length: octal.length }
  const digits = { x: 2, u: 4, U: 8 }[character]
  if (digits === undefined) return character === 'N' || character === '' ? null : { value: `\\${character}`, length: 1 }
  const hexadecimal = text.slice(at + 1, at + 1 + digits)
  if (hexadecimal.length !== digits || !/^[0-9a-fA-F]+$/.test(hexadecimal)) return null
  const code = Number.parseInt(hexadecimal, 16)
  return code > 0x10ffff ? null : { value: String.fromCodePoint(code), length: digits + 1 }
}
