import type { Json } from '../../model/json.js'
import { readString } from './literal-string.js'

/**
 * The value of an INI variable as Ansible types it: `ast.literal_eval`, and the text itself where that fails.
 * Python values that JSON has no room for (complex numbers, sets, bytes, integers beyond 2^53) stay text too.
 * https://docs.ansible.com/ansible/latest/collections/ansible/builtin/ini_inventory.html
 */
export function literalOrText(text: string): Json {
  const cursor: Cursor = { text: text.replace(/^[ \t]+/, ''), at: 0, depth: 0 }
  try {
    const value = readExpression(cursor)
    skip(cursor)
    return cursor.at < cursor.text.length ? text : value
  } catch (error) {
    if (error instanceof NotALiteral) return text
    throw error
  }
}

class NotALiteral extends Error {}

interface Cursor {
  readonly text: string
  at: number
  depth: number
}

/** Python's parser gives up at about the same depth. */
const deepest = 90

/** One value, or a tuple without parentheses: `1, 2`. */
function readExpression(cursor: Cursor): Json {
  const first = readValue(cursor)
  if (!take(cursor, ',')) return first
  return [first, ...readItems(cursor, null)]
}

/** Items up to `close`, or up to the end of the text. A comma may follow the last. */
function readItems(cursor: Cursor, close: string | null): Json[] {
  const items: Json[] = []
  for (;;) {
    skip(cursor)
    if (close === null ? cursor.at >= cursor.text.length : take(cursor, close)) return items
    items.push(readValue(cursor))
    if (take(cursor, ',')) continue
    if (close !== null && !take(cursor, close)) throw new NotALiteral()
    return items
  }
}

function readValue(cursor: Cursor): Json {
  skip(cursor)
  return nested(cursor, readAtom)
}

function nested<Value>(cursor: Cursor, read: (cursor: Cursor) => Value): Value {
  cursor.depth += 1
  if (cursor.depth > deepest) throw new NotALiteral()
  const value = read(cursor)
  cursor.depth -= 1
  return value
}

function readAtom(cursor: Cursor): Json {
  if (take(cursor, '[')) return readItems(cursor, ']')
  if (take(cursor, '(')) return readParenthesised(cursor)
  if (take(cursor, '{')) return readDictionary(cursor)
  const string = readString(cursor.text, cursor.at)
  if (string !== null) {
    cursor.at = string.end
    return string.value + readFurtherStrings(cursor)
  }
  return readWordOrNumber(cursor)
}

/** Adjacent strings are one: `'a' 'b'`. */
function readFurtherStrings(cursor: Cursor): string {
  let value = ''
  for (;;) {
    skip(cursor)
    const string = readString(cursor.text, cursor.at)
    if (string === null) return value
    value += string.value
    cursor.at = string.end
  }
}

function readParenthesised(cursor: Cursor): Json {
  if (take(cursor, ')')) return []
  const first = readValue(cursor)
  if (take(cursor, ')')) return first
  if (!take(cursor, ',')) throw new NotALiteral()
  return [first, ...readItems(cursor, ')')]
}

function readDictionary(cursor: Cursor): Json {
  const entries: [string, Json][] = []
  while (!take(cursor, '}')) {
    const key = readValue(cursor)
    if (!take(cursor, ':') || (typeof key === 'object' && key !== null)) throw new NotALiteral()
    entries.push([keyText(key), readValue(cursor)])
    if (take(cursor, ',')) continue
    if (!take(cursor, '}')) throw new NotALiteral()
    break
  }
  return Object.fromEntries(entries)
}

/** As Python's `json.dumps` writes keys that are not strings. */
function keyText(key: Json): string {
  return typeof key === 'string' ? key : JSON.stringify(key)
}

const number =
  /(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?)/y
const constants: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['None', null],
  ['True', true],
  ['False', false],
])

function readWordOrNumber(cursor: Cursor): Json {
  const word = /[A-Za-z_][A-Za-z_0-9]*/y
  word.lastIndex = cursor.at
  const name = word.exec(cursor.text)?.[0]
  if (name !== undefined) {
    const constant = constants.get(name)
    if (constant === undefined) throw new NotALiteral()
    cursor.at += name.length
    return constant
  }
  if (take(cursor, '-')) return 0 - readUnsigned(cursor)
  take(cursor, '+')
  return readUnsigned(cursor)
}

/** A number, which Python also takes in parentheses: `-(1)`. */
function readUnsigned(cursor: Cursor): number {
  if (!take(cursor, '(')) return readDigits(cursor)
  const value = nested(cursor, readUnsigned)
  if (!take(cursor, ')')) throw new NotALiteral()
  return value
}

function readDigits(cursor: Cursor): number {
  number.lastIndex = cursor.at
  const digits = number.exec(cursor.text)?.[0]
  if (digits === undefined) throw new NotALiteral()
  cursor.at += digits.length
  if (/[A-Za-z_0-9.]/.test(cursor.text.charAt(cursor.at))) throw new NotALiteral()
  return numberValue(digits.replaceAll('_', ''))
}

function numberValue(digits: string): number {
  const whole = /^(?:\d+|0[xob].*)$/i.test(digits)
  // Python refuses 010, so that nobody takes it for an octal number; 000 is zero.
  if (/^0\d/.test(digits) && whole && !/^0+$/.test(digits)) throw new NotALiteral()
  const value = Number(digits)
  if (!Number.isFinite(value) || (whole && !Number.isSafeInteger(value))) throw new NotALiteral()
  return value
}

function take(cursor: Cursor, token: string): boolean {
  skip(cursor)
  if (!cursor.text.startsWith(token, cursor.at)) return false
  cursor.at += token.length
  return true
}

/** White space, and a comment up to the end. */
function skip(cursor: Cursor): void {
  const space = /(?:[ \t\f]+|#.*$)*/y
  space.lastIndex = cursor.at
  cursor.at += space.exec(cursor.text)?.[0].length ?? 0
}
