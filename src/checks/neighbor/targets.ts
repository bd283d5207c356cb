import type { RouteTables } from '../../facts/routes/index.js'
import { canonicalAddress } from '../../lib/address.js'
import { routesAt } from '../../lib/iproute2/tables.js'
import type { Spec } from './schema.js'

/** One neighbour that is meant. */
export interface Target {
  /** Canonical. */
  readonly address: string
  readonly family: 'inet' | 'inet6'
  /** null: whichever it is on. */
  readonly interface: string | null
  /** How findings call it: `neighbor 203.0.113.1 dev eth0 (gateway)`. */
  readonly label: string
  /** A route says that it is on the link, whatever the prefixes of the interface (`onlink`). */
  readonly isGateway: boolean
}

/** What keeps a gateway from being known. */
export interface Obstacle {
  readonly verdict: 'fail' | 'error'
  readonly actual: string
  readonly message: string
}

/** Zones are refused before, so that a colon tells the family. */
const familyOf = (address: string): 'inet' | 'inet6' => (address.includes(':') ? 'inet6' : 'inet')

export const labelOf = (address: string, name: string | null): string => `neighbor ${address}${name === null ? '' : ` dev ${name}`}`

/**
 * @param device the own name of the interface that is named; null: none is.
 * @param tables of the family; null where an address is named.
 */
export function targetsOf(spec: Spec, device: string | null, tables: RouteTables | null): readonly Target[] | Obstacle {
  if (tables !== null) return gatewaysOf(device, tables)
  const address = canonicalAddress(spec.address ?? '') ?? ''
  const label = labelOf(address, spec.interface ?? null)
  return [{ address, family: familyOf(address), interface: device, label, isGateway: false }]
}

function gatewaysOf(device: string | null, tables: RouteTables): readonly Target[] | Obstacle {
  const command = `\`ip ${tables.family === 'inet' ? '' : '-6 '}route show default table all\``
  const defaults = routesAt(tables, tables.family === 'inet' ? '0.0.0.0/0' : '::/0').filter(({ nextHops }) => nextHops?.length !== 0)
  if (defaults.some(({ nextHops }) => nextHops === null)) {
    const message = `The tools of this host do not show all next hops of a default route; ${command} of iproute2 would.`
    return { verdict: 'error', actual: 'a default route without its gateways', message }
  }
  const hops = defaults.flatMap(({ nextHops }) => nextHops ?? [])
  const found = new Map<string, Target>()
  for (const { via, interface: name } of hops) {
    if (via === null || (device !== null && device !== name)) continue
    const label = `${labelOf(via, name)} (gateway)`
    found.set(label, { address: via, family: familyOf(via), interface: name, label, isGateway: true })
  }
  if (found.size > 0) return [...found.values()]
  return {
    verdict: 'fail',
    ...explainNone(
      hops.map((hop) => hop.interface ?? '?'),
      hops.some(({ via }) => via !== null),
      command,
    ),
  }
}

function explainNone(links: readonly string[], others: boolean, command: string): Omit<Obstacle, 'verdict'> {
  const names = [...new Set(links)].join(', ')
  if (links.length === 0) return { actual: 'no default route', message: `The host has no way to other networks. Look at ${command}.` }
  if (others) return { actual: `gateways on ${names}`, message: `No default route has a gateway on that interface. Look at ${command}.` }
  return {
    actual: `a default route onto ${names}`,
    message: `It leads onto a link and not to a gateway, as on point-to-point links: there is no neighbour to be known. Look at ${command}.`,
  }
}
