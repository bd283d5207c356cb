import type { DnsMessage, DnsQuery, DnsQueryArgs, DnsRecord } from '../../facts/dns-query/index.js'
import { factKey } from '../../lib/fact-key.js'
import { learntFrom } from '../../lib/learnt.js'
import type { CheckContext, Finding } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import type { Host, Resolver } from '../../model/inventory.js'
import type { Json } from '../../model/json.js'
import type { Outcome } from './answer.js'
import { dnsRecord } from './index.js'
import type { DnsNamesSpec } from './spec.js'

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

/** For tests: a resolver as inventories make it. */
export const resolver = (more: Partial<Resolver> & Pick<Resolver, 'addresses'>): Resolver => ({
  port: 53,
  rate: null,
  aliases: [],
  operator: null,
  country: null,
  scope: 'any',
  filter: 'none',
  confidence: 'inventory',
  note: null,
  ...more,
})

const kt = { operator: 'KT', country: 'KR', scope: 'unverified', filter: 'legal', confidence: 'B' } as const
const resolvers: Readonly<Record<string, Resolver>> = {
  kt: resolver({ ...kt, addresses: ['168.126.63.1', '168.126.63.2'], rate: 20, aliases: ['kornet'] }),
  skb: resolver({ ...kt, operator: 'SK Broadband', addresses: ['210.220.163.82'] }),
  free: resolver({ addresses: ['212.27.40.240'], operator: 'Free', country: 'FR', scope: 'on-net' }),
  google: resolver({ addresses: ['8.8.8.8', '2001:4860:4860::8888'], operator: 'Google', country: 'global' }),
  quad9: resolver({ addresses: ['9.9.9.9'], operator: 'Quad9', country: 'global', filter: 'malware' }),
  office: resolver({ addresses: ['10.0.0.53'], port: 5353 }),
}

const hosts = [host('web1', '10.10.0.11'), host('ns-a', '10.10.0.53')]

/** The view of web1, with some resolvers of the catalogue. */
export function contextWith(more: Readonly<Record<string, Resolver>> = {}): CheckContext {
  return {
    host: hosts[0] ?? host('web1', '10.10.0.11'),
    inventory: {
      hosts: new Map(hosts.map((each) => [each.name, each])),
      groups: new Map(),
      routers: {},
      resolvers: new Map(Object.entries({ ...resolvers, ...more })),
    },
    timeoutMs: 10_000,
  }
}
export const context = contextWith()

/** A record in the words of a zone file: `www.example.com 300 A 203.0.113.10`. */
export function record(line: string): DnsRecord {
  const [name = '', ttl = '', type = '', ...data] = line.split(' ')
  return { name, ttl: Number(ttl), type, data: data.join(' ') }
}

/** An answer as a resolver gives it, as far as a test cares. */
export function answered(answers: readonly string[], more: Partial<DnsMessage> = {}): DnsQuery {
  const message: DnsMessage = {
    rcode: 'NOERROR',
    authoritative: false,
    recursionAvailable: true,
    authenticData: false,
    answers: answers.map(record),
    authorities: [],
    additionals: [],
    extendedErrors: [],
    ...more,
  }
  return { ...silence('answered'), message, rttMs: 4, tries: 1 }
}

/** What became of a query without an answer. */
export function silence(status: DnsQuery['status'], more: Partial<DnsQuery> = {}): DnsQuery {
  return {
    probe: 'python3',
    status,
    message: null,
    transport: 'udp',
    truncated: false,
    rttMs: null,
    tries: 3,
    strays: 0,
    detail: null,
    ...more,
  }
}

/** NXDOMAIN, or NODATA, with the SOA record of the zone. */
export function denied(rcode: 'NXDOMAIN' | 'NOERROR', soa = 'example.com 900 SOA ns1.example.com host.example.com 7 1 1 1 600'): DnsQuery {
  return answered([], { rcode, authorities: [record(soa)] })
}

/** What every fact is, by the kind of fact and its arguments; undefined means that the test did not think of it. */
export interface World {
  dns?(args: DnsQueryArgs): DnsQuery | undefined
  lookup?: Json
  config?: Json
}

export interface Solved {
  readonly findings: readonly Finding[]
  /** What was asked for in each round, in short: `198.41.0.4 SOA www.example.com`. */
  readonly rounds: readonly (readonly string[])[]
}

/** Learns what a check asks for, round by round, as the engine does, and judges it. */
export function solve(spec: DnsNamesSpec, world: World, of: CheckContext = context): Solved {
  const known = new Map<string, Outcome<Json>>()
  const rounds: string[][] = []
  const learnt = learntFrom((key) => known.get(key))
  const { first } = dnsRecord.needs(spec, of)
  const learn = (requests: readonly FactRequest[]): void => {
    rounds.push(requests.map(short))
    for (const request of requests) known.set(factKey(request), outcomeIn(world, request))
  }
  learn(first)
  const facts = { first: first.map((request) => learntValue(known.get(factKey(request)))) }
  for (let round = 0; round < 100; round += 1) {
    const wanted = (dnsRecord.further?.(spec, facts, of, learnt) ?? []).filter((request) => !known.has(factKey(request)))
    if (wanted.length === 0) return { findings: dnsRecord.evaluate(spec, facts, of, learnt), rounds }
    learn(wanted)
  }
  throw new Error('it asks for ever more')
}

function learntValue(outcome: Outcome<Json> | undefined): Json {
  if (outcome === undefined || 'error' in outcome) throw new Error('a need of the test has no value')
  return outcome.value
}

function outcomeIn(world: World, { fact, args }: FactRequest): Outcome<Json> {
  const value = fact === 'dns-query' ? world.dns?.(args as DnsQueryArgs) : fact === 'name-lookup' ? world.lookup : world.config
  if (value === undefined) return { error: { reason: 'tool-missing', message: `no value for ${short({ fact, host: 'web1', args })}` } }
  return { value }
}

function short({ fact, args }: FactRequest): string {
  if (fact !== 'dns-query') return fact
  const { server, port, type, name, recurse } = args as DnsQueryArgs
  return `${server}${port === 53 ? '' : `#${port}`} ${recurse === false ? '' : '+rd '}${type} ${name}`
}
