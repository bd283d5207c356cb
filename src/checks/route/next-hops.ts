import type { NextHop } from '../../facts/routes/index.js'
import { canonicalAddress } from '../../lib/address.js'
import { meets } from '../../lib/expectation.js'
import type { NameReading } from '../../lib/interface-names.js'
import { showHop } from '../../lib/iproute2/words.js'
import { sentences } from '../../lib/sentences.js'
import type { ExpectedNextHop } from './schema.js'

export interface NextHopMatch {
  readonly missing: readonly ExpectedNextHop[]
  readonly extra: readonly NextHop[]
}

/**
 * Pairs expected with actual next hops so that as many as possible find a partner (augmenting paths, Kuhn 1955): an
 * entry that says little must not take the place of one that says more.
 * @param names how names of interfaces are compared.
 */
export function matchNextHops(expected: readonly ExpectedNextHop[], actual: readonly NextHop[], names: NameReading['shown']): NextHopMatch {
  const partner = new Map<NextHop, ExpectedNextHop>()
  const place = (wish: ExpectedNextHop, tried: Set<NextHop>): boolean =>
    actual.some((hop) => {
      if (tried.has(hop) || !fits(wish, hop, names)) return false
      tried.add(hop)
      const rival = partner.get(hop)
      if (rival !== undefined && !place(rival, tried)) return false
      partner.set(hop, wish)
      return true
    })
  const missing = expected.filter((wish) => !place(wish, new Set()))
  return { missing, extra: actual.filter((hop) => !partner.has(hop)) }
}

function fits(wish: ExpectedNextHop, hop: NextHop, names: NameReading['shown']): boolean {
  return (
    (wish.via === undefined || canonicalAddress(wish.via) === hop.via) &&
    (wish.interface === undefined || meets(names, wish.interface, hop.interface)) &&
    (wish.weight === undefined || wish.weight === hop.weight)
  )
}

export function describeNextHops(hops: readonly ExpectedNextHop[]): string {
  return hops.map(describeNextHop).join(', ')
}

function describeNextHop({ via, interface: device, weight }: ExpectedNextHop): string {
  return sentences(via ?? '', device === undefined ? '' : `dev ${device}`, weight === undefined ? '' : `weight ${weight}`)
}

/** `Missing: 10.0.0.2 dev eth1. Not expected: 10.0.0.3 dev eth1 weight 1.` */
export function explainNextHops({ missing, extra }: NextHopMatch): string {
  return sentences(
    missing.length === 0 ? '' : `Missing: ${describeNextHops(missing)}.`,
    extra.length === 0 ? '' : `Not expected: ${extra.map((hop) => showHop(hop, true)).join(', ')}.`,
  )
}
