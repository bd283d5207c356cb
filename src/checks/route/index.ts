import { type RouteLookup, routeLookup } from '../../facts/route-lookup/index.js'
import { type Route, type RouteTables, routes } from '../../facts/routes/index.js'
import { canonicalAddress } from '../../lib/address.js'
import { request } from '../../lib/fact-key.js'
import type { CheckKind, Finding } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { judgeAbsent } from './absent.js'
import { findingOf } from './findings.js'
import { judgeLookup } from './lookup.js'
import { judgePresent } from './present.js'
import { problems } from './problems.js'
import { type Spec, schema } from './schema.js'
import { isForAllPackets, isIn, routesAt } from './tables.js'
import { familyOf, mayBeTheSame, type Target, targetOf } from './target.js'
import { showRoute } from './words.js'

/** `source`: where a packet to `from` goes, which tells whether the host has that address; none for lookups without. */
type Needs =
  | { readonly tables: FactRequest<RouteTables> }
  | { readonly lookup: FactRequest<RouteLookup>; readonly source: readonly FactRequest<RouteLookup>[] }

export const route: CheckKind<Spec, Needs> = {
  kind: 'route',
  summary: 'a route is as expected or absent, or the kernel sends a packet the expected way',
  schema,
  problems,

  needs: (spec, { host }) =>
    spec.lookup === true
      ? { lookup: lookupRequest(spec, host.name), source: sourceRequests(spec, host.name) }
      : { tables: request(routes, host.name, { family: familyOf(spec) }) },

  evaluate: (spec, facts) =>
    'lookup' in facts ? judgeLookup(spec, facts.lookup, facts.source[0] ?? null) : judgeTables(spec, facts.tables),
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

function judgeTables(spec: Spec, tables: RouteTables): readonly Finding[] {
  const target = targetOf(spec)
  const here = routesAt(tables, target.destination)
  const obstacle = tableObstacle(spec, target, tables, here)
  if (obstacle !== null) return [obstacle]
  const candidates = here.filter((candidate) => isIn(candidate, target.table) && isForAllPackets(candidate))
  return (spec.absent === true ? judgeAbsent : judgePresent)(spec, target, tables, candidates)
}

/** A table that was not read, or not told from others, proves nothing: neither that a route is in it nor that it is not. */
function tableObstacle(spec: Spec, target: Target, tables: RouteTables, here: readonly Route[]): Finding | null {
  const comparison = { property: 'table', outcome: 'unknown', expected: target.table } as const
  if (tables.tables === 'main' && target.table !== 'main') {
    const message = 'Without `ip` of iproute2 or BusyBox this host shows table main alone.'
    return findingOf(target.label, { ...comparison, actual: 'not shown by this host' }, message)
  }
  const named = here.find((candidate) => candidate.table !== null && mayBeTheSame(target.table, candidate.table))
  if (named !== undefined && !tables.routes.some((candidate) => candidate.table === target.table)) {
    const message = `Is ${named.table} table ${target.table}? A table that has a name on the host (/etc/iproute2/rt_tables) goes by it: if so, write \`table: ${named.table}\`.`
    return findingOf(target.label, { ...comparison, actual: `${showRoute(named)} in table ${named.table}` }, message)
  }
  const nameless = here.find((candidate) => candidate.table === null)
  if (spec.table === undefined || nameless === undefined) return null
  const message = 'Without `ip` of iproute2 or BusyBox this host does not tell which table a route is in.'
  return findingOf(target.label, { ...comparison, actual: `${showRoute(nameless)} in some table` }, message)
}
