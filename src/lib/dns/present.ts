/** Stands for a dot inside a label while names are joined with dots; octets are shown as U+0000 to U+00FF, so it is free. */
export const innerDot = '\uf02e'

const plain = /^[a-z0-9_.*/-]*$/i
const needsEscape = /[^!-~]|["();@$\\]/g

/** A name as the decoder gives it, in the one spelling of names: lower case, odd octets escaped (RFC 4343 section 2.1). */
export function presentName(raw: string): string {
  if (plain.test(raw)) return raw.toLowerCase()
  return raw.replace(needsEscape, escapeOctet).toLowerCase()
}

/** A string of octets between quotes. */
export function presentQuoted(raw: string): string {
  return `"${raw.replaceAll(innerDot, '.').replace(/[^ -~]|["\\]/g, escapeOctet)}"`
}

/** Octets as the text they most probably are: UTF-8, and where they are not, those above 127 escaped. */
export function presentText(octets: Buffer): string {
  const text = octets.toString('utf8')
  if (!text.includes('\ufffd')) return text
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII is meant
  return octets.toString('latin1').replace(/[^\u0000-\u007f]/g, escapeOctet)
}

function escapeOctet(character: string): string {
  if (character === innerDot) return '\\.'
  if (character > ' ' && character <= '~') return `\\${character}`
  return `\\${String(character.charCodeAt(0)).padStart(3, '0')}`
}
