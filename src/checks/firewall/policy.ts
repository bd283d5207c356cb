import type { Chain, Ruleset, Statement, Table } from '../../facts/firewall-rules/index.js'
import { stateBits } from '../../lib/netfilter/names.js'
import type { Finding } from '../../model/check.js'
import type { Outcome, Place } from './model.js'
import type { Family } from './packet.js'
import { baseChains, type Direction } from './path.js'
import type { Wanted } from './schema.js'
import { familyName, lookWords, meetsWanted, outcomeWords, placeWords } from './words.js'

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
  const all = baseChains(ruleset, direction, family)
    .filter(({ table, base }) => base.type === 'filter' && table.family !== 'bridge' && table.family !== 'netdev')
    .map(
      ({ table, chain, base }): Default =>
        ofChain(table, chain, family, 0) ?? { outcome: base.policy, place: { table, chain, rule: null } },
    )
  const [first] = all.sort((a, b) => strength.indexOf(a.outcome) - strength.indexOf(b.outcome))
  return first ?? { outcome: 'accept', place: null }
}

/** The first rule of a chain, and of those it always leads to, that holds for everything; null: there is none. */
function ofChain(table: Table, chain: Chain, family: Family, depth: number): Default | null {
  if (depth > 16) return null
  for (const rule of chain.rules) {
    const last = rule.statements.at(-1)
    if (last === undefined || !rule.statements.slice(0, -1).every((statement) => holdsForAll(statement, family))) continue
    const place: Place = { table, chain, rule }
    if (last.kind === 'opaque') return { outcome: 'unknown', place }
    if (last.kind !== 'verdict') continue
    const { do: word, chain: name } = last.verdict
    if (word === 'accept' || word === 'drop' || word === 'reject') return { outcome: word, place }
    if (word === 'return') return null
    const target = word === 'continue' ? undefined : table.chains.find((other) => other.name === name)
    const found = target === undefined ? null : ofChain(table, target, family, depth + 1)
    if (found !== null) return found
    if (word === 'goto') return null
  }
  return null
}

/** A condition that leaves no new connection of the family out. */
function holdsForAll(statement: Statement, family: Family): boolean {
  if (statement.kind === 'set-mark') return true
  if (statement.kind === 'bits' && statement.field === 'ct-state' && statement.negate) {
    return !statement.values.includes((stateBits.new ?? 8) & statement.mask)
  }
  if (statement.kind !== 'test' || statement.fields.length > 1) return false
  const [field] = statement.fields
  if (field === undefined) return statement.entries.length > 0 !== statement.negate
  const wanted = field === 'family' ? family : field === 'ct-state' ? stateBits.new : undefined
  return wanted !== undefined && statement.entries.some(([range]) => range?.[0] === wanted && range[1] === wanted) !== statement.negate
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
  return { ...finding, verdict: 'fail', actual, message: failing({ outcome, place }, direction, family, other) }
}

function failing({ outcome, place }: Default, direction: Direction, family: Family, other: Default | null): string {
  const forgotten =
    outcome === 'accept' && other !== null && other.outcome !== 'accept' && other.outcome !== 'unknown'
      ? `${familyName(family === 4 ? 6 : 4)} is ${outcomeWords[other.outcome]} by default, ${familyName(family)} is not: what is closed there is open here. `
      : ''
  const decided =
    place === null
      ? `No filter chain is at the hook ${direction} for ${familyName(family)}. Look at \`nft list ruleset\` and \`${family === 4 ? 'iptables' : 'ip6tables'}-save\`.`
      : `Decided by ${placeWords(place)}. Look at \`${lookWords(place)}\`.`
  return `${forgotten}${decided}`
}
