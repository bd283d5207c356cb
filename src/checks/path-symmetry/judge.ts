import type { Prefix } from '../../lib/address.js'
import { anchoredLengths } from './anchors.js'
import type { Devices } from './devices.js'
import { isPinnedByLinks } from './links.js'
import type { Path } from './path.js'
import { commonLength, type Position, positionsOf, unevenPositions } from './positions.js'

export type Confidence = 'high' | 'medium'

/**
 * What keeps a judgement from high confidence, or from any.
 * `changing`: rounds of one flow contradict each other. `no-arrival`: neither trace arrived. `half`: one did not, and the rest agrees.
 * `positions`: some are not known. `unconfirmed`: only TCP arrived, which a device on the way may answer in the target's name.
 * `silent-end`: the longer way ends in silence, so that the target may have answered late. `shifted`: see `Path`. `once`: seen in one
 * round only. `list`: by what a declared list does not hold. `recorded`: by recorded routes that have nothing in common.
 * `links`: by links alone. `gateway`: no router answered, though a host sends through one.
 */
export type Doubt =
  | 'changing'
  | 'no-arrival'
  | 'half'
  | 'positions'
  | 'unconfirmed'
  | 'silent-end'
  | 'shifted'
  | 'once'
  | 'list'
  | 'recorded'
  | 'links'
  | 'gateway'

export interface Judgement {
  readonly verdict: 'symmetric' | 'asymmetric' | 'inconclusive'
  /** null when inconclusive. */
  readonly confidence: Confidence | null
  /** What tells asymmetric ways apart: devices at one position, the number of routers, or that between devices on both ways. */
  readonly basis: 'devices' | 'lengths' | 'distances' | null
  readonly doubts: readonly Doubt[]
  readonly positions: readonly Position[]
  /** Routers on each way; null unless both traces arrived. */
  readonly lengths: { readonly there: number; readonly back: number } | null
}

export interface Ways {
  readonly there: Path
  readonly back: Path
  /** The target itself answered: more than TCP says so. */
  readonly confirmed: { readonly there: boolean; readonly back: boolean }
}

export interface Surroundings {
  readonly devices: Devices
  /** Networks connected to hosts that were asked. */
  readonly prefixes: readonly Prefix[]
  readonly ends: { readonly first: string | null; readonly second: string | null }
  /** Whether the ends reach each other without a gateway, by their own routes; null where that is not known. */
  readonly onLink: boolean | null
}

/** Whether two ways cross the same devices. High confidence is for identities, and for lengths that nothing else explains. */
export function judge(ways: Ways, surroundings: Surroundings): Judgement {
  const { there, back } = ways
  const lengths = there.arrived && back.arrived ? { there: there.hops.length, back: back.hops.length } : null
  return { ...judgeWays(ways, surroundings), lengths }
}

type Judged = Omit<Judgement, 'lengths'>

function judgeWays(ways: Ways, surroundings: Surroundings): Judged {
  const { there, back } = ways
  const { devices } = surroundings
  const uneven = unevenPositions(there, back, devices)
  const length = commonLength(there, back)
  if (there.changing || back.changing) {
    return inconclusive(length === null ? uneven : positionsOf(there, back, length, devices), 'changing')
  }
  const lengths = there.arrived && back.arrived && length === null ? byLength(ways, uneven) : null
  if (lengths?.confidence === 'high') return lengths
  const anchored = byAnchors(ways, uneven, devices)
  if (anchored !== null) return anchored
  if (lengths !== null) return lengths
  if (length === null) return inconclusive(uneven, 'no-arrival')
  const positions = positionsOf(there, back, length, devices)
  const different = byDevices(positions, [...unconfirmed(ways), ...shifted(ways)])
  if (different !== null) return different
  if (!there.arrived && there.hops.length > length) return byLength(ways, uneven)
  if (!back.arrived && back.hops.length > length) return byLength(ways, uneven)
  return alike(ways, positions, surroundings)
}

const inconclusive = (positions: readonly Position[], ...doubts: readonly Doubt[]): Judged => ({
  verdict: 'inconclusive',
  confidence: null,
  basis: null,
  doubts,
  positions,
})

function asymmetric(basis: Judgement['basis'], positions: readonly Position[], doubts: readonly Doubt[]): Judged {
  return { verdict: 'asymmetric', confidence: doubts.length === 0 ? 'high' : 'medium', basis, doubts, positions }
}

/** A trace whose end may have been told by another device than the target numbers nothing. */
function unconfirmed({ there, back, confirmed }: Ways): readonly Doubt[] {
  return (there.arrived && !confirmed.there) || (back.arrived && !confirmed.back) ? ['unconfirmed'] : []
}

const shifted = ({ there, back }: Ways): readonly Doubt[] => (there.shifted || back.shifted ? ['shifted'] : [])

function byLength(ways: Ways, positions: readonly Position[]): Judged {
  const { there, back } = ways
  const [longer, shorter] = there.hops.length > back.hops.length ? [there, back] : [back, there]
  const surplus = longer.hops.length - shorter.hops.length
  const silentEnd = longer.hops.slice(-surplus).every((address) => address === null)
  const once = (path: Path): boolean => path.arrived && path.arrivals < 2
  return asymmetric('lengths', positions, [
    ...unconfirmed(ways),
    ...(silentEnd ? (['silent-end'] as const) : []),
    ...shifted(ways),
    ...(once(there) || once(back) ? (['once'] as const) : []),
  ])
}

/** Devices on both ways number the positions by themselves, whatever arrived: if the ways are the same, all of them do so alike. */
function byAnchors(ways: Ways, uneven: readonly Position[], devices: Devices): Judged | null {
  const { there, back } = ways
  const [length, ...others] = anchoredLengths(there, back, devices)
  if (length === undefined) return null
  if (others.length > 0) return asymmetric('distances', uneven, shifted(ways))
  const different = byDevices(positionsOf(there, back, length, devices), shifted(ways))
  if (different !== null) return different
  const contradicted = (path: Path): boolean => (path.arrived ? path.hops.length !== length : path.hops.length > length)
  if (there.arrived === back.arrived && there.hops.length !== back.hops.length) return null
  return contradicted(there) || contradicted(back) ? asymmetric('distances', uneven, [...unconfirmed(ways), ...shifted(ways)]) : null
}

function byDevices(positions: readonly Position[], doubts: readonly Doubt[]): Judged | null {
  const different = positions.flatMap(({ comparison }) => (comparison.verdict === 'different' ? [comparison] : []))
  if (different.length === 0) return null
  const certain = different.some(({ confidence }) => confidence === 'high')
  const weak = different.some(({ by }) => by === 'declared') ? 'list' : 'recorded'
  return asymmetric('devices', positions, [...doubts, ...(certain ? [] : ([weak] as const))])
}

function alike(ways: Ways, positions: readonly Position[], { prefixes, ends, onLink }: Surroundings): Judged {
  const arrived = ways.there.arrived && ways.back.arrived
  if (arrived && positions.length === 0) return adjacent(ways, onLink)
  const known = positions.every(({ comparison }) => comparison.verdict === 'same')
  if (arrived && known) return { verdict: 'symmetric', confidence: 'high', basis: null, doubts: [], positions }
  if (!arrived) return inconclusive(positions, 'half')
  if (isPinnedByLinks(positions, ends, prefixes))
    return { verdict: 'symmetric', confidence: 'medium', basis: null, doubts: ['links'], positions }
  return inconclusive(positions, 'positions')
}

/** Nothing between the ends: unless both answers came from gateways that answer in the other's name. */
function adjacent(ways: Ways, onLink: boolean | null): Judged {
  if (onLink === false) return inconclusive([], 'gateway')
  const doubts = onLink === true ? [] : unconfirmed(ways)
  return { verdict: 'symmetric', confidence: doubts.length === 0 ? 'high' : 'medium', basis: null, doubts, positions: [] }
}
