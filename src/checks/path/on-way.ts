import type { Place } from './devices.js'
import type { Way } from './way.js'

/** `unknown`: neither is proven. */
export type Proof = 'yes' | 'no' | 'unknown'

/** Whether a place is on a way: `no` needs every router of it to be known, and known to be another. */
export function isOn(place: Place, way: Way): Proof {
  const relations = way.routers.map((address) => (address === null ? 'maybe' : place.relation(address)))
  if (relations.includes('is')) return 'yes'
  return way.open || relations.includes('maybe') ? 'unknown' : 'no'
}

/** Whether at least one of the places is on a way. */
export function isAnyOn(places: readonly Place[], way: Way): Proof {
  const proofs = places.map((place) => isOn(place, way))
  return proofs.includes('yes') ? 'yes' : proofs.includes('unknown') ? 'unknown' : 'no'
}

/** Whether all places are on a way, one behind another. */
export function areInOrder(places: readonly Place[], way: Way): Proof {
  if (countInOrder(places, way, ['is']) === places.length) return 'yes'
  return way.open || countInOrder(places, way, ['is', 'maybe']) === places.length ? 'unknown' : 'no'
}

/** How many of the places are met in their order, when each is looked for behind the one before. */
export function countInOrder(places: readonly Place[], way: Way, accepted: readonly ('is' | 'maybe')[]): number {
  let met = 0
  for (const address of way.routers) {
    const place = places[met]
    if (place === undefined) break
    const relation = address === null ? 'maybe' : place.relation(address)
    if (accepted.some((each) => each === relation)) met += 1
  }
  return met
}

/** One `no` decides; all must be `yes`. For what has to hold on every way. */
export function everywhere(proofs: readonly Proof[]): Proof {
  if (proofs.length === 0) return 'unknown'
  return proofs.includes('no') ? 'no' : proofs.includes('unknown') ? 'unknown' : 'yes'
}

/** One `yes` decides; all must be `no`. For what may hold nowhere. */
export function anywhere(proofs: readonly Proof[]): Proof {
  if (proofs.length === 0) return 'unknown'
  return proofs.includes('yes') ? 'yes' : proofs.includes('unknown') ? 'unknown' : 'no'
}

/** Distances of the routers that are not known: they answered nothing, or for another. */
export const silentHops = ({ routers }: Way): readonly number[] =>
  routers.flatMap((address, index) => (address === null ? [index + 1] : []))

/** The routers that may be the place, as the inventory leaves open. */
export const candidates = (place: Place, { routers }: Way): readonly string[] =>
  routers.flatMap((address) => (address !== null && place.relation(address) === 'maybe' ? [address] : []))
