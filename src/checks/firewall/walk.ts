import type { Chain, Field, Rule, Statement, Table, Verdict } from '../../facts/firewall-rules/index.js'
import { stateBits } from '../../lib/netfilter/names.js'
import type { Compiled } from './compile.js'
import { onlyValue, single } from './intervals.js'
import { type Doubt, type Part, type Place, type State, TooComplicated } from './model.js'
import { type Box, joined, type Split, splitByBox, splitByBoxes, withField } from './space.js'

/** As deep as the kernel lets chains lead to chains (NFT_JUMP_STACK_SIZE in include/net/netfilter/nf_tables.h). */
const deepest = 16
const mostSteps = 3_000_000
const mostStates = 5_000

/** What one base chain is asked with. */
export interface Passage {
  readonly compiled: Compiled
  /** Fields that the runbook gives: to be on both sides of them is no doubt but an answer in parts. */
  readonly given: ReadonlySet<Field>
  readonly table: Table
  readonly steps: { left: number }
}

export function newSteps(): { left: number } {
  return { left: mostSteps }
}

/** What became of packets in a chain: some have ended, some fell off its end or returned. */
interface Walk {
  readonly ended: readonly Part[]
  readonly left: readonly State[]
}

function spend(passage: Passage, amount = 1): void {
  passage.steps.left -= amount
  if (passage.steps.left < 0) throw new TooComplicated(`more than ${mostSteps} steps`)
}

/** Sends packets through a chain. @throws TooComplicated */
export function walkChain(states: readonly State[], chain: Chain, passage: Passage, depth = 0): Walk {
  if (depth > deepest) throw new TooComplicated(`chains that lead into each other more than ${deepest} deep, the last ${chain.name}`)
  const ended: Part[] = []
  const returned: State[] = []
  let current = states
  for (const rule of chain.rules) {
    if (current.length === 0) break
    if (rule.statements.length === 0) continue
    const walk = new RuleWalk({ table: passage.table, chain, rule }, rule, passage, depth)
    for (const state of current) walk.enter(state)
    ended.push(...walk.ended)
    returned.push(...walk.returned)
    current = merge(walk.next)
    if (current.length + ended.length > mostStates) throw new TooComplicated(`more than ${mostStates} cases`)
  }
  return { ended, left: merge([...returned, ...current]) }
}

class RuleWalk {
  readonly ended: Part[] = []
  readonly returned: State[] = []
  readonly next: State[] = []

  constructor(
    readonly place: Place,
    readonly rule: Rule,
    readonly passage: Passage,
    readonly depth: number,
  ) {}

  /** The packets that meet every condition, statement by statement; the others go on to the next rule. */
  enter(state: State): void {
    let active: readonly State[] = [state]
    for (const statement of this.rule.statements) {
      if (active.length === 0) return
      active = active.flatMap((one) => this.#step(one, statement))
    }
    this.next.push(...active)
  }

  #step(state: State, statement: Statement): readonly State[] {
    spend(this.passage)
    const { compiled, table } = this.passage
    const count = (): void => spend(this.passage)
    switch (statement.kind) {
      case 'test':
        return this.#sort(state, split(state, compiled.boxes(statement), statement.fields.length, count), statement.negate)
      case 'lookup': {
        const set = table.sets.find(({ name }) => name === statement.set)
        if (set === undefined || set.dynamic || set.entries === null) return this.#maybe(state, null, `what is in set ${statement.set}`)
        return this.#sort(state, splitByBoxes(state.space, compiled.setBoxes(table, set, statement.fields), count), statement.negate)
      }
      case 'bits':
        return this.#bits(state, statement)
      case 'unsure':
        return this.#maybe(state, null, statement.what)
      case 'verdict':
        return this.#decide(state, statement.verdict)
      case 'verdict-map':
        return this.#map(state, statement)
      case 'some-verdict':
        return this.#any(state, statement.verdicts, statement.what)
      case 'set-mark':
        return [{ ...state, space: marked(state, statement) }]
      case 'untrack':
        return [{ ...state, space: withField(state.space, 'ct-state', single(stateBits.untracked ?? 64)) }]
      case 'translate':
        return this.#translate(state, statement)
      case 'opaque':
        return this.#end(state, 'unknown', statement.what)
    }
  }

  #end(state: State, outcome: Part['outcome'], what = ''): readonly State[] {
    this.ended.push({ state, outcome, place: this.place, what })
    return []
  }

  #doubt(state: State, field: Field | null, what: string): State {
    if (state.doubts.some((known) => known.place.rule === this.rule && known.field === field)) return state
    const doubt: Doubt = { place: this.place, field, what }
    return { ...state, doubts: [...state.doubts, doubt] }
  }

  /** Both: with the rule, and on to the next. */
  #maybe(state: State, field: Field | null, what: string): readonly State[] {
    const doubtful = this.#doubt(state, field, what)
    this.next.push(doubtful)
    return [doubtful]
  }

  /** @returns those on the side that the rule means; the others go on to the next rule. */
  #sort(state: State, split: Split, negate: boolean): readonly State[] {
    const doubtful = this.#divided(state, split)
    const [meant, others] = negate ? [split.outside, split.inside] : [split.inside, split.outside]
    for (const space of others) this.next.push({ ...doubtful, space })
    return meant.map((space) => ({ ...doubtful, space }))
  }

  #divided(state: State, { by, inside, outside }: Split): State {
    if (inside.length === 0 || outside.length === 0) return state
    return by.filter((field) => !this.passage.given.has(field)).reduce((doubtful, field) => this.#doubt(doubtful, field, ''), state)
  }

  #bits(state: State, { field, mask, values, negate }: Extract<Statement, { kind: 'bits' }>): readonly State[] {
    const value = onlyValue(state.space[field])
    if (value === null) return this.#maybe(state, field, '')
    const masked = Number(value & BigInt(mask))
    if (values.includes(masked) !== negate) return [state]
    this.next.push(state)
    return []
  }

  #decide(state: State, { do: word, chain: name }: Verdict): readonly State[] {
    if (word === 'accept' || word === 'drop' || word === 'reject') return this.#end(state, word)
    // `continue` ends this rule alone.
    if (word === 'continue') this.next.push(state)
    else if (word === 'return') this.returned.push(state)
    else {
      const target = this.passage.table.chains.find((chain) => chain.name === name)
      if (target === undefined) return this.#end(state, 'unknown', `there is no chain ${name}`)
      const { ended, left } = walkChain([state], target, this.passage, this.depth + 1)
      this.ended.push(...ended)
      const onwards = word === 'jump' ? this.next : this.returned
      onwards.push(...left)
    }
    return []
  }

  #any(state: State, verdicts: readonly Verdict[], what: string): readonly State[] {
    const doubtful = this.#doubt(state, null, what)
    for (const verdict of verdicts) this.#decide(doubtful, verdict)
    return [doubtful]
  }

  #map(state: State, statement: Extract<Statement, { kind: 'verdict-map' }>): readonly State[] {
    const { compiled, table } = this.passage
    const set = statement.set === null ? null : table.sets.find(({ name }) => name === statement.set)
    if (set === undefined || set?.entries === null) return this.#end(state, 'unknown', `what is in map ${statement.set}`)
    const entries =
      set === null ? statement.entries : set.entries.flatMap(({ ranges, verdict }) => (verdict === null ? [] : [{ ranges, verdict }]))
    if (set?.dynamic === true)
      return this.#any(
        state,
        entries.map(({ verdict }) => verdict),
        `what is in map ${set.name}`,
      )
    let rest: readonly State[] = [state]
    for (const { ranges, verdict } of entries) {
      const box: Box = compiled.entryBox(statement.fields, ranges)
      rest = rest.flatMap((one) => {
        spend(this.passage)
        const split = splitByBox(one.space, box)
        const doubtful = this.#divided(one, split)
        for (const space of split.inside) this.#decide({ ...doubtful, space }, verdict)
        return split.outside.map((space) => ({ ...doubtful, space }))
      })
    }
    return rest
  }

  #translate(state: State, { end, address, self, port }: Extract<Statement, { kind: 'translate' }>): readonly State[] {
    if (end === 'source') return this.#end({ ...state, sourceTranslated: true }, 'accept')
    if (address === null && !self) return this.#end(state, 'unknown', 'which destination it is given')
    const space = port === null ? state.space : withField(state.space, 'dport', single(port))
    const to = `${self ? 'this host' : address}${port === null ? '' : ` port ${port}`}`
    const before = { daddr: state.space.daddr, dport: state.space.dport }
    return this.#end({ ...state, space, translated: { place: this.place, to, address, port, self, before } }, 'accept')
  }
}

function split(state: State, boxes: readonly Box[], fields: number, count: () => void): Split {
  // A condition without a field holds for all packets or, negated, for none.
  if (fields === 0) return { inside: boxes.length > 0 ? [state.space] : [], outside: boxes.length > 0 ? [] : [state.space], by: [] }
  return splitByBoxes(state.space, boxes, count)
}

const allMarks = [[0n, 0xffffffffn]] as const

function marked({ space }: State, { field, from, and, xor }: Extract<Statement, { kind: 'set-mark' }>): State['space'] {
  const before = onlyValue(space[from])
  const known = and === 0 ? 0n : before === null || and === null ? null : before & BigInt(and)
  return withField(space, field, known === null ? allMarks : single(known ^ BigInt(xor)))
}

/** Joins packets that have become alike again, so that their number does not grow with every rule. */
function merge(states: readonly State[]): readonly State[] {
  if (states.length < 2 || states.length > 64) return states
  const merged: State[] = []
  for (const state of states) {
    const index = merged.findIndex((other) => alike(other, state) && joined(other.space, state.space) !== null)
    const other = merged[index]
    const space = other === undefined ? null : joined(other.space, state.space)
    if (other === undefined || space === null) merged.push(state)
    else merged[index] = { ...other, space, doubts: [...new Set([...other.doubts, ...state.doubts])] }
  }
  return merged
}

const alike = (a: State, b: State): boolean =>
  a.accepted === b.accepted && a.translated === b.translated && a.sourceTranslated === b.sourceTranslated
