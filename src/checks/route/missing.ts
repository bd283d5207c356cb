import type { Route, RouteTables } from '../../facts/routes/index.js'
import { formatPrefix, parsePrefix } from '../../lib/address.js'
import { effectiveRoute, isForAllPackets, isIn, routesAt } from '../../lib/iproute2/tables.js'
import { mentionRoute } from '../../lib/iproute2/words.js'
import { sentences } from '../../lib/sentences.js'
import type { Target } from './target.js'

/** What there is instead of a missing route: where traffic goes, and what somebody may have meant to be it. */
export function explainMissing(tables: RouteTables, target: Target): string {
  return sentences(
    ...otherSelectors(tables, target),
    detour(tables, target),
    ...otherLengths(tables, target),
    ...otherTables(tables, target),
  )
}

function inTable(tables: RouteTables, target: Target, destination: string): Route | null {
  const candidates = routesAt(tables, destination).filter((route) => isIn(route, target.table) && isForAllPackets(route))
  return effectiveRoute(candidates, tables.family)
}

/** The longest prefix that covers the destination: where its traffic goes now. */
function detour(tables: RouteTables, target: Target): string {
  const prefix = parsePrefix(target.destination)
  if (prefix === null || prefix.length === 0) return withoutDefault(tables, target)
  for (let length = prefix.length - 1; length >= 0; length -= 1) {
    const wider = parsePrefix(`${prefix.network}/${length}`)
    const destination = wider === null ? '' : formatPrefix(wider)
    const route = inTable(tables, target, destination)
    if (route === null) continue
    const name = length === 0 ? 'the default route' : destination
    return `Traffic to it takes ${name} instead: ${mentionRoute(route)}.`
  }
  return `No other route of table ${target.table} covers it either.`
}

function withoutDefault(tables: RouteTables, { table }: Target): string {
  if (tables.routes.some((route) => isIn(route, table))) return `Table ${table} leads only to the networks it names.`
  const names = [...new Set(tables.routes.map((route) => route.table ?? 'main'))]
  return `Table ${table} is empty; ${names.length === 0 ? 'so are all others' : `there are routes in ${names.slice(0, 10).join(', ')}`}.`
}

/** The same network with a longer mask: mistyped, here or there. One with a shorter mask is the detour. */
function otherLengths(tables: RouteTables, target: Target): readonly string[] {
  const prefix = parsePrefix(target.destination)
  if (prefix === null || prefix.length === 0) return []
  const bits = prefix.family === 4 ? 32 : 128
  const longer = Array.from({ length: bits - prefix.length }, (_, index) => `${prefix.network}/${prefix.length + index + 1}`)
  const twins = longer.filter((twin) => inTable(tables, target, twin) !== null)
  return twins.length === 0 ? [] : [`There is ${twins.slice(0, 3).join(', ')}: the same network with another length.`]
}

function otherTables(tables: RouteTables, target: Target): readonly string[] {
  return routesAt(tables, target.destination)
    .filter((route) => !isIn(route, target.table))
    .slice(0, 3)
    .map((route) => `Table ${route.table ?? 'main'} has it: ${mentionRoute(route)}.`)
}

function otherSelectors(tables: RouteTables, target: Target): readonly string[] {
  return routesAt(tables, target.destination)
    .filter((route) => isIn(route, target.table) && !isForAllPackets(route))
    .slice(0, 3)
    .map((route) => `There is one ${selectorOf(route)} alone: ${mentionRoute(route)}.`)
}

function selectorOf(route: Route): string {
  return route.from === null ? `for packets with TOS ${route.tos}` : `for packets from ${route.from}`
}
