import { canonicalAddress } from '../../lib/address.js'
import { countOf, isNode, list, member, onlyMember, textOf } from './json.js'
import { readField, readFields, test } from './nft-fields.js'
import { readMatch } from './nft-match.js'
import { readElement } from './nft-values.js'
import { type Statement, type Verdict, type VerdictMapEntry, verdictWords } from './value.js'

/** `{"accept": null}`, `{"jump": {"target": "x"}}`; null: no verdict. */
export function readVerdict(statement: unknown): Verdict | null {
  const [kind, inner] = onlyMember(statement) ?? []
  const word = verdictWords.find((known) => known === kind)
  if (word === undefined) return null
  if (word !== 'jump' && word !== 'goto') return { do: word, chain: null }
  const chain = textOf(member(inner, 'target'))
  return chain === null ? null : { do: word, chain }
}

/** Conditions of rates, chances and state outside of the packet: they end the rule, or not. */
const conditions = ['limit', 'quota', 'ct count', 'connlimit', 'last']
/** What leaves packets alone. */
const harmless = ['counter', 'log', 'comment', 'ct helper', 'ct timeout', 'ct expectation', 'secmark', 'flow', 'dup']
const translations = ['dnat', 'snat', 'masquerade', 'redirect']

/** One statement of a rule; `what` are its words, for what is not understood. */
export function readStatement(statement: unknown, what: string): readonly Statement[] {
  const verdict = readVerdict(statement)
  if (verdict !== null) return [...impliedBy(statement), { kind: 'verdict', verdict }]
  const [kind, inner] = onlyMember(statement) ?? []
  if (kind === undefined) return [{ kind: 'opaque', what }]
  if (kind === 'match') return readMatch(inner, what)
  if (kind === 'vmap') return readVerdictMap(inner, what)
  if (kind === 'mangle') return readMangle(inner, what)
  if (kind === 'notrack') return [{ kind: 'untrack' }]
  if (translations.includes(kind)) return [...impliedBy(statement), readTranslation(kind, inner)]
  // A set that cannot take another element ends the rule; one with a statement asks that.
  if (kind === 'set' || kind === 'map') return [{ kind: 'unsure', what }]
  if (kind === 'meter' || conditions.includes(kind)) return [{ kind: 'unsure', what }]
  if (kind === 'xt') return [member(inner, 'type') === 'match' ? { kind: 'unsure', what } : { kind: 'opaque', what }]
  return harmless.includes(kind) ? [] : [{ kind: 'opaque', what }]
}

const families: Readonly<Record<string, number>> = { icmp: 4, icmpv6: 6, ip: 4, ip6: 6 }

/**
 * `meta nfproto ipv4 reject` is printed as `reject with icmp port-unreachable`: nft leaves out conditions that its other words
 * imply (src/payload.c, payload_dependency_kill).
 */
function impliedBy(statement: unknown): readonly Statement[] {
  const type = textOf(member(member(statement, 'reject'), 'type'))
  if (type === 'tcp reset') return [test('protocol', 6)]
  const [, inner] = onlyMember(statement) ?? []
  const family = families[type ?? textOf(member(inner, 'family')) ?? '']
  return family === undefined ? [] : [test('family', family)]
}

function readVerdictMap(vmap: unknown, what: string): readonly Statement[] {
  const known = readFields(member(vmap, 'key'))
  const data = member(vmap, 'data')
  if (typeof data === 'string' && data.startsWith('@')) {
    return known === null
      ? [{ kind: 'opaque', what }]
      : [...known.needs, { kind: 'verdict-map', fields: known.fields, set: data.slice(1), entries: [] }]
  }
  const pairs = list(member(data, 'set'))
  const verdicts = pairs.map((pair) => readVerdict(list(pair)[1]))
  if (verdicts.includes(null)) return [{ kind: 'opaque', what }]
  const entries = pairs.flatMap((pair, index): readonly VerdictMapEntry[] => {
    const ranges = known === null ? null : readElement(known.fields, list(pair)[0])
    const verdict = verdicts[index]
    return ranges === null || verdict === null || verdict === undefined ? [] : [{ ranges, verdict }]
  })
  if (known === null || entries.length < pairs.length) {
    return [{ kind: 'some-verdict', verdicts: verdicts.flatMap((verdict) => verdict ?? []), what }]
  }
  return [...known.needs, { kind: 'verdict-map', fields: known.fields, set: null, entries }]
}

const all = 2 ** 32 - 1

/** `meta mark set mark or 0x10`. Other fields that are set are none that conditions know, but for addresses and ports. */
function readMangle(mangle: unknown, what: string): readonly Statement[] {
  const target = readField(member(mangle, 'key'))?.field
  const value = member(mangle, 'value')
  if (target !== 'mark' && target !== 'ct-mark') {
    const raw = member(member(member(mangle, 'key'), 'payload'), 'offset') !== undefined
    return target === undefined && !raw ? [] : [{ kind: 'opaque', what }]
  }
  const unknown: Statement = { kind: 'set-mark', field: target, from: target, and: null, xor: 0 }
  if (typeof value === 'number') return [{ ...unknown, and: 0, xor: value >>> 0 }]
  const [operator, operands] = onlyMember(value) ?? []
  const copied = readField(value)?.field
  if (copied === 'mark' || copied === 'ct-mark') return [{ ...unknown, from: copied, and: all }]
  const [left, right] = list(operands)
  const from = readField(left)?.field
  if ((from !== 'mark' && from !== 'ct-mark') || typeof right !== 'number') return [unknown]
  const bits = right >>> 0
  if (operator === '&') return [{ ...unknown, from, and: bits }]
  if (operator === '|') return [{ ...unknown, from, and: ~bits >>> 0, xor: bits }]
  return operator === '^' ? [{ ...unknown, from, and: all, xor: bits }] : [unknown]
}

function readTranslation(kind: string, inner: unknown): Statement {
  const port = countOf(member(inner, 'port'))
  const given = textOf(member(inner, 'addr'))
  const address = given === null ? null : canonicalAddress(given)
  const end = kind === 'dnat' || kind === 'redirect' ? 'destination' : 'source'
  const portUnknown = isNode(inner) && inner.port !== undefined && port === null
  // A port that is chosen anew from several makes the whole destination unknown.
  if (end === 'destination' && portUnknown) return { kind: 'translate', end, address: null, self: false, port: null }
  return { kind: 'translate', end, address, self: kind === 'redirect', port }
}
