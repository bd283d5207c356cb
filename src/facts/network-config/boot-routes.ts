import { formatPrefix } from '../../lib/address.js'
import { networkOf } from './network.js'
import type { ConfiguredInterface, ConfiguredRoute, ConfiguredSystem, NetworkConfig } from './value.js'
import { applying, routesAtBoot } from './view.js'

/** A route that a boot makes, by what is written. */
export interface BootRoute {
  readonly system: ConfiguredSystem
  readonly route: ConfiguredRoute
  /** Made by the kernel, of an address (fib_add_ifaddr); false: written as a route. */
  readonly connected: boolean
  /** Whether its interface is brought up. */
  readonly comes: boolean
}

/** Routes that are written, and those that come of addresses that are. */
export function bootRoutes(config: NetworkConfig): readonly BootRoute[] {
  return applying(config).flatMap((system) => {
    const coming = new Set(routesAtBoot(system))
    return [
      ...system.routes.map((route) => ({ system, route, connected: false, comes: coming.has(route) })),
      ...system.interfaces.flatMap((each) =>
        connectedRoutes(each).map((route) => ({ system, route, connected: true, comes: each.onboot !== false })),
      ),
    ]
  })
}

function connectedRoutes({ name, addresses }: ConfiguredInterface): readonly ConfiguredRoute[] {
  return addresses.flatMap((each) => {
    const { file, line, address } = each
    const six = address.includes(':')
    const network = networkOf(each)
    if (network === null || network.length === (six ? 128 : 32)) return []
    const source = six ? null : address
    const rest = { via: null, interface: name, metric: null, table: 'main', source, type: 'unicast' }
    return [{ file, line, family: six ? ('inet6' as const) : ('inet' as const), destination: formatPrefix(network), ...rest }]
  })
}

/**
 * The metric that a route gets. ifupdown leaves one that is not written to the kernel: 0 (IPv4), 1024 or for connected routes 256
 * (IP6_RT_PRIO_USER, IP6_RT_PRIO_ADDRCONF). null: not known, each of the other systems has rules of its own.
 */
export function metricAtBoot({ system, route, connected }: BootRoute): number | null {
  if (route.metric !== null) return route.metric
  if (system.system !== 'ifupdown') return null
  return route.family === 'inet' ? 0 : connected ? 256 : 1024
}
