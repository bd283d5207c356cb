import { addressFamily, type Prefix, prefixContains } from '../../lib/address.js'
import type { Position } from './positions.js'

/**
 * Whether each router that is not known otherwise stands on point-to-point links with both of its neighbours: what answered at one
 * position on the way back and what answered at the next on the way there are then the two sides of one link. That is no proof: of a
 * router that answers from where its answer leaves (RFC 1812 section 4.3.2.4, and Linux) it is not known which link it was reached by, and
 * two routers side by side between two others look exactly like one. Nor do links that differ prove anything, as two routers may have more
 * than one between them.
 * @param prefixes that are connected to hosts that were asked.
 */
export function isPinnedByLinks(
  positions: readonly Position[],
  ends: { readonly first: string | null; readonly second: string | null },
  prefixes: readonly Prefix[],
): boolean {
  const links = Array.from({ length: positions.length + 1 }, (_, index) => {
    const before = index === 0 ? ends.first : (positions[index - 1]?.back?.address ?? null)
    const after = index === positions.length ? ends.second : (positions[index]?.there?.address ?? null)
    return isPointToPoint(before, after, prefixes)
  })
  const open = positions.flatMap(({ comparison }, index) => (comparison.verdict === 'unknown' ? [index] : []))
  return open.length > 0 && open.every((index) => links[index] === true && links[index + 1] === true)
}

function isPointToPoint(one: string | null, other: string | null, prefixes: readonly Prefix[]): boolean {
  if (one === null || other === null || one === other) return false
  const shortest = addressFamily(one) === 4 ? 30 : 126
  return prefixes.some((prefix) => prefix.length >= shortest && prefixContains(prefix, one) && prefixContains(prefix, other))
}
