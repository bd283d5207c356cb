import { stripVTControlCharacters } from 'node:util'

/**
 * C0 and C1 controls, the Unicode marks that reorder or hide text (UAX #9, "Trojan Source"),
 * and what no UTF-8 or XML document can hold: lone surrogates, U+FFFE, U+FFFF (XML 1.0, 2.2).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]/gu

/** Text from a host, made safe for a terminal: no escape sequences, no controls but newline and tab, no reordering marks, no broken characters. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(/\r\n?/g, '\n').replace(unprintable, '\ufffd')
}

/** The same on one line, at most `limit` characters long. */
export function printableLine(text: string, limit = 300): string {
  const line = printable(text.length > limit * 8 ? text.slice(0, limit * 8) : text)
    .replace(/\s+/g, ' ')
    .trim()
  const characters = [...line]
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : line
}

/**
 * Text from a host in quotes, where every character counts: nothing is left out or drawn together, and what would not be seen is
 * written as JSON writes it (RFC 8259, section 7): `"a\r\nb "`. An ellipsis behind the quotes: there is more.
 */
export function printableQuote(text: string, limit = 200): string {
  const characters = [...text.slice(0, limit * 2)]
  const isCut = characters.length > limit || text.length > limit * 2
  const kept = isCut ? characters.slice(0, limit - 1).join('') : text
  const quoted = JSON.stringify(kept)
    .replace(unprintable, escaped)
    .replace(/[^\S ]/gu, escaped)
  return isCut ? `${quoted}…` : quoted
}

const escaped = (character: string): string => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
