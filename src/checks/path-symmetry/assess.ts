import type { RecordRoute } from '../../facts/record-route/index.js'
import type { RouteLookup } from '../../facts/route-lookup/index.js'
import type { Trace, TraceProtocol } from '../../facts/trace/index.js'
import { formatPrefix, type Prefix, parsePrefix } from '../../lib/address.js'
import { type Declared, usable } from './declared.js'
import { type Asked, type Devices, knowDevices } from './devices.js'
import { combine, type FlowJudgement, isShared, type Outcome } from './flows.js'
import { type Judgement, judge } from './judge.js'
import { type Path, pathsOf } from './path.js'
import { agree, aliasesOf, filled, type Recorded, recordedRouters } from './recorded.js'
import type { Conversation, Direction } from './requests.js'
import type { Trip } from './trips.js'

type Both<Value> = Readonly<Record<Direction, Value>>

/** All that has been learnt. */
export interface Evidence {
  readonly conversation: Conversation | null
  readonly trips: readonly Trip[]
  /** Those that a verdict may rest on; others only confirm. */
  readonly protocols: readonly TraceProtocol[]
  readonly declared: readonly Declared[]
  readonly asked: readonly (Asked & { readonly prefixes: readonly string[] })[]
  readonly lookups: Both<RouteLookup | null>
  readonly records: Both<RecordRoute | null>
  /** The way back of one of the first host's further flows; null when it is not known. */
  backOf(protocol: TraceProtocol, flow: number): Trace | null
}

export interface Assessment {
  readonly outcome: Outcome
  /** The protocol that the outcome is about; null when no trace can be judged. */
  readonly protocol: TraceProtocol | null
  readonly paths: Both<readonly Path[]> | null
  readonly devices: Devices
}

interface Candidate {
  readonly protocol: TraceProtocol
  readonly paths: Both<readonly [Path, ...Path[]]>
  readonly confirmed: Both<boolean>
}

/** What all that is known amounts to; pure. */
export function assess(evidence: Evidence): Assessment {
  const { declared, asked, conversation } = evidence
  const plain = knowDevices(declared, asked, [])
  const candidates = candidatesOf(evidence, sameBy(plain))
  const judged = candidates
    .filter(({ protocol }) => evidence.protocols.includes(protocol))
    .map((candidate) => ({ candidate, ...judgeOne(evidence, candidate, candidates) }))
  const arrived = judged.find(({ candidate: { paths } }) => paths.there[0].arrived && paths.back[0].arrived)
  const chosen = arrived ?? judged.find(({ outcome }) => outcome.verdict === 'asymmetric') ?? judged.find(hasArrival) ?? judged[0]
  if (chosen === undefined || conversation === null) {
    return { outcome: { verdict: 'inconclusive', confidence: null, flows: [], shared: false }, protocol: null, paths: null, devices: plain }
  }
  return { outcome: chosen.outcome, protocol: chosen.candidate.protocol, paths: chosen.candidate.paths, devices: chosen.devices }
}

const hasArrival = ({ candidate: { paths } }: { readonly candidate: Candidate }): boolean => paths.there[0].arrived || paths.back[0].arrived

const sameBy =
  (devices: Devices) =>
  (one: string, other: string): boolean =>
    devices.compare(one, other).verdict === 'same'

function candidatesOf({ trips }: Evidence, same: (one: string, other: string) => boolean): readonly Candidate[] {
  const read = trips.flatMap(({ protocol, there, back, conversation }) => {
    const [oneWay, otherWay] = [there === null ? [] : pathsOf(there, same), back === null ? [] : pathsOf(back, same)]
    const [[first, ...more], [second, ...others]] = [oneWay, otherWay]
    return conversation === null || first === undefined || second === undefined
      ? []
      : [{ protocol, paths: { there: [first, ...more], back: [second, ...others] } as Candidate['paths'] }]
  })
  return read.map((one) => {
    const beside = (direction: Direction): readonly Path[] => read.flatMap((other) => (other === one ? [] : [other.paths[direction][0]]))
    const settle = (direction: Direction): readonly [Path, ...Path[]] => {
      const [first, ...others] = one.paths[direction]
      return one.protocol === 'tcp' && isForged(first, beside(direction), same)
        ? [{ ...first, arrived: false }, ...others]
        : [first, ...others]
    }
    const confirmed = (direction: Direction): boolean => one.protocol !== 'tcp' || isConfirmed(one.paths[direction][0], beside(direction))
    return {
      protocol: one.protocol,
      paths: { there: settle('there'), back: settle('back') },
      confirmed: { there: confirmed('there'), back: confirmed('back') },
    }
  })
}

/** A TCP answer may come from a firewall or a proxy in the target's name: an echo from the same distance may not. */
const isConfirmed = (path: Path, others: readonly Path[]): boolean =>
  others.some((other) => other.arrived && other.hops.length === path.hops.length)

/** Behind the very routers that led to the answer, other packets find more of them. */
function isForged(path: Path, others: readonly Path[], same: (one: string, other: string) => boolean): boolean {
  const { length } = path.hops
  return (
    path.arrived &&
    others.some((other) => {
      const fits = path.hops.every(
        (address, index) => address === null || other.hops[index] == null || same(address, other.hops[index] ?? ''),
      )
      return fits && other.hops.slice(length).some((address) => address !== null)
    })
  )
}

function judgeOne(evidence: Evidence, candidate: Candidate, all: readonly Candidate[]): { outcome: Outcome; devices: Devices } {
  const { declared, asked, lookups, conversation } = evidence
  const plain = knowDevices(declared, asked, [])
  const shared = isShared(candidate.paths.there, sameBy(plain)) || isShared(candidate.paths.back, sameBy(plain))
  const recorded = shared ? { there: null, back: null } : recordedOf(evidence, candidate, all, plain)
  const devices = knowDevices(declared, asked, [
    ...aliasesOf(candidate.paths.there[0], recorded.there),
    ...aliasesOf(candidate.paths.back[0], recorded.back),
  ])
  const surroundings = {
    devices,
    prefixes: prefixesOf(asked),
    ends: { first: conversation?.first ?? null, second: conversation?.second ?? null },
    onLink: onLinkOf(evidence),
  }
  const judgeFlow = (there: Path, back: Path): Judgement =>
    judge(
      {
        there: filled(there, recorded.there, gatewayOf(lookups.there)),
        back: filled(back, recorded.back, gatewayOf(lookups.back)),
        confirmed: candidate.confirmed,
      },
      surroundings,
    )
  const { there, back } = candidate.paths
  const flows: FlowJudgement[] = [{ flow: there[0].flow, ...judgeFlow(there[0], back[0]) }]
  if (shared) flows.push(...furtherFlows(evidence, candidate, devices, judgeFlow))
  return { outcome: combine(flows, shared), devices }
}

function furtherFlows(
  { backOf }: Evidence,
  { protocol, paths }: Candidate,
  devices: Devices,
  judgeFlow: (there: Path, back: Path) => Judgement,
): readonly FlowJudgement[] {
  return paths.there.slice(1).flatMap((there) => {
    if (there.flow === null) return []
    const trace = backOf(protocol, there.flow)
    const [back] = trace === null ? [] : pathsOf(trace, sameBy(devices))
    return back === undefined ? [] : [{ flow: there.flow, ...judgeFlow(there, back) }]
  })
}

/** Recorded routes are those of echo requests: they count where echo requests are seen to take the path that is judged. */
function recordedOf(
  { records, conversation }: Evidence,
  { paths }: Candidate,
  all: readonly Candidate[],
  devices: Devices,
): Both<Recorded> {
  const echo = all.find(({ protocol }) => protocol === 'icmp')
  const of = (direction: Direction): Recorded => {
    if (echo === undefined || conversation === null) return null
    const path = paths[direction][0]
    if (path.changing || !agree(path, echo.paths[direction][0], sameBy(devices))) return null
    const [own, target] = direction === 'there' ? [conversation.first, conversation.second] : [conversation.second, conversation.first]
    return recordedRouters(records[direction], own, target, path)
  }
  return { there: of('there'), back: of('back') }
}

function gatewayOf(lookup: RouteLookup | null): string | null {
  return lookup?.failure === null && lookup.via !== null ? (usable(lookup.via)[0] ?? null) : null
}

function onLinkOf({ lookups, conversation }: Evidence): boolean | null {
  const direct = (['there', 'back'] as const).map((direction) => {
    const lookup = lookups[direction]
    if (lookup === null || lookup.failure !== null) return null
    const target = direction === 'there' ? conversation?.second : conversation?.first
    return lookup.via === null || lookup.via === target
  })
  return direct.includes(false) ? false : direct.includes(null) ? null : true
}

function prefixesOf(asked: Evidence['asked']): readonly Prefix[] {
  const prefixes = asked.flatMap((host) => host.prefixes.flatMap((text) => parsePrefix(text) ?? []))
  return [...new Map(prefixes.map((prefix) => [formatPrefix(prefix), prefix])).values()]
}
