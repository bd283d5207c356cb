import { NotUnderstood } from '../../lib/errors.js'
import { numberIn, priorities, protocolNumbers } from '../../lib/netfilter/names.js'
import { readIptablesMatch } from './iptables-matches.js'
import { readTarget } from './iptables-targets.js'
import { addressRange, entriesTest } from './iptables-values.js'
import { type Option, readRuleWords } from './iptables-words.js'
import { mostRules, toRule } from './rules.js'
import type { Base, Chain, Counters, Hook, Rule, Statement, Table, Tool } from './value.js'

/** Hooks of the built-in chains by table, with their priorities (net/ipv4/netfilter/iptable_*.c). */
const hooks: Readonly<Record<string, Hook>> = {
  ...({ PREROUTING: 'prerouting', INPUT: 'input', FORWARD: 'forward', OUTPUT: 'output', POSTROUTING: 'postrouting' } as const),
}

function priorityOf(table: string, hook: Hook): number | null {
  if (table === 'nat') return hook === 'prerouting' || hook === 'output' ? priorities.dstnat : priorities.srcnat
  if (table === 'raw' || table === 'mangle' || table === 'filter' || table === 'security') return priorities[table]
  return null
}

type Draft = { readonly name: string; readonly chains: Map<string, Omit<Chain, 'rules'> & { readonly rules: Rule[] }> }

/**
 * `iptables-save -c` of any age (iptables-save(8)): `*table`, `:CHAIN POLICY [packets:bytes]`, `[packets:bytes] -A CHAIN …`, `COMMIT`.
 * @throws NotUnderstood for anything else.
 */
export function readIptablesSave(stdout: string, tool: Tool): readonly Table[] {
  const family = tool.startsWith('ip6') ? 'ip6' : 'ip'
  const tables: Table[] = []
  let draft: Draft | null = null
  let lines: string[] = []
  let rules = 0
  for (const line of stdout.split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    if (line.startsWith('*')) {
      if (draft !== null) throw new NotUnderstood('COMMIT before the next table', line)
      draft = { name: line.slice(1).trim(), chains: new Map() }
    } else if (draft === null) throw new NotUnderstood('a table of iptables-save', line)
    else if (line.startsWith(':')) addChain(draft, line)
    else if (line === 'COMMIT') {
      for (const rule of lines) addRule(draft, rule, family)
      tables.push({ tool, family, name: draft.name, dormant: false, chains: [...draft.chains.values()], sets: [] })
      draft = null
      lines = []
    } else {
      lines.push(line)
      rules += 1
      if (rules > mostRules) throw new NotUnderstood(`at most ${mostRules} rules`, 'more of them')
    }
  }
  if (draft !== null) throw new NotUnderstood('COMMIT at the end of a table', `*${draft.name}`)
  return tables
}

function readCounters(text: string | undefined): Counters | null {
  const [, packets, bytes] = /^\[(\d+):(\d+)\]$/.exec(text ?? '') ?? []
  if (packets === undefined || bytes === undefined) return null
  return { packets: Math.min(Number(packets), Number.MAX_SAFE_INTEGER), bytes: Math.min(Number(bytes), Number.MAX_SAFE_INTEGER) }
}

function addChain(draft: Draft, line: string): void {
  const [, name, policy, counters] = /^:(\S+) (\S+)(?: (\[\d+:\d+\]))?\s*$/.exec(line) ?? []
  if (name === undefined || policy === undefined) throw new NotUnderstood('a chain of iptables-save', line)
  const hook = Object.hasOwn(hooks, name) && policy !== '-' ? hooks[name] : undefined
  const priority = hook === undefined ? null : priorityOf(draft.name, hook)
  if (policy !== '-' && (priority === null || (policy !== 'ACCEPT' && policy !== 'DROP')))
    throw new NotUnderstood('a built-in chain and its policy', line)
  const type = draft.name === 'nat' ? 'nat' : 'filter'
  const base: Base | null =
    hook === undefined || priority === null ? null : { type, hook, priority, policy: policy === 'DROP' ? 'drop' : 'accept', devices: [] }
  draft.chains.set(name, { name, base, counters: base === null ? null : readCounters(counters), growth: null, rules: [] })
}

function addRule(draft: Draft, line: string, family: 'ip' | 'ip6'): void {
  const [, counters, text = ''] = /^(\[\d+:\d+\])? ?(-A .*)$/.exec(line) ?? []
  const words = readRuleWords(text)
  const chain = words === null ? undefined : draft.chains.get(words.chain)
  if (words === null || chain === undefined) throw new NotUnderstood('a rule of iptables-save', line)
  const statements: Statement[] = words.base.flatMap((option) => readBase(option, family))
  let comment: string | null = null
  for (const { name, options } of words.matches) {
    if (name === 'comment') comment = options[0]?.args[0] ?? null
    const told = [`-m ${name}`, ...options.map((option) => [option.negate ? '!' : '', option.name, ...option.args].join(' ').trim())]
    statements.push(...readIptablesMatch(name, options, told.join(' ')))
  }
  if (words.target !== null) {
    const { name, options } = words.target
    const told = [`-j ${name}`, ...options.map((option) => [option.name, ...option.args].join(' '))].join(' ')
    statements.push(...readTarget(words.target, (known) => draft.chains.has(known), told))
  }
  const shown = text.slice(`-A ${words.chain}`.length).trim()
  chain.rules.push(
    toRule({
      position: chain.rules.length + 1,
      handle: null,
      text: shown,
      comment,
      counters: readCounters(counters),
      counter: null,
      statements,
    }),
  )
}

/** Addresses, interfaces and the protocol: what every rule may say without a match. */
function readBase({ name, args: [text = ''], negate }: Option, family: 'ip' | 'ip6'): readonly Statement[] {
  const unsure: readonly Statement[] = [{ kind: 'unsure', what: `${negate ? '! ' : ''}${name} ${text}` }]
  if (name === '-4' || name === '-6') return []
  // Second and later fragments; of a whole packet it does not hold.
  if (name === '-f') return negate ? [] : [{ kind: 'test', fields: [], negate: true, entries: [[]] }]
  if (name === '-s' || name === '-d' || name === '--source' || name === '--destination') {
    const range = addressRange(text)
    return range === null ? unsure : [entriesTest(/^-+s/.test(name) ? 'saddr' : 'daddr', negate, [range])]
  }
  if (name === '-i' || name === '-o') {
    const pattern = text.replace(/\+$/, '*')
    return pattern === '*' && !negate ? [] : [entriesTest(name === '-i' ? 'iif' : 'oif', negate, [[pattern, pattern]])]
  }
  const number = text === 'all' ? 0 : numberIn(protocolNumbers, text)
  // 0 is every protocol, in IPv6 as well.
  if (number === 0) return negate ? [{ kind: 'test', fields: [], negate: true, entries: [[]] }] : []
  return number === null || family === undefined ? unsure : [entriesTest('protocol', negate, [[number, number]])]
}
