import { domainToASCII } from 'node:url'

/** What is wrong with a name, for a person, and what to write instead. */
export interface NameProblem {
  readonly message: string
  readonly hint?: string
}

/** RFC 1035 section 2.3.4: 255 octets on the wire are 253 characters with dots, without the final one. */
const longestName = 253
const longestLabel = 63
/** IDNA (UTS #46) takes these for the dot as well. */
const dots = /[.\u3002\uff0e\uff61]/
/** Canonical as it is; most names are, and there may be thousands. */
const ordinary = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/
/** What zone files and dig give another meaning to, or nobody means to put into a name. */
const special = /[\s\p{Cc}"'();@\\$,<>[\]{}|`^]/u

/**
 * The one spelling of a domain name: lower case, IDN as A-labels (UTS #46), without the final dot; `.` is the root.
 * Underscores, `*`, `/` (RFC 2317) and labels of any digits are kept. Idempotent.
 * @returns null for what is no domain name; `nameProblem` says why.
 */
export function canonicalName(text: string): string | null {
  if (text.length <= longestName && ordinary.test(text)) return text
  const result = readName(text)
  return typeof result === 'string' ? result : null
}

/** What keeps `text` from being a domain name; null when it is one. */
export function nameProblem(text: string): NameProblem | null {
  const result = readName(text)
  return typeof result === 'string' ? null : result
}

function readName(text: string): string | NameProblem {
  if (text === '.') return text
  if (text === '') return { message: 'an empty name', hint: 'The root is written `.`.' }
  if (text.length > 4 * longestName) return tooLong(text.length)
  const found = special.exec(text)
  if (found !== null) return specialProblem(found[0])
  if (/^[a-z][a-z0-9+]*:\/\//i.test(text)) return { message: 'a URL, not a domain name', hint: 'Write the host name alone.' }
  const labels = text.split(dots)
  if (labels.at(-1) === '') labels.pop()
  const ascii: string[] = []
  for (const label of labels) {
    const result = readLabel(label)
    if (typeof result !== 'string') return result
    ascii.push(result)
  }
  const name = ascii.join('.')
  return name.length > longestName ? tooLong(name.length) : name
}

function readLabel(label: string): string | NameProblem {
  if (label === '') return { message: 'an empty label: two dots in a row, or one at the beginning' }
  const ascii = isAscii(label) ? label.toLowerCase() : toALabel(label)
  if (ascii === null) return { message: `"${label}" cannot be a label of an internationalised name (UTS #46)` }
  if (ascii.length <= longestLabel) return ascii
  const shown = `${ascii.slice(0, 24)}…`
  return { message: `the label "${shown}" has ${ascii.length} octets; a label has at most ${longestLabel} (RFC 1035 section 2.3.4)` }
}

/** One label at a time, with another behind it: the function takes a last label of digits for an IPv4 address. */
function toALabel(label: string): string | null {
  const [ascii = '', ...rest] = domainToASCII(`${label}.x`).split('.')
  return ascii === '' || rest.length !== 1 || special.test(ascii) ? null : ascii
}

const isAscii = (text: string): boolean => /^[ -~]*$/.test(text)

function specialProblem(character: string): NameProblem {
  if (character === '\\') {
    return {
      message: 'a backslash',
      hint: 'Escapes of zone files (`\\.`, `\\032`) are not understood; a name with a dot inside a label cannot be asked for.',
    }
  }
  if (/\s/.test(character)) return { message: 'white space in a domain name' }
  if (/\p{Cc}/u.test(character)) return { message: 'a control character in a domain name' }
  return { message: `"${character}" in a domain name` }
}

function tooLong(octets: number): NameProblem {
  return { message: `a name of ${octets} octets; a name has at most ${longestName} (RFC 1035 section 2.3.4)` }
}
