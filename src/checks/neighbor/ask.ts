import { type Arp, arp } from '../../facts/arp/index.js'
import { type RouteLookup, routeLookup } from '../../facts/route-lookup/index.js'
import { request } from '../../lib/fact-key.js'
import type { Learnt } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { entriesOf, isSure } from './entry.js'
import type { Asked, Sight } from './sight.js'

/** A request where the table of the host does not prove what is expected. */
export function question(sight: Sight, learnt: Learnt): FactRequest<Arp> | null {
  const { spec, target, table, place, host } = sight
  const wanted = isWanted(sight)
  if (place.kind === 'all' || (spec.duplicates === undefined && !wanted)) return null
  if (place.kind === 'off' && !target.isGateway && target.interface === null) return null
  if (isElsewhere(sight) && !leadsOnto(sight, learnt)) return null
  const entries = entriesOf(target, table)
  const [first, ...others] = [
    ...new Set([...(place.kind === 'on' || place.kind === 'own' ? place.interfaces : []), ...entries.map((entry) => entry.interface)]),
  ]
  const name = target.interface ?? (others.length === 0 ? (first ?? null) : null)
  return request(arp, host, { address: target.address, interface: name })
}

/** Whether the address itself is to be known by an answer. */
function isWanted({ spec, target, table, place }: Sight): boolean {
  return (spec.resolved === true || spec.mac !== undefined) && !entriesOf(target, table).some(isSure) && place.kind !== 'own'
}

/**
 * What is not on a link has no neighbour there, though somebody may answer: hosts do so for all their addresses, whichever link
 * they are asked on (`arp_ignore` in Documentation/networking/ip-sysctl.rst). Who has an address twice can be asked on any link.
 */
function isElsewhere(sight: Sight): boolean {
  const { target, table, place } = sight
  const named = place.kind === 'off' && !target.isGateway && target.interface !== null
  return named && isWanted(sight) && entriesOf(target, table).length === 0
}

/** Where it goes, of what no prefix says to be on the link that is named: a route may say so all the same. */
export const wayTo = (sight: Sight): FactRequest<RouteLookup> | null =>
  isElsewhere(sight) ? request(routeLookup, sight.host, { destination: sight.target.address }) : null

function leadsOnto(sight: Sight, learnt: Learnt): boolean {
  const way = wayTo(sight)
  const outcome = way === null ? undefined : learnt.of(way)
  if (outcome === undefined || 'error' in outcome || outcome.value.failure !== null) return false
  return outcome.value.via === null && outcome.value.interface === sight.target.interface
}

export function askedOf(sight: Sight, learnt: Learnt): Asked | null {
  const wish = question(sight, learnt)
  const outcome = wish === null ? undefined : learnt.of(wish)
  if (outcome === undefined) return null
  if ('error' in outcome) return { kind: 'unasked', why: outcome.error.message, able: false }
  const { problem, answers, asked, interface: name } = outcome.value
  if (problem !== null) return { kind: 'unasked', why: problem, able: true }
  const [first, ...others] = answers.map(({ mac }) => mac)
  const on = name ?? '?'
  return first === undefined ? { kind: 'silent', times: asked, on } : { kind: 'answered', macs: [first, ...others], on }
}
