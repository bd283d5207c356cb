import { parseAddress } from './ansible/host-pattern.js'

/** One part of a host pattern: which hosts, and what to do with them. */
export interface Term {
  /** As typed, with its sign. */
  readonly text: string
  readonly sign: 'add' | 'keep' | 'remove'
  /** Without sign and subscript. */
  readonly name: string
  /** `[2]`: one host, from the end when negative. `[1:3]`: bounds included; `[1:]`: to the end. */
  readonly subscript: { readonly at: number } | { readonly from: number; readonly to: number | null } | null
}

/**
 * Takes patterns apart as Ansible does: at commas where there is one, otherwise at colons that belong to no address or bracket.
 * Additions come first, then intersections, then exclusions, in whatever order they were typed.
 * https://docs.ansible.com/ansible/latest/inventory_guide/intro_patterns.html
 */
export function parsePatterns(patterns: readonly string[]): readonly Term[] {
  const terms = patterns.flatMap(splitPattern).map(readTerm)
  const signed = (sign: Term['sign']): readonly Term[] => terms.filter((term) => term.sign === sign)
  const added = signed('add')
  return [...(added.length > 0 ? added : [readTerm('all')]), ...signed('keep'), ...signed('remove')]
}

function splitPattern(pattern: string): readonly string[] {
  return pieces(pattern)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '' && piece !== '&' && piece !== '!')
}

function pieces(pattern: string): readonly string[] {
  if (pattern.includes(',')) return pattern.split(',')
  if (parseAddress(pattern.trim()) !== null) return [pattern]
  // Ansible drops a bracket without its counterpart; here the whole stays, and matches nothing.
  if (/[[\]]/.test(pattern.replace(/\[[^\]]*\]/g, ''))) return [pattern]
  return pattern.match(/(?:[^\s:[\]]|\[[^\]]*\])+/g) ?? []
}

const signs: Readonly<Record<string, Term['sign']>> = { '&': 'keep', '!': 'remove' }

function readTerm(text: string): Term {
  const sign = signs[text.charAt(0)] ?? 'add'
  const expression = sign === 'add' ? text : text.slice(1)
  const match = expression.startsWith('~') ? null : /^(.+)\[(?:(-?\d{1,9})|(\d{1,9})[:-](\d{0,9}))\]$/.exec(expression)
  if (match === null) return { text, sign, name: expression, subscript: null }
  const [, name = '', at, from, to] = match
  if (at !== undefined) return { text, sign, name, subscript: { at: Number(at) } }
  return { text, sign, name, subscript: { from: Number(from), to: to === '' ? null : Number(to) } }
}
