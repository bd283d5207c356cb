import {
  applying,
  type BootRoute,
  bootRoutes,
  interfacesNamed,
  lookedAt,
  metricAtBoot,
  type NetworkConfig,
  obstacleTo,
  opaqueAbout,
  routeRemedy,
  showConfiguredRoute,
  showOpaque,
  showPlace,
} from '../../facts/network-config/index.js'
import type { NextHop } from '../../facts/routes/index.js'
import { findingOf } from '../../lib/comparison.js'
import { meets, numberType, textType } from '../../lib/expectation.js'
import type { NameReading } from '../../lib/interface-names.js'
import { hopMeets } from '../../lib/iproute2/gateway.js'
import { sentences } from '../../lib/sentences.js'
import { addressType } from '../../lib/value-types.js'
import type { Finding } from '../../model/check.js'
import { matchNextHops } from './next-hops.js'
import { doubtAbout } from './persistent-doubts.js'
import type { Spec } from './schema.js'
import type { Target } from './target.js'

/** The route that runs, for what to write so that it stays. */
export interface RunningRoute {
  /** Where it leads; null for no such route, or one with several next hops. */
  readonly hop: NextHop | null
  /** Made by the kernel, of an address. */
  readonly connected: boolean
}

type Names = NameReading['shown']
type Tell = (outcome: 'met' | 'unmet' | 'unknown', actual: string, message: string) => Finding

/**
 * Judges whether the route is configured to come back at the next boot, beside what the running table says.
 * @param names how names of interfaces are compared.
 */
export function judgePersistent(
  spec: Spec,
  target: Target,
  config: NetworkConfig,
  running: RunningRoute,
  host: string,
  names: Names,
): Finding {
  const absent = spec.absent === true
  const expected = absent ? 'not configured' : 'configured'
  const tell: Tell = (outcome, actual, message) => findingOf(target.label, { property: 'persistent', outcome, expected, actual }, message)
  const obstacle = obstacleTo(config, host)
  if (obstacle !== null) return tell('unknown', 'not known', obstacle)
  const written = bootRoutes(config).filter(({ route }) => isAbout(route, target))
  const found = written.filter((each) => reach(spec, each, written, names) === 'yes')
  const coming = found.filter(({ comes }) => comes)
  const [first] = coming
  if (first !== undefined) {
    const others = written.filter((each) => each.comes && !found.includes(each))
    const doubts = coming.map((each) => doubtAbout(config, each, others))
    const sure = coming[doubts.indexOf(null)]
    if (sure === undefined) return tell('unknown', showConfiguredRoute(first.route), doubts[0] ?? '')
    const place = sure.connected
      ? `The kernel makes it of an address that is configured: ${showPlace(sure.route)}.`
      : `${showPlace(sure.route)} has it.`
    return tell(absent ? 'unmet' : 'met', showConfiguredRoute(sure.route), absent ? `It comes back at the next boot: ${place}` : place)
  }
  const perhaps = written.find((each) => each.comes && reach(spec, each, written, names) === 'unknown')
  if (perhaps !== undefined) {
    const message = `${showPlace(perhaps.route)} has it without a metric: which one it gets is the system's own choice. Write one.`
    return tell('unknown', showConfiguredRoute(perhaps.route), message)
  }
  const opaque = opaqueAbout(config, ['routes'], null)
  if (opaque.length > 0) return tell('unknown', 'not in what is understood', showOpaque(opaque))
  if (absent) return tell('met', 'not configured', '')
  return tellMissing({ spec, target, config, running, names }, written, found, tell)
}

/** What a route that no file has is judged by. */
interface Sight {
  readonly spec: Spec
  readonly target: Target
  readonly config: NetworkConfig
  readonly running: RunningRoute
  readonly names: Names
}

function tellMissing(sight: Sight, written: readonly BootRoute[], found: readonly BootRoute[], tell: Tell): Finding {
  const { target, config, running } = sight
  const [asleep] = found
  if (asleep !== undefined) {
    const message = `${showPlace(asleep.route)} has it, but ${asleep.route.interface ?? 'its interface'} is not brought up at boot.`
    return tell('unmet', 'configured, and not at boot', message)
  }
  const isLeased = (target.destination.endsWith('/0') && target.table === 'main') || running.connected
  const lease = isLeased ? leaseOf(sight) : null
  if (lease !== null) return tell('unknown', 'left to DHCP or a router', lease)
  const looked = `Looked at: ${lookedAt(config)}.`
  const [other] = written
  if (other !== undefined) {
    const message = `${showPlace(other.route)} has ${showConfiguredRoute(other.route)} instead: that is what a reboot sets up. ${looked}`
    return tell('unmet', written.map(({ route }) => showConfiguredRoute(route)).join('; '), message)
  }
  return tell('unmet', 'not configured', sentences(`It is gone after a reboot. ${looked}`, remedyFor(sight)))
}

function remedyFor({ spec, target, config, running: { hop, connected } }: Sight): string {
  if (connected) return 'The kernel makes it of an address: configure that.'
  if (spec['next-hops'] !== undefined) return 'Write it with all of its next hops.'
  const via = typeof spec.via === 'string' ? spec.via : (hop?.via ?? null)
  const device = typeof spec.interface === 'string' ? spec.interface : hop?.via === via ? (hop?.interface ?? null) : null
  return routeRemedy(config, {
    ...{ destination: target.destination, via, device: device ?? deviceFor(config, via), table: target.table },
    ...{ type: typeof spec.type === 'string' ? spec.type : undefined, source: typeof spec.source === 'string' ? spec.source : undefined },
    metric: typeof spec.metric === 'number' ? spec.metric : undefined,
  })
}

const isAbout = (route: BootRoute['route'], target: Target): boolean =>
  route.family === target.family && route.destination === target.destination && route.table === target.table

/** Whether what is written meets the expectations; `unknown`: but for a metric that is not written. */
function reach(spec: Spec, each: BootRoute, all: readonly BootRoute[], names: Names): 'yes' | 'no' | 'unknown' {
  const { route } = each
  const nextHops = spec['next-hops']
  if (nextHops !== undefined) {
    const hops = all.map(({ route: { via, interface: device } }) => ({ via, interface: device, weight: 1, flags: [] }))
    const { extra, missing } = matchNextHops(nextHops, hops, names)
    return extra.length + missing.length === 0 ? 'yes' : 'no'
  }
  const isMet =
    hopMeets(spec, route, names) &&
    (spec.source === undefined || meets(addressType, spec.source, route.source)) &&
    (spec.type === undefined || meets(textType, spec.type, route.type))
  if (!isMet) return 'no'
  const metric = metricAtBoot(each)
  if (spec.metric === undefined) return 'yes'
  return metric === null ? 'unknown' : meets(numberType, spec.metric, metric) ? 'yes' : 'no'
}

/** An interface that may be offered the route, in the words of a message; null where none may. What runs says which one, where it is connected. */
function leaseOf({ spec, config, running: { hop, connected }, names }: Sight): string | null {
  const device = connected ? (hop?.interface ?? null) : null
  const offered = applying(config)
    .flatMap(({ interfaces }) => interfaces)
    .filter(
      ({ onboot, defroute, name }) =>
        onboot !== false &&
        (device === null ? defroute !== false : name === device || name === null) &&
        (spec.interface === undefined || meets(names, spec.interface, name)),
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
