import { type Links, links, namingOf } from '../../facts/links/index.js'
import { type NetworkConfig, networkConfig } from '../../facts/network-config/index.js'
import { type RouteLookup, routeLookup } from '../../facts/route-lookup/index.js'
import { type RouteTables, routes } from '../../facts/routes/index.js'
import { canonicalAddress } from '../../lib/address.js'
import { findingOf } from '../../lib/comparison.js'
import type { Expectation } from '../../lib/expectation.js'
import { request } from '../../lib/fact-key.js'
import { tableObstacle } from '../../lib/iproute2/obstacle.js'
import { isForAllPackets, isIn, routesAt } from '../../lib/iproute2/tables.js'
import type { CheckKind, Finding } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { judgeAbsent } from './absent.js'
import { judgeLookup } from './lookup.js'
import { judgePersistent, type RunningRoute } from './persistent.js'
import { judgePresent } from './present.js'
import { problems } from './problems.js'
import { type Spec, schema } from './schema.js'
import { familyOf, type NamedTables, targetOf } from './target.js'

/**
 * `links`: only where an interface is named. `source`: where a packet to `from` goes, which tells whether the host has that address;
 * none for lookups without.
 */
type Needs = { readonly links?: FactRequest<Links> } & (
  | { readonly tables: FactRequest<RouteTables> }
  | { readonly tables: FactRequest<RouteTables>; readonly config: FactRequest<NetworkConfig> }
  | { readonly lookup: FactRequest<RouteLookup>; readonly source: readonly FactRequest<RouteLookup>[] }
)

export const route: CheckKind<Spec, Needs> = {
  kind: 'route',
  summary: 'a route is as expected or absent, or the kernel sends a packet the expected way',
  schema,
  problems,

  needs: (spec, { host }) => {
    const named = devicesIn(spec).length === 0 ? {} : { links: request(links, host.name, {}) }
    if (spec.lookup === true) return { lookup: lookupRequest(spec, host.name), source: sourceRequests(spec, host.name), ...named }
    return {
      tables: request(routes, host.name, { family: familyOf(spec) }),
      ...(spec.persistent === true ? { config: request(networkConfig, host.name, {}) } : {}),
      ...named,
    }
  },

  evaluate: (spec, facts, { host }) => {
    const naming = namingOf(facts.links, ...devicesIn(spec))
    if ('lookup' in facts) return judgeLookup(spec, facts.lookup, facts.source[0] ?? null, naming)
    const running = judgeTables(spec, { ...facts.tables, naming })
    return 'config' in facts
      ? [...running, judgePersistent(spec, targetOf(spec), facts.config, runningOf(spec, facts.tables), host.name, naming.names.shown)]
      : running
  },
}

/** What is expected of interfaces. */
const devicesIn = (spec: Spec): readonly Expectation<string>[] =>
  [spec.interface, ...(spec['next-hops'] ?? []).map((hop) => hop.interface)].filter((each) => each !== undefined)

function runningOf(spec: Spec, tables: RouteTables): RunningRoute {
  const { destination, table } = targetOf(spec)
  const route = routesAt(tables, destination).find((each) => isIn(each, table))
  const [hop = null, ...more] = route?.nextHops ?? []
  return { hop: more.length === 0 ? hop : null, connected: route?.protocol === 'kernel' }
}

const canonical = (address: string): string => canonicalAddress(address.split('/')[0] ?? '') ?? address

function lookupRequest({ destination, from }: Spec, host: string): FactRequest<RouteLookup> {
  return request(routeLookup, host, { destination: canonical(destination), ...(from === undefined ? {} : { from: canonical(from) }) })
}

/** IPv4 alone refuses a source that the host does not have, and in the words of a missing route (`ip_route_output_key_hash_rcu`). */
function sourceRequests(spec: Spec, host: string): readonly FactRequest<RouteLookup>[] {
  const { from } = spec
  return from === undefined || familyOf(spec) !== 'inet' ? [] : [request(routeLookup, host, { destination: canonical(from) })]
}

function judgeTables(spec: Spec, tables: NamedTables): readonly Finding[] {
  const target = targetOf(spec)
  const here = routesAt(tables, target.destination)
  const obstacle = tableObstacle(tables, here, target.table, spec.table !== undefined)
  if (obstacle !== null) {
    const comparison = { property: 'table', outcome: 'unknown', expected: target.table, actual: obstacle.actual } as const
    return [findingOf(target.label, comparison, obstacle.message)]
  }
  const candidates = here.filter((candidate) => isIn(candidate, target.table) && isForAllPackets(candidate))
  return (spec.absent === true ? judgeAbsent : judgePresent)(spec, target, tables, candidates)
}
