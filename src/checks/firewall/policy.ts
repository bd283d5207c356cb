import type { Chain, Ruleset, Statement, Table, Verdict } from '../../facts/firewall-rules/index.js'
import type { Finding } from '../../model/check.js'
import { type Compiled, compiled } from './compile.js'
import { onlyValue } from './intervals.js'
import type { Outcome, Place } from './model.js'
import { type Family, questionOf } from './packet.js'
import { baseChains, type Direction } from './path.js'
import type { Wanted } from './schema.js'
import { type Space, splitByBox, splitByBoxes, withField } from './space.js'
import { dormantWords, familyName, lookWords, meetsWanted, outcomeWords, placeWords } from './words.js'

export interface Default {
  readonly outcome: Outcome
  /** null: no chain is at the hook. */
  readonly place: Place | null
}

const strength: readonly Outcome[] = ['drop', 'reject', 'unknown', 'accept']

/**
 * What becomes of a new connection that no rule names: each chain at the hook has its own answer, and the strictest counts, as
 * `accept` ends one chain only and `drop` all.
 */
export function defaultOf(ruleset: Ruleset, direction: Direction, family: Family): Default {
  const asked: Asked = { space: everything(ruleset, direction, family), compiled: compiled(ruleset, family) }
  const all = baseChains(ruleset, direction, family)
    .filter(({ table, base }) => base.type === 'filter' && table.family !== 'bridge' && table.family !== 'netdev')
    .map(
      ({ table, chain, base }): Default => ofChain(table, chain, asked, 0) ?? { outcome: base.policy, place: { table, chain, rule: null } },
    )
  const [first] = all.sort((a, b) => strength.indexOf(a.outcome) - strength.indexOf(b.outcome))
  return first ?? { outcome: 'accept', place: null }
}

/** Every new connection that may come this way. */
interface Asked {
  readonly space: Space
  readonly compiled: Compiled
}

function everything(ruleset: Ruleset, direction: Direction, family: Family): Space {
  const { space } = questionOf({ direction }, family, ruleset, { isOwn: () => null, own: null, links: null })
  return withField(space, 'protocol', [[0n, 255n]])
}

/** The first rule of a chain, and of those it always leads to, that holds for everything; null: there is none. */
function ofChain(table: Table, chain: Chain, asked: Asked, depth: number): Default | null {
  if (depth > 16) return null
  for (const rule of chain.rules) {
    const last = rule.statements.at(-1)
    if (last === undefined || !rule.statements.slice(0, -1).every((statement) => holdsForAll(statement, table, asked))) continue
    const place: Place = { table, chain, rule }
    if (last.kind === 'opaque') return { outcome: 'unknown', place }
    const verdict = last.kind === 'verdict-map' ? mapped(last, table, asked) : last.kind === 'verdict' ? last.verdict : null
    if (verdict === null) continue
    const { do: word, chain: name } = verdict
    if (word === 'accept' || word === 'drop' || word === 'reject') return { outcome: word, place }
    if (word === 'return') return null
    const target = word === 'continue' ? undefined : table.chains.find((other) => other.name === name)
    const found = target === undefined ? null : ofChain(table, target, asked, depth + 1)
    if (found !== null) return found
    if (word === 'goto') return null
  }
  return null
}

/** A condition that leaves none of them out. */
function holdsForAll(statement: Statement, table: Table, { space, compiled: ready }: Asked): boolean {
  if (statement.kind === 'set-mark') return true
  if (statement.kind === 'bits') {
    const value = onlyValue(space[statement.field])
    return value !== null && statement.values.includes(Number(value & BigInt(statement.mask))) !== statement.negate
  }
  if (statement.kind === 'lookup') {
    const set = table.sets.find(({ name }) => name === statement.set)
    if (set === undefined || set.dynamic || set.entries === null) return false
    const { inside, outside } = splitByBoxes(space, ready.setBoxes(table, set, statement.fields), () => {})
    return (statement.negate ? inside : outside).length === 0
  }
  if (statement.kind !== 'test') return false
  if (statement.fields.length === 0) return statement.entries.length > 0 !== statement.negate
  const { inside, outside } = splitByBoxes(space, ready.boxes(statement), () => {})
  return (statement.negate ? inside : outside).length === 0
}

/** The verdict of the one entry that all of them are in; null: they are in several, or in none. */
function mapped(map: Extract<Statement, { kind: 'verdict-map' }>, table: Table, { space, compiled: ready }: Asked): Verdict | null {
  const set = table.sets.find(({ name }) => name === map.set)
  if (set?.dynamic === true) return null
  const entries = set === undefined ? map.entries : (set.entries ?? [])
  return entries.find(({ ranges }) => splitByBox(space, ready.entryBox(map.fields, ranges)).outside.length === 0)?.verdict ?? null
}

export function judgePolicy(ruleset: Ruleset, direction: Direction, wanted: Wanted, family: Family, other: Default | null): Finding {
  const { outcome, place } = defaultOf(ruleset, direction, family)
  const finding = { subject: `default of ${direction}, ${familyName(family)}`, expected: outcomeWords[wanted] }
  if (ruleset.unseen.length > 0 && (outcome === 'accept' || outcome === 'unknown')) {
    return {
      ...finding,
      verdict: 'error',
      actual: 'not decided',
      message: `It cannot be told what is in ${ruleset.unseen.join(', and in ')}.`,
    }
  }
  const actual = `${outcomeWords[outcome]}${place === null ? ', as no chain is at this hook' : ''}`
  if (outcome === 'unknown') {
    const message = place === null ? '' : `What becomes of packets cannot be told at ${placeWords(place)}. Look at \`${lookWords(place)}\`.`
    return { ...finding, verdict: 'error', actual, message }
  }
  if (meetsWanted(wanted, outcome)) return { ...finding, verdict: 'pass', actual, message: '' }
  return { ...finding, verdict: 'fail', actual, message: failing({ outcome, place }, direction, family, other, ruleset) }
}

function failing({ outcome, place }: Default, direction: Direction, family: Family, other: Default | null, ruleset: Ruleset): string {
  const forgotten =
    outcome === 'accept' && other !== null && other.outcome !== 'accept' && other.outcome !== 'unknown'
      ? `${familyName(family === 4 ? 6 : 4)} is ${outcomeWords[other.outcome]} by default, ${familyName(family)} is not: what is closed there is open here. `
      : ''
  const decided =
    place === null
      ? `No filter chain is at the hook ${direction} for ${familyName(family)}. Look at \`nft list ruleset\` and \`${family === 4 ? 'iptables' : 'ip6tables'}-save\`.${dormantWords(ruleset)}`
      : `Decided by ${placeWords(place)}. Look at \`${lookWords(place)}\`.`
  return `${forgotten}${decided}`
}
