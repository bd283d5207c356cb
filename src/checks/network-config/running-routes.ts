import {
  type ConfiguredRoute,
  lookedAt,
  type NetworkConfig,
  routeRemedy,
  showConfiguredRoute,
  showPlace,
} from '../../facts/network-config/index.js'
import type { NextHop, Route, RouteTables } from '../../facts/routes/index.js'
import { showRoute } from '../../lib/iproute2/words.js'
import type { Difference } from './difference.js'
import { isMadeBySoftware, mayBeConfigured } from './noise.js'
import type { Owner } from './scene.js'

/** Where running and configured routes of one family differ. @param device null: through every interface. */
export function compareRoutes(
  config: NetworkConfig,
  configured: readonly ConfiguredRoute[],
  tables: RouteTables,
  device: string | null,
  owners: readonly Owner[],
): readonly Difference[] {
  const atBoot = group(configured.filter(({ family }) => family === tables.family))
  const here = tables.routes.filter((route) => device === null || route.nextHops?.some((hop) => hop.interface === device) === true)
  const now = group(tables.routes)
  return [
    ...here.filter(mayBeConfigured).flatMap((route) => runningOnly(config, route, tables, atBoot.get(route.destination) ?? [], owners)),
    ...[...atBoot.values()].flat().flatMap((route) => configuredOnly(route, now.get(route.destination) ?? [], tables, configured)),
  ]
}

function group<Item extends { readonly destination: string }>(items: readonly Item[]): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const same = groups.get(item.destination)
    if (same === undefined) groups.set(item.destination, [item])
    else same.push(item)
  }
  return groups
}

const nameOf = (destination: string): string =>
  destination.endsWith('/0') ? `default${destination.startsWith('::') ? ' (IPv6)' : ''}` : destination
const tableOf = (route: Route): string => route.table ?? 'main'

function sameHop(configured: ConfiguredRoute, hop: NextHop): boolean {
  return configured.via === hop.via && (configured.interface === null || hop.interface === null || configured.interface === hop.interface)
}

/** A metric that is not written is whatever the system takes: 0, 100 by the kind of link, 1024. */
const sameMetric = (configured: ConfiguredRoute, route: Route): boolean => configured.metric === null || configured.metric === route.metric

function isSame(configured: ConfiguredRoute, route: Route, { hides }: RouteTables): boolean {
  if (configured.table !== tableOf(route) || !sameMetric(configured, route)) return false
  if (configured.source !== route.source && !hides.includes('source')) return false
  if (route.nextHops === null) return true
  if (route.nextHops.length === 0) return route.types.some((type) => type === configured.type)
  return configured.type === 'unicast' && route.nextHops.some((hop) => sameHop(configured, hop))
}

function runningOnly(
  config: NetworkConfig,
  route: Route,
  tables: RouteTables,
  written: readonly ConfiguredRoute[],
  owners: readonly Owner[],
): readonly Difference[] {
  const hops = route.nextHops ?? []
  const explained =
    hops.length > 1
      ? hops.every((hop) => written.some((each) => each.table === tableOf(route) && sameHop(each, hop)))
      : written.some((each) => isSame(each, route, tables))
  if (explained) return []
  const [hop] = hops
  const device = hop?.interface ?? null
  const owner = owners.find(({ config: { name } }) => name === device)
  const six = route.destination.includes(':')
  const method = six ? owner?.config.method6 : owner?.config.method4
  const offered = method === 'dhcp' || method === 'auto' || method === 'other'
  // dhclient sets what it is offered as `boot`, without a word of where it comes from.
  if (offered && route.destination.endsWith('/0')) return []
  const what = `route ${nameOf(route.destination)}${tableOf(route) === 'main' ? '' : ` table ${tableOf(route)}`}`
  const other = written.find((each) => each.table === tableOf(route) && (each.interface === null || each.interface === device))
  const now = showRoute(route)
  if (other !== undefined) {
    const message = `It is another at the next boot: ${showPlace(other)} has ${showConfiguredRoute(other)}.`
    return [{ what, now, atBoot: showConfiguredRoute(other), message }]
  }
  if (offered) {
    const message = `It is in no file, and ${device} is configured by ${method}: whether that offers it is not known. Where it was set by hand, it is gone after a reboot.`
    return [{ what, now, atBoot: 'not known', unsure: true, message }]
  }
  const message = `It is set now but configured nowhere: it is gone after a reboot. Looked at: ${lookedAt(config)}.${remedyFor(config, route, hops)}`
  return [{ what, now, atBoot: 'gone', message }]
}

function remedyFor(config: NetworkConfig, route: Route, hops: readonly NextHop[]): string {
  const { destination, types, metric, source } = route
  const [hop] = hops
  if (hops.length > 1) return ' Write it with all of its next hops.'
  const [type, ...others] = types
  if (hop === undefined && others.length > 0) return ''
  const usual = destination.includes(':') ? 1024 : 0
  const words = {
    ...{ destination, via: hop?.via ?? null, device: hop?.interface ?? null, type, table: tableOf(route) },
    ...{ metric: metric === usual ? undefined : metric, source: source ?? undefined },
  }
  return ` ${routeRemedy(config, words)}`
}

function configuredOnly(
  configured: ConfiguredRoute,
  running: readonly Route[],
  tables: RouteTables,
  all: readonly ConfiguredRoute[],
): readonly Difference[] {
  if (running.some((route) => isSame(configured, route, tables))) return []
  if (configured.interface !== null && isMadeBySoftware(configured.interface)) return []
  const what = `route ${nameOf(configured.destination)}${configured.table === 'main' ? '' : ` table ${configured.table}`}`
  const atBoot = showConfiguredRoute(configured)
  const place = showPlace(configured)
  if (tables.tables !== 'all' && configured.table !== 'main') {
    const message = `Without \`ip\` of iproute2 or BusyBox this host does not show table ${configured.table}; ${place} configures it.`
    return [{ what, now: 'not shown by this host', atBoot, unsure: true, message }]
  }
  const twin = all.find(
    (other) =>
      other !== configured &&
      other.destination === configured.destination &&
      other.table === configured.table &&
      running.some((route) => isSame(other, route, tables)),
  )
  const rival =
    twin === undefined
      ? ''
      : ` ${showPlace(twin)} configures ${showConfiguredRoute(twin)} as well, and that one is in the table: which of the two a boot leaves depends on the order. Keep one, or give them different metrics.`
  const there = running.filter((route) => tableOf(route) === configured.table)[0]
  // The running route of the same destination and interface is told as a difference of its own.
  if (
    there !== undefined &&
    mayBeConfigured(there) &&
    twin === undefined &&
    there.nextHops?.some((hop) => configured.interface === null || hop.interface === configured.interface)
  )
    return []
  const now = there === undefined ? 'no such route' : showRoute(there)
  const message = `${place} configures it, but it is not in the table: it comes back at the next boot.${rival}`
  return [{ what, now, atBoot, message }]
}
