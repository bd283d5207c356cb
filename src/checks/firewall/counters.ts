import { anyCounter, type Counters, type Rule, type Ruleset } from '../../facts/firewall-rules/index.js'
import { formatDuration } from '../../lib/duration.js'
import { describeExpectation, meets, numberType } from '../../lib/expectation.js'
import { counted as counting } from '../../lib/plural.js'
import type { Finding } from '../../model/check.js'
import type { Place } from './model.js'
import type { Family } from './packet.js'
import type { CountersSpec } from './schema.js'
import { lookWords, placeWords } from './words.js'

type Counted = { readonly place: Place; readonly counts: boolean; readonly growth: Counters | null }

/** The rules, or policies, that are meant. */
function selected({ rule: wanted }: CountersSpec, ruleset: Ruleset, families: readonly Family[]): readonly Counted[] {
  const tables = ruleset.tables.filter(
    ({ name, family }) =>
      (wanted.table === undefined || name === wanted.table) &&
      (family === 'ip' ? families.includes(4) : family === 'ip6' ? families.includes(6) : true),
  )
  return tables.flatMap((table) =>
    table.chains
      .filter(({ name, base }) => (wanted.chain === undefined || name === wanted.chain) && (wanted.policy === undefined || base !== null))
      .flatMap((chain): readonly Counted[] =>
        wanted.policy === true
          ? [{ place: { table, chain, rule: null }, counts: chain.counters !== null, growth: chain.growth }]
          : chain.rules
              .filter((rule) => isMeant(rule, wanted))
              .map((rule) => ({ place: { table, chain, rule }, counts: rule.counters !== null, growth: rule.growth })),
      ),
  )
}

function isMeant(rule: Rule, { comment, handle, text }: CountersSpec['rule']): boolean {
  return (
    (comment === undefined || rule.comment === comment) &&
    (handle === undefined || rule.handle === handle) &&
    (text === undefined || rule.text.includes(text))
  )
}

function ruleWords({ table, chain, comment, handle, text, policy }: CountersSpec['rule']): string {
  const said = [
    policy === true ? 'policy' : 'rules',
    chain === undefined ? '' : `of ${chain}`,
    table === undefined ? '' : `in table ${table}`,
    comment === undefined ? '' : `with comment "${comment}"`,
    handle === undefined ? '' : `with handle ${handle}`,
    text === undefined ? '' : `with \`${text}\``,
  ]
  return said.filter((part) => part !== '').join(' ')
}

const sharedName = ({ place: { rule } }: Counted): string | null => rule?.counter ?? null

/** Rules that share a counter of their table all show the whole of it: it counts once. */
function isFirstOfCounter(one: Counted, index: number, all: readonly Counted[]): boolean {
  const name = sharedName(one)
  return name === null || all.findIndex((other) => sharedName(other) === name && other.place.table === one.place.table) === index
}

/** Why a counter does not tell what the rules that are meant counted: others count with it, too. null: none does. */
function sharedBeyond(counted: readonly Counted[]): string | null {
  const meant = new Set(counted.map(({ place: { rule } }) => rule))
  for (const one of counted) {
    const name = sharedName(one)
    const { table } = one.place
    if (name === null) continue
    for (const chain of table.chains) {
      const other = chain.rules.find((rule) => (rule.counter === name || rule.counter === anyCounter) && !meant.has(rule))
      if (other === undefined) continue
      const both = `${placeWords(one.place)} shares the counter ${name} with ${placeWords({ table, chain, rule: other })}`
      return `${both}: how much each counts cannot be told. Let \`rule\` say what holds for all that share it, or give each rule a counter of its own.`
    }
  }
  return null
}

/** What the rules counted between two readings. */
export function judgeCounters(spec: CountersSpec, ruleset: Ruleset, families: readonly Family[]): readonly Finding[] {
  const subject = ruleWords(spec.rule)
  const expectations = (['packets', 'bytes'] as const).flatMap((unit) => {
    const expectation = spec[unit]
    return expectation === undefined
      ? []
      : [{ unit, expectation, expected: `${describeExpectation(numberType, expectation)} ${unit} in ${spec.over}` }]
  })
  const [first, ...others] = selected(spec, ruleset, families)
  const all = (verdict: Finding['verdict'], actual: string, message: string): readonly Finding[] =>
    expectations.map(({ expected }) => ({ subject, verdict, expected, actual, message }))
  if (first === undefined) {
    return all('fail', 'no such rule', 'No rule of this host is like that. Look at `nft -a list ruleset` and `iptables-save -c`.')
  }
  const counted = [first, ...others]
  const silent = counted.find(({ counts }) => !counts)
  if (silent !== undefined) {
    return all('error', 'not counted', `${placeWords(silent.place)} does not count: in nft a rule counts with the word \`counter\` only.`)
  }
  const changed = counted.find(({ growth }) => growth === null)
  if (changed !== undefined || ruleset.growthMs === null) {
    const where =
      changed === undefined ? 'The rules were read once only' : `${placeWords(changed.place)} was loaded anew or set to zero meanwhile`
    return all('error', 'not known', `${where}: run it again.`)
  }
  const divided = sharedBeyond(counted)
  if (divided !== null) return all('error', 'not known', divided)
  const once = counted.filter(isFirstOfCounter)
  const sum = (unit: 'packets' | 'bytes'): number => once.reduce((total, { growth }) => total + (growth?.[unit] ?? 0), 0)
  const over = formatDuration(ruleset.growthMs)
  return expectations.map(({ unit, expectation, expected }) => {
    const actual = `${sum(unit)} ${unit} in ${over}`
    if (meets(numberType, expectation, sum(unit))) return { subject, verdict: 'pass', expected, actual, message: '' }
    const most = counted.reduce((a, b) => ((b.growth?.[unit] ?? 0) > (a.growth?.[unit] ?? 0) ? b : a), first)
    const many = counted.length === 1 ? 'Counted by' : `${counting(counted.length, 'rule')} counted, the most`
    const message = `${many} ${placeWords(most.place)}. Look at \`${lookWords(most.place)}\`.`
    return { subject, verdict: 'fail', expected, actual, message }
  })
}
