import { parseYaml } from '../documents/index.js'
import type { Json } from '../model/json.js'

/**
 * Reads the `name=value` of `--var`. A value that is spelt as a number, `true`, `false`, a list in brackets or a map in braces is
 * that; everything else is text as it stands: `010` and `1e3` are not numbers.
 */
export function parseVariable(text: string): { readonly name: string; readonly value: Json } | { readonly problem: string } {
  const equals = text.indexOf('=')
  const name = equals === -1 ? text : text.slice(0, equals)
  if (equals === -1) return { problem: `expected name=value, found "${text}"` }
  if (!/^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*$/u.test(name)) return { problem: `expected the name of a variable before "=", found "${name}"` }
  return { name, value: readValue(text.slice(equals + 1)) }
}

function readValue(text: string): Json {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && String(Number(text)) === text) return Number(text)
  if (!/^\s*[[{]/.test(text)) return text
  return parseYaml('--var', text, new Uint8Array()).document?.data ?? text
}
