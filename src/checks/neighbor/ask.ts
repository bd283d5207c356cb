import { type Arp, arp } from '../../facts/arp/index.js'
import { request } from '../../lib/fact-key.js'
import type { Learnt } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { entriesOf, isSure } from './entry.js'
import type { Asked, Sight } from './sight.js'

/** A request where the table of the host does not prove what is expected. */
export function question({ spec, target, table, place, host }: Sight): FactRequest<Arp> | null {
  const entries = entriesOf(target, table)
  const wanted = (spec.resolved === true || spec.mac !== undefined) && !entries.some(isSure) && place.kind !== 'own'
  if ((spec.duplicates === undefined && !wanted) || (place.kind === 'off' && !target.isGateway && target.interface === null)) return null
  const [first, ...others] = [
    ...new Set([...(place.kind === 'on' || place.kind === 'own' ? place.interfaces : []), ...entries.map((entry) => entry.interface)]),
  ]
  const name = target.interface ?? (others.length === 0 ? (first ?? null) : null)
  return request(arp, host, { address: target.address, interface: name })
}

export function askedOf(sight: Sight, learnt: Learnt): Asked | null {
  const wish = question(sight)
  const outcome = wish === null ? undefined : learnt.of(wish)
  if (outcome === undefined) return null
  if ('error' in outcome) return { kind: 'unasked', why: outcome.error.message, able: false }
  const { problem, answers, asked, interface: name } = outcome.value
  if (problem !== null) return { kind: 'unasked', why: problem, able: true }
  const [first, ...others] = answers.map(({ mac }) => mac)
  const on = name ?? '?'
  return first === undefined ? { kind: 'silent', times: asked, on } : { kind: 'answered', macs: [first, ...others], on }
}
