import type { Field, NamedSet, Range, Ruleset, Scalar, Statement, Table } from '../../facts/firewall-rules/index.js'
import { addressFamily } from '../../lib/address.js'
import { addressNumber } from '../../lib/netfilter/ranges.js'
import { type Intervals, single, unionOf } from './intervals.js'
import type { Box } from './space.js'

/**
 * Names of interfaces as numbers, so that they are intervals like everything else: each name in the rules, for each `eth*` one
 * that stands for all others that begin so, one for all that no rule names, and 0 for no interface.
 */
export interface Interfaces {
  readonly none: Intervals
  /** Every interface but `lo`. */
  readonly outer: Intervals
  numberOf(name: string): bigint
  matching(pattern: string): Intervals
  nameOf(number: bigint): string
}

const isWild = (pattern: string): boolean => pattern.endsWith('*')
const stem = (pattern: string): string => pattern.slice(0, -1)

function interfacesOf(patterns: Iterable<string>): Interfaces {
  const all = [...new Set([...patterns, 'lo'])].sort()
  const stems = all.filter(isWild).map(stem)
  // A name cannot hold a slash (dev_valid_name() in net/core/dev.c).
  const names = ['', '/', ...all.filter((pattern) => !isWild(pattern)), ...stems.map((start) => `${start}/`)]
  const numbers = new Map(names.map((name, index) => [name, BigInt(index)]))
  const where = (holds: (name: string) => boolean): Intervals =>
    unionOf(names.flatMap((name, index) => (name !== '' && holds(name) ? [[BigInt(index), BigInt(index)] as const] : [])))
  return {
    none: single(0),
    outer: where((name) => name !== 'lo'),
    numberOf: (name) => {
      const longest = stems.filter((start) => name.startsWith(start)).sort((a, b) => b.length - a.length)[0]
      return numbers.get(name) ?? numbers.get(longest === undefined ? '/' : `${longest}/`) ?? 1n
    },
    matching: (pattern) => where(isWild(pattern) ? (name) => name.startsWith(stem(pattern)) : (name) => name === pattern),
    nameOf: (number) => names[Number(number)] ?? '',
  }
}

const isLink = (field: Field): boolean => field === 'iif' || field === 'oif'

/** Names by the field that they are values of, never by their looks: `100` may be an interface. */
function* patternsOf(ruleset: Ruleset): Iterable<string> {
  for (const table of ruleset.tables) {
    const elements = (set: string): readonly (readonly Range[])[] =>
      table.sets.find(({ name }) => name === set)?.entries?.map(({ ranges }) => ranges) ?? []
    for (const { base, rules } of table.chains) {
      yield* base?.devices ?? []
      for (const { statements } of rules) for (const statement of statements) yield* namesIn(statement, elements)
    }
  }
}

function namesIn(statement: Statement, elements: (set: string) => readonly (readonly Range[])[]): readonly string[] {
  const { kind } = statement
  if ((kind !== 'test' && kind !== 'lookup' && kind !== 'verdict-map') || !statement.fields.some(isLink)) return []
  const entries =
    kind === 'test'
      ? statement.entries
      : kind === 'lookup' || statement.set !== null
        ? elements(statement.set ?? '')
        : statement.entries.map(({ ranges }) => ranges)
  return entries.flatMap((ranges) => ranges.flatMap(([low], index) => (isLink(statement.fields[index] ?? 'family') ? [String(low)] : [])))
}

/** One family's view of a ruleset, with what has been made ready of its conditions. */
export class Compiled {
  readonly interfaces: Interfaces
  readonly #boxes = new Map<Statement, readonly Box[]>()
  readonly #sets = new Map<string, readonly Box[]>()

  constructor(
    readonly ruleset: Ruleset,
    readonly family: 4 | 6,
  ) {
    this.interfaces = interfacesOf(patternsOf(ruleset))
  }

  #number(field: Field, scalar: Scalar): bigint | null {
    if (typeof scalar === 'number') return BigInt(scalar)
    return addressFamily(scalar) === this.family && (field === 'saddr' || field === 'daddr') ? addressNumber(scalar) : null
  }

  values(field: Field, [low, high]: Range): Intervals {
    if (isLink(field)) return this.interfaces.matching(String(low))
    const [from, to] = [this.#number(field, low), this.#number(field, high)]
    return from === null || to === null ? [] : unionOf([[from, to]])
  }

  /** Entries as boxes; those of one field are one box. */
  #toBoxes(fields: readonly Field[], entries: readonly (readonly Range[])[]): readonly Box[] {
    const [only] = fields.length === 1 ? fields : []
    if (only !== undefined) return [[[only, unionOf(entries.flatMap(([range]) => (range === undefined ? [] : this.values(only, range))))]]]
    return entries.map((entry) => fields.map((field, index) => [field, this.values(field, entry[index] ?? ['', ''])] as const))
  }

  boxes(statement: Extract<Statement, { kind: 'test' }>): readonly Box[] {
    const known = this.#boxes.get(statement)
    if (known !== undefined) return known
    const made = this.#toBoxes(statement.fields, statement.entries)
    this.#boxes.set(statement, made)
    return made
  }

  /** The elements of a named set as values of these fields; the key holds the table, as sets are the table's. */
  setBoxes(table: Table, set: NamedSet, fields: readonly Field[]): readonly Box[] {
    const key = `${table.tool} ${table.family} ${table.name} ${set.name} ${fields.join()}`
    const known = this.#sets.get(key)
    if (known !== undefined) return known
    const made = this.#toBoxes(
      fields,
      (set.entries ?? []).map(({ ranges }) => ranges),
    )
    this.#sets.set(key, made)
    return made
  }

  entryBox(fields: readonly Field[], ranges: readonly Range[]): Box {
    return fields.map((field, index) => [field, this.values(field, ranges[index] ?? ['', ''])] as const)
  }
}

const made = new WeakMap<Ruleset, Map<4 | 6, Compiled>>()

/** Made once for all checks of a ruleset. */
export function compiled(ruleset: Ruleset, family: 4 | 6): Compiled {
  const byFamily = made.get(ruleset) ?? new Map<4 | 6, Compiled>()
  made.set(ruleset, byFamily)
  const known = byFamily.get(family) ?? new Compiled(ruleset, family)
  byFamily.set(family, known)
  return known
}
