import {
  applying,
  type ConfiguredRoute,
  lookedAt,
  type NetworkConfig,
  opaqueAbout,
  routeRemedy,
  showConfiguredRoute,
  showOpaque,
  showPlace,
  type WantedRoute,
} from '../../facts/network-config/index.js'
import { canonicalAddress, formatPrefix, parsePrefix } from '../../lib/address.js'
import { tableType } from '../../lib/iproute2/table-name.js'
import { sentences } from '../../lib/sentences.js'
import type { Finding } from '../../model/check.js'
import { isMainDefault } from './scene.js'
import type { ExpectedRoute, SetOf } from './schema.js'
import { compareSets } from './sets.js'

/** Judges the static routes that are written, of one interface or of the host. Default routes count where one is expected. */
export function judgeRoutes(
  expected: SetOf<ExpectedRoute>,
  config: NetworkConfig,
  device: string | null,
  subject: string,
): readonly Finding[] {
  const wanted = 'contains' in expected ? expected.contains : expected
  const namesDefault = wanted.some((route) => isMainDefaultOf(route))
  const all = applying(config).flatMap(({ routes }) => routes)
  const actual = all.filter((route) => (device === null || route.interface === device) && (namesDefault || !isMainDefault(route)))
  const { missing, extra, expected: words } = compareSets(expected, actual, matches, show)
  const common = {
    subject: `${subject}: routes`,
    expected: words,
    actual: actual.map(showConfiguredRoute).slice(0, 20).join('; ') || 'none',
  }
  // Any interface's commands may set a route, and a route that is written stays written.
  const opaque = opaqueAbout(config, ['routes'], null)
  if (opaque.length > 0 && (missing.length > 0 || !('contains' in expected)))
    return [{ ...common, verdict: 'error', message: showOpaque(opaque) }]
  if (missing.length + extra.length === 0) return [{ ...common, verdict: 'pass', message: '' }]
  const [first] = wanted.filter((route) => missing.includes(show(route)))
  const remedy = first === undefined ? '' : routeRemedy(config, remedyOf(first, device))
  const message = sentences(
    missing.length === 0 ? '' : `Not written: ${missing.join('; ')}. Looked at: ${lookedAt(config)}. ${remedy}`,
    ...extra.slice(0, 10).map((route) => `${showConfiguredRoute(route)} is not expected (${showPlace(route)}).`),
  )
  return [{ ...common, verdict: 'fail', message }]
}

const remedyOf = (route: ExpectedRoute, device: string | null): WantedRoute => ({
  ...{ destination: destinationOf(route), via: route.via ?? null, device: route.interface ?? device },
  ...{ metric: route.metric, table: tableType.read(route.table ?? 'main') },
})

function destinationOf({ destination, via }: ExpectedRoute): string {
  if (destination === 'default') return via?.includes(':') === true ? '::/0' : '0.0.0.0/0'
  const prefix = parsePrefix(destination)
  return prefix === null ? destination : formatPrefix(prefix)
}

const isMainDefaultOf = (route: ExpectedRoute): boolean =>
  destinationOf(route).endsWith('/0') && tableType.read(route.table ?? 'main') === 'main'

function matches(expected: ExpectedRoute, { destination, via, interface: device, metric, table }: ConfiguredRoute): boolean {
  return (
    destinationOf(expected) === destination &&
    (expected.via === undefined || canonicalAddress(expected.via) === via) &&
    (expected.interface === undefined || expected.interface === device) &&
    (expected.metric === undefined || expected.metric === metric) &&
    tableType.read(expected.table ?? 'main') === table
  )
}

function show({ destination, via, interface: device, metric, table }: ExpectedRoute): string {
  return [
    destination,
    via === undefined ? '' : `via ${via}`,
    device === undefined ? '' : `dev ${device}`,
    metric === undefined ? '' : `metric ${metric}`,
    table === undefined ? '' : `table ${table}`,
  ]
    .filter((words) => words !== '')
    .join(' ')
}
