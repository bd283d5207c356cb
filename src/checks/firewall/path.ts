import type { Chain, Field, Hook, NamedSet, Ruleset, Statement, Table } from '../../facts/firewall-rules/index.js'
import type { Links } from '../../facts/links/index.js'
import { priorities, stateBits } from '../../lib/netfilter/names.js'
import { addressesWords } from './address-words.js'
import { type Compiled, compiled } from './compile.js'
import { type Intervals, intersect, onlyValue, single, subtract, unionOf } from './intervals.js'
import type { Doubt, Part, Place, State, Translation } from './model.js'
import { type Space, withField } from './space.js'
import { newSteps, type Passage, walkChain } from './walk.js'

export type Direction = 'input' | 'output' | 'forward'

/** What the host is, beside its rules. */
export interface Surroundings {
  /** Whether an address is the host's own; null: not known. Asked about destinations that a rule gave. */
  isOwn(address: string): boolean | null
  /** Its addresses; null: not known. */
  readonly own: readonly string[] | null
  /** Known where the traffic names an interface. */
  readonly links: Links | null
}

export interface OwnAddresses {
  readonly values: Intervals
  /** For a message. */
  readonly words: string
}

/** What is asked: these packets on their way in this direction. */
export interface Question {
  readonly direction: Direction
  readonly family: 4 | 6
  readonly space: Space
  readonly given: ReadonlySet<Field>
  readonly isOwn: Surroundings['isOwn']
  /** Where packets for the host go to; null: not known, or to be judged whatever they go to, as a group that it listens to. */
  readonly own: OwnAddresses | null
  /** By which other links the packets of the interfaces that the runbook names come or go; null: not known, or none is named. */
  readonly beneath: { readonly iif: ReadonlySet<string> | null; readonly oif: ReadonlySet<string> | null }
}

interface BaseChain {
  readonly table: Table
  readonly chain: Chain
  readonly base: NonNullable<Chain['base']>
}

/** The chains of a hook in the order in which packets meet them. */
export function baseChains(ruleset: Ruleset, hook: Hook, family: 4 | 6): readonly BaseChain[] {
  const own = family === 4 ? 'ip' : 'ip6'
  return ruleset.tables
    .filter(({ family: of, dormant }) => !dormant && [own, 'inet', 'netdev', 'bridge'].includes(of))
    .flatMap((table) => table.chains.flatMap((chain) => (chain.base?.hook === hook ? [{ table, chain, base: chain.base }] : [])))
    .sort((a, b) => a.base.priority - b.base.priority)
}

/** Follows packets through the hooks on their way (Documentation/networking of the kernel; nft(8), "Hooks"). */
export function follow(ruleset: Ruleset, question: Question): readonly Part[] {
  return new Path(ruleset, question).all()
}

class Path {
  readonly #done: Part[] = []
  readonly #compiled: Compiled
  readonly #steps = newSteps()

  constructor(
    readonly ruleset: Ruleset,
    readonly question: Question,
  ) {
    this.#compiled = compiled(ruleset, question.family)
  }

  all(): readonly Part[] {
    const { direction, space } = this.question
    const start: State = { space, doubts: [], accepted: null, translated: null, sourceTranslated: false }
    if (direction === 'output') {
      this.#leave(this.#hook('egress', this.#hook('postrouting', this.#rerouted(this.#hook('output', [start])))))
    } else {
      const arrived = this.#hook('prerouting', this.#hook('ingress', [start]))
      const { here, onwards } = this.#route(arrived)
      this.#leave(this.#hook('input', here))
      this.#leave(this.#hook('egress', this.#hook('postrouting', this.#hook('forward', onwards))))
    }
    return this.#done
  }

  #leave(states: readonly State[]): void {
    for (const state of states) this.#done.push({ state, outcome: 'accept', place: state.accepted, what: '' })
  }

  #rerouted(states: readonly State[]): readonly State[] {
    return states.map((state) => (state.translated === null ? state : { ...state, space: this.#at(state, state.translated.self ? 2 : 1) }))
  }

  /** Whether packets stay here or are forwarded is decided again for those that were given another destination. */
  #route(states: readonly State[]): { readonly here: readonly State[]; readonly onwards: readonly State[] } {
    const here: State[] = []
    const onwards: State[] = []
    for (const state of states) {
      const { translated } = state
      if (translated === null) {
        if (this.question.direction === 'input') here.push(...this.#forHost(state))
        else onwards.push(state)
        continue
      }
      const own = translated.self || translated.address === null ? true : this.question.isOwn(translated.address)
      const doubtful =
        own === null ? [{ place: translated.place, field: null, what: `whether ${translated.address} is an address of this host` }] : []
      const moved = { ...state, doubts: [...state.doubts, ...doubtful] }
      if (own !== false) here.push({ ...moved, space: this.#at(moved, 2) })
      if (own !== true) onwards.push({ ...moved, space: this.#at(moved, 1) })
    }
    return { here, onwards }
  }

  /** Of the packets said to be for the host those that are; of the others no rule for `input` says anything. */
  #forHost(state: State): readonly State[] {
    const { own, family } = this.question
    if (own === null) return [state]
    const foreign = subtract(state.space.daddr, own.values)
    if (foreign.length === 0) return [state]
    const what = `what rules for input do with packets to ${addressesWords(family, foreign)}: this host has ${own.words}, and sends others on; ask with \`direction: forward\``
    this.#done.push({ state: { ...state, space: withField(state.space, 'daddr', foreign) }, outcome: 'unknown', place: null, what })
    const within = intersect(state.space.daddr, own.values)
    return within.length === 0 ? [] : [{ ...state, space: withField(state.space, 'daddr', within) }]
  }

  /** With the new destination, and what it is to this host: 2 an address of its own, 1 another's. */
  #at({ space, translated }: State, type: number): Space {
    const address = translated?.address ?? null
    const range = address === null ? null : this.#compiled.values('daddr', [address, address])
    const moved = { ...space, 'daddr-type': single(type), 'ct-status': translated === null ? single(0) : this.#statusOf(translated, space) }
    if (range === null) return moved
    // The kernel chooses the interface by its routes for the new destination, whatever the runbook thought.
    return {
      ...moved,
      daddr: range,
      ...(type === 1 && this.question.direction === 'output' ? { oif: this.#compiled.interfaces.outer } : {}),
    }
  }

  /** A connection counts as translated only where its destination has really changed (nf_nat_setup_info()). */
  #statusOf({ address, port, before }: Translation, { dport }: Space): Intervals {
    const target = address === null ? null : this.#compiled.values('daddr', [address, address])
    const moves = (from: Intervals, to: Intervals | null): boolean | null =>
      to === null ? null : intersect(from, to).length === 0 ? true : onlyValue(from) === null ? null : false
    const changes = [moves(before.daddr, target), port === null ? false : moves(before.dport, dport)]
    return changes.includes(true) ? single(32) : changes.includes(null) ? anyMark : single(0)
  }

  #hook(hook: Hook, states: readonly State[]): readonly State[] {
    return baseChains(this.ruleset, hook, this.question.family).reduce((left, base) => this.#chain(base, left), states)
  }

  #chain({ table, chain, base }: BaseChain, states: readonly State[]): readonly State[] {
    if (states.length === 0) return states
    if (table.family === 'bridge') return this.#bridge({ table, chain, base }, states)
    const next: State[] = []
    for (const state of states) {
      const concerned = this.#concerned({ table, chain, base }, state)
      next.push(...concerned.others, ...concerned.perhaps.map((one) => this.#perhaps({ table, chain, base }, one)))
      if (concerned.state === null) continue
      const seen = this.#seen(base, concerned.state)
      const passage: Passage = { compiled: this.#compiled, given: this.question.given, table, steps: this.#steps }
      const { ended, left } = walkChain([seen], chain, passage)
      const own = base.hook === this.question.direction || base.hook === 'input' || base.hook === 'forward'
      for (const part of ended) {
        const after = this.#restored(part.state, seen, state)
        if (part.outcome !== 'accept') this.#done.push({ ...part, state: after })
        else next.push(own && base.type === 'filter' ? { ...after, accepted: part.place } : after)
      }
      const place: Place = { table, chain, rule: null }
      for (const fallen of left) {
        const after = this.#restored(fallen, seen, state)
        if (base.policy === 'drop') this.#done.push({ state: after, outcome: 'drop', place, what: '' })
        else next.push(own && base.type === 'filter' && after.accepted === null ? { ...after, accepted: place } : after)
      }
    }
    return next
  }

  /** Chains of a device see its packets alone; those of type nat the first packet of a connection, until one has translated it. */
  #concerned(chainOf: BaseChain, state: State): Concerned {
    const { base } = chainOf
    if (base.type === 'nat') {
      const isNew = [stateBits.new, stateBits.related].some((bit) => onlyValue(state.space['ct-state']) === BigInt(bit ?? 0))
      const before = base.hook === 'prerouting' || base.hook === 'output'
      const settled = before ? state.translated !== null : state.sourceTranslated
      return isNew && !settled ? { state, others: [], perhaps: [] } : { state: null, others: [state], perhaps: [] }
    }
    const field = deviceFields[base.hook]
    if (field === undefined) return { state, others: [], perhaps: [] }
    const devices = unionOf(base.devices.flatMap((device) => this.#compiled.interfaces.matching(device)))
    const within = intersect(state.space[field], devices)
    const beyond = subtract(state.space[field], devices)
    const rest = beyond.length === 0 ? [] : [{ ...state, space: withField(state.space, field, beyond) }]
    const apart = this.#isApart(base, field, state)
    const seen = { ...state, space: withField(state.space, field, within) }
    // A chain of several devices may see packets twice: on a port of a bridge, and on the bridge.
    const twice = !apart && (base.devices.length > 1 || base.devices.some((device) => device.endsWith('*')))
    return {
      state: within.length === 0 ? null : twice ? this.#perhaps(chainOf, seen) : seen,
      others: apart ? rest : [],
      perhaps: apart ? [] : rest,
    }
  }

  /** Whether packets of the interface that is named come by none of the chain's devices, not even as those of a port or a parent. */
  #isApart({ devices }: BaseChain['base'], field: 'iif' | 'oif', state: State): boolean {
    const links = this.question.beneath[field]
    if (devices.length === 0 || links === null || onlyValue(state.space[field]) === null) return false
    return ![...links].some((link) => devices.some((device) => isNamed(link, device)))
  }

  /** Packets that may come by a chain's device beneath their own interface: it may end them, whatever it sees of them there, or not. */
  #perhaps(base: BaseChain, state: State): State {
    const { devices, hook } = base.base
    const field = deviceFields[hook] ?? 'iif'
    const given = this.question.given.has(field)
    const by = devices.length === 0 ? 'the devices of this chain, which nft did not tell' : devices.join(', ')
    const doubt: Doubt = {
      place: { table: base.table, chain: base.chain, rule: null },
      field: devices.length === 0 || given ? null : field,
      what: `whether these packets pass through ${by}`,
    }
    const ends = possibleEnds(base)
    const marks = base.table.chains.some(({ rules }) => rules.some(({ statements }) => statements.some(({ kind }) => kind === 'set-mark')))
    const doubtful = ends.length === 0 && !marks ? state : { ...state, doubts: [...state.doubts, doubt] }
    for (const end of ends) this.#done.push({ ...end, state: doubtful })
    return marks ? { ...doubtful, space: withField(doubtful.space, 'mark', anyMark) } : doubtful
  }

  /** What a chain of this hook sees: no interface out before routing, no connection before conntrack. */
  #seen({ hook, priority }: BaseChain['base'], state: State): State {
    let { space } = state
    if (hook === 'prerouting' || hook === 'ingress' || hook === 'input') space = withField(space, 'oif', this.#compiled.interfaces.none)
    const early = (hook === 'prerouting' || hook === 'output') && priority < priorities.conntrack
    if (early || hook === 'ingress') {
      const untracked = onlyValue(space['ct-state']) === BigInt(stateBits.untracked ?? 64)
      space = { ...space, 'ct-state': single(untracked ? 64 : 1), 'ct-mark': anyMark, 'ct-status': anyMark, 'ct-direction': anyMark }
    }
    return { ...state, space }
  }

  /** After the chain: what it saw in place of the truth is put right again, but for what it changed. */
  #restored(after: State, seen: State, before: State): State {
    const untracked = onlyValue(after.space['ct-state']) === 64n
    return {
      ...after,
      space: {
        ...after.space,
        oif: after.space.oif === this.#compiled.interfaces.none ? before.space.oif : after.space.oif,
        'ct-state': untracked ? after.space['ct-state'] : before.space['ct-state'],
        'ct-mark': seen.space['ct-mark'] === anyMark ? before.space['ct-mark'] : after.space['ct-mark'],
        'ct-status': before.space['ct-status'],
        'ct-direction': before.space['ct-direction'],
      },
    }
  }

  /** Chains of a bridge see what comes through it, by the names of its ports: whether that is so here cannot be told. */
  #bridge({ table, chain }: BaseChain, states: readonly State[]): readonly State[] {
    const stops = table.chains.some(
      ({ base, rules }) =>
        base?.policy === 'drop' ||
        rules.some(({ statements }) => statements.some((statement) => statement.kind === 'opaque' || statement.kind.includes('verdict'))),
    )
    if (!stops) return states
    const place: Place = { table, chain, rule: null }
    return states.map((state) => {
      const doubtful = { ...state, doubts: [...state.doubts, { place, field: null, what: 'whether the frame passes through a bridge' }] }
      this.#done.push({ state: doubtful, outcome: 'drop', place, what: '' })
      return doubtful
    })
  }
}

const anyMark: Intervals = [[0n, 0xffffffffn]]

/** Which packets a chain sees, which it does not, and which it may see or not. */
interface Concerned {
  readonly state: State | null
  readonly others: readonly State[]
  readonly perhaps: readonly State[]
}

/** What says by which device packets come past a hook of devices. */
const deviceFields: Partial<Record<Hook, 'iif' | 'oif'>> = { ingress: 'iif', egress: 'oif' }

const isNamed = (link: string, device: string): boolean => (device.endsWith('*') ? link.startsWith(device.slice(0, -1)) : link === device)

/** Every end but `accept` that a chain has for some packet, the first rule of each; chains that it leads to are of its table. */
function possibleEnds({ table, chain, base }: BaseChain): readonly Omit<Part, 'state'>[] {
  const ends: Omit<Part, 'state'>[] = base.policy === 'drop' ? [{ outcome: 'drop', place: { table, chain, rule: null }, what: '' }] : []
  for (const holder of table.chains.filter((one) => one === chain || one.base === null)) {
    for (const rule of holder.rules) {
      const place: Place = { table, chain: holder, rule }
      for (const statement of rule.statements) ends.push(...outcomesOf(statement, table).map((end) => ({ ...end, place })))
    }
  }
  return ends.filter(({ outcome }, index) => ends.findIndex((end) => end.outcome === outcome) === index)
}

function outcomesOf(statement: Statement, table: Table): readonly Pick<Part, 'outcome' | 'what'>[] {
  if (statement.kind === 'opaque') return [{ outcome: 'unknown', what: statement.what }]
  const entries = statement.kind === 'verdict-map' && statement.set !== null ? entriesOf(table, statement.set) : []
  if (entries === null) return [{ outcome: 'unknown', what: `what is in map ${statement.kind === 'verdict-map' ? statement.set : ''}` }]
  const verdicts =
    statement.kind === 'verdict'
      ? [statement.verdict]
      : statement.kind === 'some-verdict'
        ? statement.verdicts
        : statement.kind === 'verdict-map'
          ? [...entries, ...statement.entries].map(({ verdict }) => verdict)
          : []
  return verdicts.flatMap((verdict) => (verdict?.do === 'drop' || verdict?.do === 'reject' ? [{ outcome: verdict.do, what: '' }] : []))
}

const entriesOf = (table: Table, set: string): NamedSet['entries'] => table.sets.find(({ name }) => name === set)?.entries ?? null
