import { type Interfaces, interfaces } from '../../facts/interfaces/index.js'
import { type RecordRoute, recordRoute } from '../../facts/record-route/index.js'
import { type RouteLookup, routeLookup } from '../../facts/route-lookup/index.js'
import { type Trace, type TraceProtocol, trace } from '../../facts/trace/index.js'
import { request } from '../../lib/fact-key.js'
import type { FactRequest } from '../../model/fact.js'
import type { Ends } from './ends.js'
import type { PathSymmetrySpec } from './spec.js'

/** The two addresses that talk. */
export interface Conversation {
  readonly first: string
  readonly second: string
}

export type Direction = 'there' | 'back'

/** How long a lone probe waits; the trace asks a silent hop more than once. */
const waitMs = 1_000

/** Above the ports that Linux gives to connections (32768 to 60999), so that no real one has the same. */
const firstSourcePort = 61_000
const sourcePorts = 4_000

const portOf = (spec: PathSymmetrySpec, protocol: TraceProtocol): number => spec.port ?? (protocol === 'udp' ? 33_434 : 443)

/** FNV-1a of the names: the same pair has the same port in every run, and pairs rarely share one. */
function sourcePortOf(spec: PathSymmetrySpec): number {
  if (spec['source-port'] !== undefined) return spec['source-port']
  let hash = 0x811c9dc5
  for (const character of spec.between.join(' ')) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return firstSourcePort + (hash % sourcePorts)
}

export interface TraceWish {
  readonly protocol: TraceProtocol
  readonly direction: Direction
  /** What is traced. */
  readonly target: string
  /** The address to send from; null leaves it to the host. */
  readonly source: string | null
  /** The first host's port of one flow, or the id of ICMP; without it the first flow in rounds, and further ones. */
  readonly flow?: number
}

/** The way there goes from the source port to the port, the way back from the port to the source port: one conversation. */
export function traceRequest(spec: PathSymmetrySpec, ends: Ends, wish: TraceWish): FactRequest<Trace> {
  const { protocol, direction, target, source, flow } = wish
  const own = flow ?? sourcePortOf(spec)
  const ports: { sourcePort: number; port?: number } =
    protocol === 'icmp'
      ? { sourcePort: own }
      : direction === 'there'
        ? { sourcePort: own, port: portOf(spec, protocol) }
        : { sourcePort: portOf(spec, protocol), port: own }
  const host = direction === 'there' ? ends.first.name : ends.second.name
  return request(trace, host, {
    host: target,
    protocol,
    ...ports,
    ...(source === null ? {} : { source }),
    maxHops: spec['max-hops'] ?? 30,
    rounds: flow === undefined ? 3 : 1,
    flows: flow === undefined ? 6 : 0,
    timeoutMs: waitMs,
  })
}

export function recordRequest(ends: Ends, { first, second }: Conversation, direction: Direction): FactRequest<RecordRoute> {
  return direction === 'there'
    ? request(recordRoute, ends.first.name, { host: second, source: first, timeoutMs: waitMs })
    : request(recordRoute, ends.second.name, { host: first, source: second, timeoutMs: waitMs })
}

/** The kernel's own decision at the end that sends. */
export function lookupRequest(ends: Ends, { first, second }: Conversation, direction: Direction): FactRequest<RouteLookup> {
  return direction === 'there'
    ? request(routeLookup, ends.first.name, { destination: second, from: first })
    : request(routeLookup, ends.second.name, { destination: first, from: second })
}

export const interfacesRequest = (host: string): FactRequest<Interfaces> => request(interfaces, host, {})

/** `tcp 443`, `icmp`, as subjects name it. */
export const describeProtocol = (spec: PathSymmetrySpec, protocol: TraceProtocol): string =>
  protocol === 'icmp' ? 'icmp' : `${protocol} ${portOf(spec, protocol)}`
