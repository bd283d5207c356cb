import { flag, listOf, mapOf, oneOf, orNull, type Shape, text, whole } from '../../lib/shape.js'
import {
  type Base,
  type Bits,
  type Chain,
  type Counters,
  type Decide,
  fields,
  hooks,
  type Lookup,
  type NamedSet,
  type Opaque,
  type Range,
  type Rule,
  type Ruleset,
  type Scalar,
  type SetMark,
  type SomeVerdict,
  type Statement,
  type Table,
  type Test,
  type Translate,
  tableFamilies,
  tools,
  type Unsure,
  type Untrack,
  type Verdict,
  type VerdictMap,
  type VerdictMapEntry,
  verdictWords,
} from './value.js'

const scalar: Shape<Scalar> = (value): value is Scalar => text(value) || whole(value)
const range: Shape<Range> = (value): value is Range => Array.isArray(value) && value.length === 2 && value.every(scalar)
const integer: Shape<number> = (value): value is number => Number.isSafeInteger(value)
const field = oneOf(fields)
const mark = oneOf(['mark', 'ct-mark'])

const verdict = mapOf<Verdict>({ do: oneOf(verdictWords), chain: orNull(text) })
const entry = mapOf<VerdictMapEntry>({ ranges: listOf(range), verdict })

const statements: { readonly [Kind in Statement['kind']]: Shape<Extract<Statement, { kind: Kind }>> } = {
  test: mapOf<Test>({ kind: oneOf(['test']), fields: listOf(field), negate: flag, entries: listOf(listOf(range)) }),
  lookup: mapOf<Lookup>({ kind: oneOf(['lookup']), fields: listOf(field), negate: flag, set: text }),
  bits: mapOf<Bits>({ kind: oneOf(['bits']), field, mask: whole, values: listOf(whole), negate: flag }),
  unsure: mapOf<Unsure>({ kind: oneOf(['unsure']), what: text }),
  verdict: mapOf<Decide>({ kind: oneOf(['verdict']), verdict }),
  'verdict-map': mapOf<VerdictMap>({ kind: oneOf(['verdict-map']), fields: listOf(field), set: orNull(text), entries: listOf(entry) }),
  'some-verdict': mapOf<SomeVerdict>({ kind: oneOf(['some-verdict']), verdicts: listOf(verdict), what: text }),
  'set-mark': mapOf<SetMark>({ kind: oneOf(['set-mark']), field: mark, from: mark, and: orNull(whole), xor: whole }),
  untrack: mapOf<Untrack>({ kind: oneOf(['untrack']) }),
  translate: mapOf<Translate>({
    kind: oneOf(['translate']),
    end: oneOf(['source', 'destination']),
    address: orNull(text),
    self: flag,
    port: orNull(whole),
  }),
  opaque: mapOf<Opaque>({ kind: oneOf(['opaque']), what: text }),
}

const statement: Shape<Statement> = (value): value is Statement => Object.values(statements).some((shape) => shape(value))

const counters = orNull(mapOf<Counters>({ packets: whole, bytes: whole }))

const rule = mapOf<Rule>({
  position: whole,
  handle: orNull(whole),
  text,
  comment: orNull(text),
  counters,
  counter: orNull(text),
  growth: counters,
  statements: listOf(statement),
})

const base = mapOf<Base>({
  type: oneOf(['filter', 'nat', 'route']),
  hook: oneOf(hooks),
  priority: integer,
  policy: oneOf(['accept', 'drop']),
  devices: listOf(text),
})

const chain = mapOf<Chain>({ name: text, base: orNull(base), counters, growth: counters, rules: listOf(rule) })

const set = mapOf<NamedSet>({
  name: text,
  dynamic: flag,
  entries: orNull(listOf(mapOf({ ranges: listOf(range), verdict: orNull(verdict) }))),
})

const table = mapOf<Table>({
  tool: oneOf(tools),
  family: oneOf(tableFamilies),
  name: text,
  dormant: flag,
  chains: listOf(chain),
  sets: listOf(set),
})

/** What a recording must hold to be judged. */
export const rulesetShape = mapOf<Ruleset>({ tables: listOf(table), unseen: listOf(text), ipv6: flag, growthMs: orNull(whole) })
