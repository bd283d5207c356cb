import { addressFamily } from '../../lib/address.js'
import { NotUnderstood } from '../../lib/errors.js'
import { iproute2Silence, type Silence } from '../../lib/iproute2/draft.js'
import { readFields, readJsonArray, readJsonRoute } from '../../lib/iproute2/json.js'
import { type AddressFamily, isRouteType, type Route, type RouteType } from '../../lib/iproute2/route.js'
import { readTextRoutes } from '../../lib/iproute2/text.js'
import type { LookupFailure, RouteLookup, RouteLookupArgs } from './value.js'

/** What an answer leaves out, the kernel did not tell. */
const lookupSilence: Silence = { protocol: null, table: null, hidesForeignNextHop: false }

export function familyOf(address: string): AddressFamily {
  const family = addressFamily(address)
  if (family === null) throw new RangeError(`not an address: ${address}`)
  return family === 4 ? 'inet' : 'inet6'
}

/** Older kernels answer for IPv6 with the route that refuses, instead of an error. */
const failureOfType: Partial<Record<RouteType, LookupFailure>> = {
  unreachable: 'unreachable',
  throw: 'unreachable',
  prohibit: 'prohibited',
  blackhole: 'blackhole',
}

/**
 * What a failure of rtnetlink means (`fib_props` in net/ipv4/fib_semantics.c and `ip6_rt_type_to_error` in
 * net/ipv6/route.c), in the words of glibc and of musl.
 */
const failureOfMessage = new Map<string, LookupFailure>([
  ['Network is unreachable', 'unreachable'],
  ['Network unreachable', 'unreachable'],
  ['No route to host', 'unreachable'],
  ['Host is unreachable', 'unreachable'],
  ['Permission denied', 'prohibited'],
  // Also for a source address that no packet can carry; the check refuses those beforehand.
  ['Invalid argument', 'blackhole'],
])

/** @throws NotUnderstood when `stderr` does not hold the kernel's refusal: then the command itself failed. */
export function readFailure(stderr: string): RouteLookup {
  const message = /RTNETLINK answers: (.+)/.exec(stderr)?.[1]?.trim() ?? ''
  const failure = failureOfMessage.get(message)
  if (failure === undefined) throw new NotUnderstood("the kernel's answer to ip route get", stderr)
  return { failure, message }
}

/** @param matched what `fibmatch` printed about the route itself, or null. @throws NotUnderstood */
export function readJsonAnswer(text: string, matched: string | null, args: RouteLookupArgs): RouteLookup {
  const family = familyOf(args.destination)
  // `cache` marks every answer of IPv4; in a list of routes it would mark what is no route.
  const { cache: _, ...fields } = onlyObject(text)
  const { type } = fields
  const failure = typeof type === 'string' && isRouteType(type) ? failureOfType[type] : undefined
  if (failure !== undefined) return { failure, message: `the route's type is ${type}` }
  const route = readJsonRoute(fields, family, lookupSilence)
  const entry = matched === null ? null : readJsonRoute(onlyObject(matched), family, iproute2Silence)
  return found(route, entry, args)
}

/** @throws NotUnderstood */
export function readTextAnswer(text: string, args: RouteLookupArgs): RouteLookup {
  const lines = text.split('\n').filter((line) => !/^\s*(cache\b|$)/.test(line))
  const type = lines[0]?.split(' ')[0] ?? ''
  const failure = isRouteType(type) ? failureOfType[type] : undefined
  if (failure !== undefined) return { failure, message: `the route's type is ${type}` }
  const [route = null, ...rest] = readTextRoutes(lines.join('\n'), familyOf(args.destination), lookupSilence)
  if (rest.length > 0) throw new NotUnderstood('one answer from ip route get', text)
  return found(route, null, args)
}

function onlyObject(text: string): Readonly<Record<string, unknown>> {
  const [value, ...rest] = readJsonArray(text)
  if (rest.length > 0) throw new NotUnderstood('one answer from ip -j route get', text)
  return readFields(value)
}

function found(route: Route | null, entry: Route | null, { destination, from }: RouteLookupArgs): RouteLookup {
  const [type] = route?.types ?? []
  if (route === null || type === undefined || !route.destination.startsWith(`${destination}/`))
    throw new NotUnderstood(`an answer about ${destination}`, route?.destination ?? '')
  const hop = route.nextHops?.[0]
  // IPv4 answers leave the metric out, whatever it is; of the entry itself, none means 0.
  const ownMetric = route.metric === 0 && familyOf(destination) === 'inet' ? null : route.metric
  return {
    failure: null,
    type,
    via: hop?.via ?? null,
    interface: hop?.interface ?? null,
    // With `from` the packet has its source already; what IPv6 still prints is what it would have chosen.
    source: from ?? route.source,
    table: route.table,
    metric: entry?.metric ?? ownMetric,
    protocol: entry?.protocol ?? route.protocol,
    matched: entry?.destination ?? null,
  }
}
