import type { Interfaces } from '../../facts/interfaces/index.js'
import type { Trace, TraceProtocol } from '../../facts/trace/index.js'
import { addressFamily } from '../../lib/address.js'
import { globMatcher } from '../../lib/glob.js'
import type { CheckContext } from '../../model/check.js'
import { controllerName, type Host, type Inventory } from '../../model/inventory.js'
import { type Assessment, assess, type Evidence } from './assess.js'
import { declaredDevices, usable } from './declared.js'
import type { Desk } from './desk.js'
import type { Ends } from './ends.js'
import { pathsOf } from './path.js'
import type { Position } from './positions.js'
import { interfacesRequest, lookupRequest, recordRequest, traceRequest } from './requests.js'
import type { PathSymmetrySpec } from './spec.js'
import { type Trip, travel } from './trips.js'

export interface Inquiry extends Assessment {
  readonly evidence: Evidence
}

/** More hosts are not asked for one path: name those that matter. */
const mostAsked = 100

/** Nor more flows. */
const mostFlows = 10

/**
 * Asks step by step, each step only where those before leave it open. Whoever calls it looks at the desk: while something is wanted
 * there, what is returned is not yet final.
 */
export function inquire(spec: PathSymmetrySpec, ends: Ends, { inventory }: Pick<CheckContext, 'inventory'>, desk: Desk): Inquiry {
  const protocols = protocolsOf(spec)
  const trips: Trip[] = []
  const declared = declaredDevices(inventory)
  let evidence: Evidence = {
    conversation: null,
    trips,
    protocols,
    declared,
    asked: [],
    lookups: { there: null, back: null },
    records: { there: null, back: null },
    backOf: () => null,
  }
  const result = (): Inquiry => ({ ...assess(evidence), evidence })

  for (const protocol of protocols) {
    const trip = travel(desk, spec, ends, protocol, evidence.conversation)
    trips.push(trip)
    evidence = { ...evidence, conversation: evidence.conversation ?? trip.conversation }
    if (desk.wanted.length > 0) return result()
    if (hasArrived(trip) || isProven(result())) break
  }
  const { conversation } = evidence
  if (conversation === null) return result()
  const confirmWith = (protocol: TraceProtocol): void => {
    if (!trips.some((trip) => trip.protocol === protocol)) trips.push(travel(desk, spec, ends, protocol, conversation))
  }

  const first = result()
  if (first.outcome.shared) evidence = { ...evidence, backOf: flowsAt(desk, spec, ends, evidence, first.protocol) }
  if (isSettled(first)) return result()
  evidence = {
    ...evidence,
    lookups: { there: desk.ask(lookupRequest(ends, conversation, 'there')), back: desk.ask(lookupRequest(ends, conversation, 'back')) },
  }
  if (isOpen(first)) {
    const asked = hostsToAsk(spec, ends, inventory, first).flatMap(({ name }) => {
      const found = desk.ask(interfacesRequest(name))
      return found === null ? [] : [{ name, ...addressesOf(found) }]
    })
    evidence = { ...evidence, asked: asked.filter(({ addresses }) => addresses.length > 0) }
    if (addressFamily(conversation.second) === 4) {
      const records = {
        there: desk.ask(recordRequest(ends, conversation, 'there')),
        back: desk.ask(recordRequest(ends, conversation, 'back')),
      }
      evidence = { ...evidence, records }
    }
  }
  if (isOpen(first) || isUnconfirmed(first)) confirmWith('icmp')
  if (desk.wanted.length > 0) return result()
  if (isUnconfirmed(result())) confirmWith('udp')
  const third = result()
  // Devices that are known by now may show that flows differ, or a further trace that another protocol is to be judged.
  if (third.outcome.shared) evidence = { ...evidence, backOf: flowsAt(desk, spec, ends, evidence, third.protocol) }
  return result()
}

export function protocolsOf({ protocol = 'auto' }: PathSymmetrySpec): readonly TraceProtocol[] {
  return protocol === 'auto' ? ['tcp', 'icmp', 'udp'] : [protocol]
}

function hasArrived({ there, back, conversation }: Trip): boolean {
  const arrived = [there, back].map((trace) => trace !== null && pathsOf(trace, Object.is)[0]?.arrived === true)
  return conversation !== null && !arrived.includes(false)
}

/** Devices on both ways may tell them apart before anything arrives. */
const isProven = ({ outcome }: Assessment): boolean => outcome.confidence === 'high'

/** Nothing that could still be asked would change it. */
function isSettled({ outcome }: Assessment): boolean {
  const [first] = outcome.flows
  return outcome.verdict === 'symmetric' && outcome.confidence === 'high' && first !== undefined && first.positions.length > 0
}

/** Knowing more of devices might decide it. */
function isOpen({ outcome }: Assessment): boolean {
  const isUnsure = ({ number, comparison }: Position): boolean =>
    number !== null && (comparison.verdict === 'unknown' || comparison.confidence === 'medium')
  return outcome.flows.some((flow) => flow.confidence !== 'high' && flow.positions.some(isUnsure))
}

/** Another protocol might confirm it, or show that a device on the way answered in the name of the target. */
const isUnconfirmed = ({ outcome }: Assessment): boolean => outcome.flows.some(({ doubts }) => doubts.includes('unconfirmed'))

/** The way back of each of the first host's further flows: what the second host answers them is of their five-tuple. */
function flowsAt(
  desk: Desk,
  spec: PathSymmetrySpec,
  ends: Ends,
  { conversation, trips }: Evidence,
  protocol: TraceProtocol | null,
): Evidence['backOf'] {
  const known = new Map<number, Trace | null>()
  const flows = trips.find((trip) => trip.protocol === protocol)?.there?.flows.slice(1, mostFlows) ?? []
  for (const { id } of flows) {
    if (id === null || id < 1 || id > 65_535 || conversation === null || protocol === null) continue
    const wish = { protocol, direction: 'back', target: conversation.first, source: conversation.second, flow: id } as const
    known.set(id, desk.ask(traceRequest(spec, ends, wish)))
  }
  return (of, flow) => (of === protocol ? (known.get(flow) ?? null) : null)
}

function hostsToAsk({ ask = 'all' }: PathSymmetrySpec, ends: Ends, { hosts, groups }: Inventory, { paths }: Assessment): readonly Host[] {
  if (ask === 'none') return []
  const isEnd = (name: string): boolean => name === ends.first.name || name === ends.second.name
  const matchers = ask === 'all' ? [] : ask.map((pattern) => ({ matches: globMatcher(pattern), members: groups.get(pattern) ?? [] }))
  const isNamed = ({ name, groups: of }: Host): boolean =>
    ask === 'all' || isEnd(name) || matchers.some(({ matches, members }) => matches(name) || of.some(matches) || members.includes(name))
  const hops = new Set([...(paths?.there ?? []), ...(paths?.back ?? [])].flatMap((path) => path.hops))
  const rank = ({ name, address }: Host): number => (isEnd(name) || hops.has(address) ? 0 : 1)
  return [...hosts.values()]
    .filter((host) => host.unusable === undefined && (host.name !== controllerName || isEnd(host.name)) && isNamed(host))
    .toSorted((one, other) => rank(one) - rank(other))
    .slice(0, mostAsked)
}

function addressesOf(found: Interfaces): { readonly addresses: readonly string[]; readonly prefixes: readonly string[] } {
  const all = found.flatMap((each) => each.addresses).filter(({ address }) => usable(address).length > 0)
  return {
    addresses: [...new Set(all.flatMap(({ address }) => usable(address)))],
    prefixes: all.flatMap(({ address, prefixLength, peer }) =>
      prefixLength === null || peer !== null ? [] : [`${address}/${prefixLength}`],
    ),
  }
}
