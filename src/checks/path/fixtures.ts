import { type Interfaces, interfaces } from '../../facts/interfaces/index.js'
import { type TcpAddressResult, type TcpConnect, type TcpStatus, tcpConnect } from '../../facts/tcp-connect/index.js'
import type { Trace, TraceAnswer, TraceHop, TraceProtocol, TraceRound } from '../../facts/trace/index.js'
import { learntFrom } from '../../lib/learnt.js'
import type { CheckContext, Finding, Learnt } from '../../model/check.js'
import type { FactError } from '../../model/fact.js'
import type { Host } from '../../model/inventory.js'
import type { Json } from '../../model/json.js'
import { type PathSpec, path } from './index.js'

/** For tests: a host as inventories make it. */
const host = (name: string, address: string): Host => ({
  name,
  address,
  platform: 'linux',
  transport: 'ssh',
  ssh: {},
  become: 'none',
  groups: [],
  vars: {},
})

const ops = host('ops', '198.51.100.10')
const hosts = [ops, host('db1', '10.20.0.5'), host('fw1', '10.0.9.1'), host('db6', '2001:db8:20::5')]

/** The view of ops: routers edge1, edge2 and core1 are known by all their addresses, old1 and the host fw1 by one. */
export const context: CheckContext = {
  host: ops,
  inventory: {
    hosts: new Map(hosts.map((each) => [each.name, each])),
    groups: new Map([['firewalls', ['fw1']]]),
    routers: {
      edge1: ['198.51.100.1', '203.0.113.1'],
      edge2: ['198.51.100.2', '203.0.113.2'],
      core1: ['203.0.113.254', '10.20.0.1'],
      old1: ['10.0.8.1'],
      six1: ['2001:db8:6::1', '2001:db8:7::1'],
    },
    resolvers: new Map(),
  },
  timeoutMs: 10_000,
}

/** `edge1` and `core1` as they answer. */
export const edge1 = '198.51.100.1'
export const edge2 = '198.51.100.2'
export const core1 = '203.0.113.254'
export const db1 = '10.20.0.5'

/**
 * The hops of a trace, one text each: an address that let the time to live run out; `*` for silence; an address with what else it
 * answered: `10.20.0.5 open`, `203.0.113.254 3/13`.
 */
export function round(hops: readonly string[], end: TraceRound['end']): TraceRound {
  return { hops: hops.map((text, index) => hopOf(text, index + 1)), end }
}

function hopOf(text: string, ttl: number): TraceHop {
  const [from = '', word = 'time-exceeded'] = text.split(' ')
  if (from === '*') return { ttl, from: null, answer: null, icmp: null, rttMs: null, asks: 3 }
  const icmp = /^(\d+)\/(\d+)$/.exec(word)
  const code = word === 'port-unreachable' ? { type: 3, code: 3 } : icmp === null ? null : { type: Number(icmp[1]), code: Number(icmp[2]) }
  return { ttl, from, answer: icmp === null ? (word as TraceAnswer) : 'unreachable', icmp: code, rttMs: ttl, asks: 1 }
}

/** A trace to db1; each round is a flow of its own. */
export function traced(rounds: readonly TraceRound[], more: Partial<Trace> = {}): Trace {
  const protocol: TraceProtocol = more.protocol ?? 'tcp'
  return {
    probe: 'python3 raw',
    protocol,
    address: db1,
    source: '198.51.100.10',
    port: protocol === 'icmp' ? null : 5432,
    flows: rounds.map((each, index) => ({ id: 61_001 + index, rounds: [each] })),
    constantFlow: true,
    problem: null,
    ...more,
  }
}

type Outcome = { readonly value: Json } | { readonly error: FactError }

/** What was learnt beside the trace, by fact. */
export function learnt(facts: { readonly interfaces?: Interfaces | FactError; readonly connect?: TcpConnect | FactError }): Learnt {
  const outcome = (fact: object | undefined): Outcome | undefined =>
    fact === undefined ? undefined : 'reason' in fact ? { error: fact as FactError } : { value: fact as unknown as Json }
  return learntFrom((key) =>
    key.includes(`/${interfaces.name}{`)
      ? outcome(facts.interfaces)
      : key.includes(`/${tcpConnect.name}{`)
        ? outcome(facts.connect)
        : undefined,
  )
}

/** What a connection to db1 came to. */
export function connected(status: TcpStatus, more: Partial<TcpAddressResult> = {}): TcpConnect {
  const first: TcpAddressResult = {
    address: db1,
    status,
    possible: [status],
    answerMs: null,
    source: '198.51.100.10',
    icmp: null,
    errno: null,
    local: false,
    confirmed: true,
    limited: false,
    attempts: 3,
    detail: null,
    ...more,
  }
  return { probe: 'python3', addresses: [first] }
}

export function judge(spec: Partial<PathSpec>, trace: Trace, known: Learnt = learnt({})): readonly Finding[] {
  return path.evaluate({ target: 'db1:5432', ...spec }, { trace }, context, known)
}

/** `reaches: pass`, one for each finding. */
export const verdicts = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ subject, verdict }) => `${subject.replace(/^path to .*?: /, '')}: ${verdict}`)
