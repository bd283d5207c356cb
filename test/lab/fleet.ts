import type { HostSpec, Topology } from './schema.js'

export interface FleetOptions {
  /** Static routes of each host; default 50. */
  readonly routes?: number
  /** Light TCP services of each host, from port 9001 on; default 20. */
  readonly services?: number
}

/**
 * `count` SSH hosts `h01`, `h02` … around one host `ops`, all on one LAN. Each has static routes `10.0.R.0/24` via ops (R from 0),
 * one listener on port 8080, and TCP services on ports 9001 and up.
 * @param count at most 200.
 */
export function fleet(count: number, { routes = 50, services = 20 }: FleetOptions = {}): Topology {
  if (!(count >= 1 && count <= 200)) throw new RangeError(`a fleet has 1 to 200 hosts, not ${count}`)
  const host = (index: number): HostSpec => ({
    lans: { fleet: { address: `203.0.113.${index}/24` } },
    groups: ['fleet'],
    ssh: true,
    routes: Array.from({ length: routes }, (_, route) => ({ to: `10.0.${route}.0/24`, via: '203.0.113.254' })),
    services: [{ tcp: 8080, process: 'app' }, ...(services === 0 ? [] : [{ tcp: `9001-${9000 + services}` }])],
  })
  const members = Array.from({ length: count }, (_, index) => [`h${String(index + 1).padStart(2, '0')}`, host(index + 1)] as const)
  return { hosts: { ops: { lans: { fleet: { address: '203.0.113.254/24' } } }, ...Object.fromEntries(members) } }
}
