import {
  applying,
  type ConfiguredRoute,
  interfacesNamed,
  lookedAt,
  type NetworkConfig,
  obstacleTo,
  opaqueAbout,
  routeRemedy,
  routesAtBoot,
  showConfiguredRoute,
  showOpaque,
  showPlace,
} from '../../facts/network-config/index.js'
import type { NextHop } from '../../facts/routes/index.js'
import { findingOf } from '../../lib/comparison.js'
import { meets, numberType, textType } from '../../lib/expectation.js'
import { hopMeets } from '../../lib/iproute2/gateway.js'
import { sentences } from '../../lib/sentences.js'
import { addressType } from '../../lib/value-types.js'
import type { Finding } from '../../model/check.js'
import { matchNextHops } from './next-hops.js'
import type { Spec } from './schema.js'
import type { Target } from './target.js'

/**
 * Judges whether the route is configured to come back at the next boot, beside what the running table says.
 * @param now where it leads now; null for no such route, or one with several next hops.
 */
export function judgePersistent(spec: Spec, target: Target, config: NetworkConfig, now: NextHop | null, host: string): Finding {
  const absent = spec.absent === true
  const expected = absent ? 'not configured' : 'configured'
  const tell = (outcome: 'met' | 'unmet' | 'unknown', actual: string, message: string): Finding =>
    findingOf(target.label, { property: 'persistent', outcome, expected, actual }, message)
  const obstacle = obstacleTo(config, host)
  if (obstacle !== null) return tell('unknown', 'not known', obstacle)
  const written = applying(config).flatMap(({ routes }) => routes.filter((route) => isAbout(route, target)))
  const atBoot = new Set(applying(config).flatMap(routesAtBoot))
  const found = withinReach(spec, written)
  const coming = found.filter((route) => atBoot.has(route))
  const [first] = coming
  if (first !== undefined) {
    const rivals = rivalsOf(config, first)
    if (rivals !== null) return tell('unknown', showConfiguredRoute(first), rivals)
    const place = `${showPlace(first)} has it.`
    return absent
      ? tell('unmet', showConfiguredRoute(first), `It comes back at the next boot: ${place}`)
      : tell('met', showConfiguredRoute(first), place)
  }
  const opaque = opaqueAbout(config, ['routes'], null)
  if (opaque.length > 0) return tell('unknown', 'not in what is understood', showOpaque(opaque))
  if (absent) return tell('met', expected === 'configured' ? 'configured' : 'not configured', '')
  return tellMissing(spec, target, config, now, written, found, tell)
}

function tellMissing(
  spec: Spec,
  target: Target,
  config: NetworkConfig,
  now: NextHop | null,
  written: readonly ConfiguredRoute[],
  found: readonly ConfiguredRoute[],
  tell: (outcome: 'unmet' | 'unknown', actual: string, message: string) => Finding,
): Finding {
  const [asleep] = found
  if (asleep !== undefined) {
    const message = `${showPlace(asleep)} has it, but ${asleep.interface ?? 'its interface'} is not brought up at boot.`
    return tell('unmet', 'configured, and not at boot', message)
  }
  const lease = target.destination.endsWith('/0') && target.table === 'main' ? leaseOf(spec, config) : null
  if (lease !== null) return tell('unknown', 'left to DHCP or a router', lease)
  const via = typeof spec.via === 'string' ? spec.via : (now?.via ?? null)
  const device = typeof spec.interface === 'string' ? spec.interface : now?.via === via ? (now?.interface ?? null) : null
  const looked = `Looked at: ${lookedAt(config)}.`
  const [other] = written
  if (other !== undefined) {
    const message = `${showPlace(other)} has ${showConfiguredRoute(other)} instead: that is what a reboot sets up. ${looked}`
    return tell('unmet', written.map(showConfiguredRoute).join('; '), message)
  }
  const remedy = routeRemedy(config, { destination: target.destination, via, device: device ?? deviceFor(config, via) })
  return tell('unmet', 'not configured', sentences(`It is gone after a reboot. ${looked}`, remedy))
}

/** Where several systems configure the route's interface, one of them has it at boot, and nobody knows which; null: one does. */
function rivalsOf(config: NetworkConfig, route: ConfiguredRoute): string | null {
  const { interface: name } = route
  if (name === null) return null
  const owners = applying(config).flatMap((system) => interfacesNamed(system, name).sure.slice(0, 1))
  if (owners.length < 2) return null
  const places = owners.map(({ file }) => file).join(' and ')
  return `${showPlace(route)} has it, but ${name} is configured more than once, in ${places}: which of them wins is not known. Leave one.`
}

const isAbout = (route: ConfiguredRoute, target: Target): boolean =>
  route.family === target.family && route.destination === target.destination && route.table === target.table

/** What is written and meets the expectations. A metric that is not written meets none: each system has its own default. */
function withinReach(spec: Spec, written: readonly ConfiguredRoute[]): readonly ConfiguredRoute[] {
  const nextHops = spec['next-hops']
  if (nextHops !== undefined) {
    const hops = written.map(({ via, interface: device }) => ({ via, interface: device, weight: 1, flags: [] }))
    const { extra, missing } = matchNextHops(nextHops, hops)
    return extra.length + missing.length === 0 ? written : []
  }
  return written.filter(
    (route) =>
      hopMeets(spec, route) &&
      (spec.metric === undefined || meets(numberType, spec.metric, route.metric)) &&
      (spec.source === undefined || meets(addressType, spec.source, route.source)) &&
      (spec.type === undefined || meets(textType, spec.type, route.type)),
  )
}

/** An interface that may be offered the default route, in the words of a message; null where none may. */
function leaseOf(spec: Spec, config: NetworkConfig): string | null {
  const offered = applying(config)
    .flatMap(({ interfaces }) => interfaces)
    .filter(
      ({ onboot, defroute, name }) =>
        onboot !== false && defroute !== false && (spec.interface === undefined || meets(textType, spec.interface, name)),
    )
    .find(({ method4, method6 }) => method4 === 'dhcp' || method6 === 'auto' || method6 === 'dhcp')
  if (offered === undefined) return null
  return `No file has it. ${offered.name ?? offered.match} is configured by DHCP or router advertisements (${showPlace(offered)}), which may offer it: what they offer at the next boot is in no file.`
}

/** The interface in whose configured network a gateway lies is found when the files are read; here only one that is alone. */
function deviceFor(config: NetworkConfig, via: string | null): string | null {
  const near = applying(config).flatMap(({ routes }) => routes.filter((route) => via !== null && route.via === via))[0]
  if (near?.interface !== undefined && near.interface !== null) return near.interface
  const all = applying(config).flatMap((system) =>
    system.interfaces.filter(({ name }) => name !== null && name !== 'lo' && interfacesNamed(system, name).sure.length === 1),
  )
  return all.length === 1 ? (all[0]?.name ?? null) : null
}
