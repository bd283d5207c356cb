import { list, member, onlyMember } from './json.js'
import { readField, readFields } from './nft-fields.js'
import { readElement, readScalar } from './nft-values.js'
import type { Field, Range, Statement } from './value.js'

const unsure = (what: string): readonly Statement[] => [{ kind: 'unsure', what }]

/** Fields whose values are bits, so that nft compares with a mask (`in`, `!`). */
const bitFields: readonly Field[] = ['ct-state', 'ct-status', 'tcp-flags', 'mark', 'ct-mark']

/**
 * `{"match": {"op", "left", "right"}}`. What is not understood may hold or not, which `what`, the rule's words, names.
 * Packets without extension headers and fragments are judged: a rule that looks for them does not match.
 */
export function readMatch(match: unknown, what: string): readonly Statement[] {
  const op = member(match, 'op')
  const left = member(match, 'left')
  const right = member(match, 'right')
  if (onlyMember(left)?.[0] === 'exthdr') return absentHeader(op, right, what)
  const masked = member(left, '&')
  if (masked !== undefined) return readMasked(list(masked), op, right, what)
  const known = readFields(left)
  if (known === null) return unsure(what)
  const [only] = known.fields.length === 1 ? known.fields : []
  if (only !== undefined && bitFields.includes(only)) return [...known.needs, ...readBits(only, op, right, what)]
  return [...known.needs, ...readTest(known.fields, op, right, what)]
}

function absentHeader(op: unknown, right: unknown, what: string): readonly Statement[] {
  const matches = op === '==' && right === false
  if (matches) return []
  return op === '==' || op === 'in' ? [{ kind: 'test', fields: [], negate: true, entries: [[]] }] : unsure(what)
}

/** The same fields in a set, a range or one value, or in order to one value. */
function readTest(fields: readonly Field[], op: unknown, right: unknown, what: string): readonly Statement[] {
  const negate = op === '!='
  if (op !== '==' && !negate && op !== 'in') return readOrder(fields, op, right, what)
  if (typeof right === 'string' && right.startsWith('@')) return [{ kind: 'lookup', fields, negate, set: right.slice(1) }]
  const elements = list(member(right, 'set') ?? right)
  const entries = elements.map((element) => readElement(fields, element))
  if (entries.length === 0 || entries.includes(null)) return unsure(what)
  return [{ kind: 'test', fields, negate, entries: entries.flatMap((entry) => (entry === null ? [] : [entry])) }]
}

const highest: Partial<Record<Field, number>> = { sport: 65_535, dport: 65_535, mark: 2 ** 32 - 1 }

function readOrder(fields: readonly Field[], op: unknown, right: unknown, what: string): readonly Statement[] {
  const [field, ...others] = fields
  const top = field === undefined || others.length > 0 ? undefined : highest[field]
  const bound = field === undefined ? null : readScalar(field, right)
  if (field === undefined || top === undefined || typeof bound !== 'number') return unsure(what)
  const ranges: Readonly<Record<string, Range>> = { '<': [0, bound - 1], '<=': [0, bound], '>': [bound + 1, top], '>=': [bound, top] }
  const range = typeof op === 'string' ? ranges[op] : undefined
  if (range === undefined) return unsure(what)
  const possible = Number(range[0]) <= Number(range[1])
  return [{ kind: 'test', fields: [field], negate: false, entries: possible ? [[range]] : [] }]
}

const all = 2 ** 32 - 1

/** `ct state established,related` and `tcp flags syn` hold where any of the bits is set; `==` and `!=` compare all of them. */
function readBits(field: Field, op: unknown, right: unknown, what: string): readonly Statement[] {
  if (member(right, 'set') !== undefined || (typeof right === 'string' && right.startsWith('@')) || member(right, 'range') !== undefined) {
    return readTest(field === 'ct-status' ? [] : [field], field === 'ct-status' ? null : op, right, what)
  }
  const values = list(right).map((value) => readScalar(field, value))
  if (values.some((value) => typeof value !== 'number')) return op === '<' || op === '>' ? readTest([field], op, right, what) : unsure(what)
  const bits = values.reduce((sum: number, value) => sum | Number(value), 0) >>> 0
  if (op === 'in' || op === '!')
    return field === 'ct-status' && (bits & ~48) !== 0 ? unsure(what) : [bitTest(field, bits, [0], op === 'in')]
  if (op === '<' || op === '<=' || op === '>' || op === '>=') return readTest([field], op, right, what)
  if ((op !== '==' && op !== '!=') || field === 'ct-status') return unsure(what)
  return [bitTest(field, all, [bits], op === '!=')]
}

function bitTest(field: Field, mask: number, values: readonly number[], negate: boolean): Statement {
  return { kind: 'bits', field, mask, values, negate }
}

/** `tcp flags & (syn | ack) == syn`, `meta mark & 0xff == 1`. */
function readMasked([left, right]: readonly unknown[], op: unknown, wanted: unknown, what: string): readonly Statement[] {
  const known = readField(left)
  if (known === null || !bitFields.includes(known.field)) return fragment(left, right, op, wanted) ?? unsure(what)
  const number = (value: unknown): number | null => {
    const bits = list(value).map((bit) => readScalar(known.field, bit))
    return bits.every((bit) => typeof bit === 'number') ? bits.reduce((sum: number, bit) => sum | Number(bit), 0) >>> 0 : null
  }
  const mask = number(right)
  const values = list(member(wanted, 'set') ?? [wanted]).map(number)
  if (mask === null || values.includes(null) || (known.field === 'ct-status' && (mask & ~48) !== 0)) return unsure(what)
  if (op !== '==' && op !== '!=') return unsure(what)
  return [
    ...known.needs,
    bitTest(
      known.field,
      mask,
      values.flatMap((value) => value ?? []),
      op === '!=',
    ),
  ]
}

/** `ip frag-off & 0x1fff != 0`: offset and "more fragments" are zero in a whole packet. */
function fragment(left: unknown, mask: unknown, op: unknown, wanted: unknown): readonly Statement[] | null {
  const payload = member(left, 'payload')
  if (member(payload, 'protocol') !== 'ip' || member(payload, 'field') !== 'frag-off') return null
  if (typeof mask !== 'number' || (mask & ~0x3fff) !== 0 || typeof wanted !== 'number' || (op !== '==' && op !== '!=')) return null
  const holds = (wanted === 0) === (op === '==')
  return holds ? [] : [{ kind: 'test', fields: [], negate: true, entries: [[]] }]
}
