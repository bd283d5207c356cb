import { NotUnderstood } from '../../lib/errors.js'
import { countOf, isNode, list, member, type Node, textOf } from './json.js'
import { readSet } from './nft-sets.js'
import { readStatement } from './nft-statements.js'
import { writeStatement } from './nft-text.js'
import { mostRules, toRule } from './rules.js'
import { anyCounter, type Base, type Chain, type Counters, hooks, type Rule, type Table, tableFamilies } from './value.js'

type Key = `${string} ${string}`
const keyOf = (node: unknown, name = 'table'): Key => `${textOf(member(node, 'family'))} ${textOf(member(node, name))}`

interface Draft {
  readonly family: Table['family']
  readonly name: string
  readonly chains: Map<string, { base: Base | null; rules: Rule[] }>
  readonly sets: Node[]
  readonly counters: Map<string, Counters>
  readonly dynamic: Set<string>
}

/**
 * `nft -j list ruleset` (libnftables-json(5)).
 * @throws NotUnderstood for anything else, and for rules of chains and tables that the list does not have.
 */
export function readNftJson(stdout: string): readonly Table[] {
  let document: unknown
  try {
    document = JSON.parse(stdout)
  } catch {
    throw new NotUnderstood('JSON of nft -j list ruleset', stdout)
  }
  const objects = member(document, 'nftables')
  if (!Array.isArray(objects)) throw new NotUnderstood('JSON of nft -j list ruleset', stdout)
  const drafts = new Map<Key, Draft>()
  for (const object of objects) readFrame(object, drafts)
  let rules = 0
  for (const object of objects) {
    const rule = member(object, 'rule')
    if (rule === undefined) continue
    rules += 1
    if (rules > mostRules) throw new NotUnderstood(`at most ${mostRules} rules`, `more of them`)
    addRule(rule, drafts.get(keyOf(rule)))
  }
  return [...drafts.values()].map(toTable)
}

/** Everything but the rules, which may come before what they name. */
function readFrame(object: unknown, drafts: Map<Key, Draft>): void {
  const table = member(object, 'table')
  const name = textOf(member(table, 'name'))
  const family = tableFamilies.find((known) => known === member(table, 'family'))
  // ARP has no traffic of ours.
  if (table !== undefined && name !== null && family !== undefined) {
    drafts.set(keyOf(table, 'name'), { family, name, chains: new Map(), sets: [], counters: new Map(), dynamic: new Set() })
  }
  const chain = member(object, 'chain')
  const draft = drafts.get(keyOf(chain ?? member(object, 'set') ?? member(object, 'map') ?? member(object, 'counter')))
  if (draft === undefined) return
  const chainName = textOf(member(chain, 'name'))
  if (chain !== undefined && chainName !== null) draft.chains.set(chainName, { base: readBase(chain), rules: [] })
  const set = member(object, 'set') ?? member(object, 'map')
  if (isNode(set)) draft.sets.push(set)
  const counter = member(object, 'counter')
  const counters = readCounters(counter)
  if (counters !== null) draft.counters.set(String(member(counter, 'name')), counters)
}

function readBase(chain: unknown): Base | null {
  const hook = member(chain, 'hook')
  if (hook === undefined) return null
  const known = hooks.find((name) => name === hook)
  const type = (['filter', 'nat', 'route'] as const).find((name) => name === member(chain, 'type'))
  const priority = member(chain, 'prio')
  if (known === undefined || type === undefined || typeof priority !== 'number' || !Number.isSafeInteger(priority)) {
    throw new NotUnderstood('type, hook and priority of a chain', JSON.stringify(chain))
  }
  const policy = member(chain, 'policy') === 'drop' ? 'drop' : 'accept'
  return { type, hook: known, priority, policy, devices: list(member(chain, 'dev')).flatMap((device) => textOf(device) ?? []) }
}

function readCounters(counter: unknown): Counters | null {
  const packets = countOf(member(counter, 'packets'))
  const bytes = countOf(member(counter, 'bytes'))
  return packets === null || bytes === null ? null : { packets, bytes }
}

/** `counter name web`; where a map chooses the counter, or there are several with names, it may be any of the table's. */
function counterName(counters: readonly unknown[]): Rule['counter'] {
  const own = counters.filter((counter) => counter !== null && readCounters(counter) === null)
  const [first, ...others] = own.map(textOf)
  return first === undefined ? null : others.length > 0 ? anyCounter : (first ?? anyCounter)
}

function addRule(rule: unknown, draft: Draft | undefined): void {
  if (member(rule, 'family') === 'arp') return
  const chain = draft?.chains.get(textOf(member(rule, 'chain')) ?? '')
  const expressions = member(rule, 'expr')
  if (draft === undefined || chain === undefined || !Array.isArray(expressions)) {
    throw new NotUnderstood('a rule of a chain in the list', JSON.stringify(rule))
  }
  const words = expressions.map(writeStatement)
  const counting = expressions.map((expression) => member(expression, 'counter')).filter((found) => found !== undefined)
  const counter = counterName(counting)
  for (const expression of expressions) {
    const set = member(member(expression, 'set') ?? member(expression, 'map'), 'set')
    if (typeof set === 'string') draft.dynamic.add(set.replace(/^@/, ''))
  }
  chain.rules.push(
    toRule({
      position: chain.rules.length + 1,
      handle: countOf(member(rule, 'handle')),
      text: words.filter((text) => text !== 'counter').join(' '),
      comment: textOf(member(rule, 'comment')),
      counters: counter === null ? readCounters(counting[0]) : (draft.counters.get(counter) ?? null),
      counter,
      statements: expressions.flatMap((expression, index) => readStatement(expression, words[index] ?? '')),
    }),
  )
}

function toTable({ family, name, chains, sets, dynamic }: Draft): Table {
  const withNames = [...chains].map(([chain, { base, rules }]): Chain => ({ name: chain, base, counters: null, growth: null, rules }))
  return { tool: 'nft', family, name, dormant: false, chains: withNames, sets: sets.map((set) => readSet(set, dynamic)) }
}
