import type { RecordRoute } from '../../facts/record-route/index.js'
import type { RouteLookup } from '../../facts/route-lookup/index.js'
import type { Trace, TraceAnswer, TraceFlow, TraceProtocol, TraceRound } from '../../facts/trace/index.js'
import { factKey } from '../../lib/fact-key.js'
import { learntFrom } from '../../lib/learnt.js'
import type { CheckContext, Finding } from '../../model/check.js'
import type { FactError, FactRequest } from '../../model/fact.js'
import type { Host, Routers } from '../../model/inventory.js'
import type { Json } from '../../model/json.js'
import { pathSymmetry } from './index.js'
import type { PathSymmetrySpec } from './spec.js'

/** For tests: two hosts, `web1` and `db1`, and what is known between them. */
const web1 = '10.1.0.10'
const db1 = '10.2.0.10'

/** Four routers in a row between them, and `east` beside `west`. The second address of each is towards db1. */
export const declared: Routers = {
  core1: ['10.1.0.1', '10.0.1.1', '10.0.3.1'],
  west: ['10.0.1.2', '10.0.2.1'],
  east: ['10.0.3.2', '10.0.4.1'],
  edge1: ['10.0.2.2', '10.0.4.2', '10.2.0.1'],
}

export const host = (name: string, address: string, more: Partial<Host> = {}): Host => ({
  name,
  address,
  platform: 'linux',
  transport: 'ssh',
  ssh: {},
  become: 'none',
  groups: [],
  vars: {},
  ...more,
})

export function contextOf(routers: Routers = {}, others: readonly Host[] = []): CheckContext {
  const first = host('web1', web1)
  const hosts = [first, host('db1', db1), host('controller', 'localhost', { transport: 'local' }), ...others]
  const groups = new Map([['routers', others.map(({ name }) => name)]])
  return {
    host: first,
    inventory: { hosts: new Map(hosts.map((one) => [one.name, one])), groups, routers, resolvers: new Map() },
    timeoutMs: 5_000,
  }
}

export interface Way {
  /** What each router answered from. */
  readonly hops: readonly (string | null)[]
  /** Of the target; null when it does not answer. Default: a reply. */
  readonly answer?: TraceAnswer | null
  /** Other rounds than the first, which is repeated otherwise. */
  readonly rounds?: readonly (readonly (string | null)[])[]
  /** Further flows, by their ids. */
  readonly flows?: Readonly<Record<number, readonly (string | null)[]>>
  readonly more?: Partial<Trace>
}

function roundOf(hops: readonly (string | null)[], target: string, answer: TraceAnswer | null): TraceRound {
  const hop = (ttl: number, from: string | null, how: TraceAnswer | null) => ({ ttl, from, answer: how, icmp: null, rttMs: null, asks: 1 })
  const routers = hops.map((from, index) => hop(index + 1, from, from === null ? null : 'time-exceeded'))
  return answer === null ? { hops: routers, end: 'silent' } : { hops: [...routers, hop(hops.length + 1, target, answer)], end: 'reached' }
}

export function traceOf(way: Way, protocol: TraceProtocol, source: string, target: string): Trace {
  const { hops, answer = protocol === 'tcp' ? 'closed' : 'reply', rounds = [hops, hops], flows = {}, more = {} } = way
  const flow = (id: number, all: readonly (readonly (string | null)[])[]): TraceFlow => ({
    id,
    rounds: all.map((one) => roundOf(one, target, answer)),
  })
  return {
    probe: 'python3 raw',
    protocol,
    address: target,
    source,
    port: null,
    constantFlow: true,
    problem: null,
    flows: [flow(61_000, [hops, ...rounds]), ...Object.entries(flows).map(([id, one]) => flow(Number(id), [one]))],
    ...more,
  }
}

export interface Scene {
  /** Both ways by protocol. */
  readonly tcp?: readonly [Way, Way]
  readonly icmp?: readonly [Way, Way]
  readonly udp?: readonly [Way, Way]
  /** The way back of single flows. */
  readonly backs?: Readonly<Record<number, readonly (string | null)[]>>
  readonly gateways?: readonly [string | null, string | null]
  readonly records?: readonly [readonly string[], readonly string[]]
  /** Addresses by host, as `10.0.0.1/30`. */
  readonly interfaces?: Readonly<Record<string, readonly string[]>>
}

const nobody: FactError = { reason: 'unreachable', message: 'nobody answers' }

/** Answers one request; null for what cannot be learnt. */
function answerTo(scene: Scene, { fact, host: name, args }: FactRequest): Json | null {
  const direction = name === 'db1' ? 1 : 0
  const [source, target] = direction === 0 ? [web1, db1] : [db1, web1]
  switch (fact) {
    case 'trace': {
      const protocol = args.protocol as TraceProtocol
      const back = args.flows === 0 ? scene.backs?.[Number(args.port ?? args.sourcePort)] : undefined
      const way = back === undefined ? scene[protocol]?.[direction] : { hops: back }
      return way === undefined ? null : (traceOf(way, protocol, source, target) as unknown as Json)
    }
    case 'route-lookup': {
      const via = scene.gateways?.[direction]
      const found = {
        failure: null,
        type: 'unicast' as const,
        interface: 'eth0',
        source,
        table: 'main',
        metric: null,
        protocol: null,
        matched: null,
      }
      return via === undefined ? null : ({ ...found, via } satisfies RouteLookup as unknown as Json)
    }
    case 'record-route': {
      const route = scene.records?.[direction]
      return route === undefined ? null : ({ routes: [route, route], problem: null } satisfies RecordRoute as unknown as Json)
    }
    default: {
      const addresses = scene.interfaces?.[name]
      return addresses === undefined ? null : [{ name: 'eth0', addresses: addresses.map(interfaceOf) }]
    }
  }
}

const interfaceOf = (text: string) => {
  const [address = '', length] = text.split('/')
  return { address, prefixLength: length === undefined ? null : Number(length), peer: null, dynamic: false }
}

/** Takes the check through its steps, as the engine would. @returns what it found, and what it asked at each step. */
export function study(
  scene: Scene,
  context: CheckContext = contextOf(),
  more: Partial<PathSymmetrySpec> = {},
): { readonly finding: Finding; readonly steps: readonly (readonly string[])[] } {
  const spec: PathSymmetrySpec = { between: ['web1', 'db1'], ...more }
  const outcomes = new Map<string, { value: Json } | { error: FactError }>()
  const learnt = learntFrom((key) => outcomes.get(key))
  const answer = (request: FactRequest): Json | null => answerTo(scene, request)
  const { traces } = pathSymmetry.needs(spec, context)
  const values = traces.map((request) => answer(request)) as unknown as readonly Trace[]
  const steps = [traces.map(describe)]
  for (let step = 0; step < 10; step += 1) {
    const wanted = pathSymmetry.further?.(spec, { traces: values }, context, learnt) ?? []
    const fresh = wanted.filter((request) => !outcomes.has(factKey(request)))
    if (fresh.length === 0) break
    steps.push(fresh.map(describe))
    for (const request of fresh) {
      const value = answer(request)
      outcomes.set(factKey(request), value === null ? { error: nobody } : { value })
    }
  }
  const [finding] = pathSymmetry.evaluate(spec, { traces: values }, context, learnt)
  if (finding === undefined) throw new Error('no finding')
  return { finding, steps }
}

/** `web1 trace tcp 10.2.0.10`, `db1 interfaces`. */
function describe({ host: name, fact, args }: FactRequest): string {
  return [name, fact, args.protocol, args.host ?? args.destination].filter((word) => word !== undefined).join(' ')
}
