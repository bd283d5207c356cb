import type { NextHop, Route, RouteType } from '../../lib/iproute2/route.js'

/** Flags of the kernel's route lists: include/uapi/linux/route.h and ipv6_route.h. */
export const rtf = {
  up: 0x1,
  gateway: 0x2,
  reject: 0x200,
  anycast: 0x0010_0000,
  cache: 0x0100_0000,
  local: 0x8000_0000,
} as const

/** What /proc/net/route and /proc/net/ipv6_route say about a route. */
export interface KernelEntry {
  readonly destination: string
  readonly types: readonly RouteType[]
  readonly nextHops: readonly NextHop[] | null
  readonly metric: number
  readonly table: string | null
  readonly from: string | null
}

export function kernelRoute(entry: KernelEntry): Route {
  return { ...entry, protocol: null, scope: null, source: null, tos: null }
}

export function oneNextHop(via: string | null, device: string): readonly NextHop[] {
  return [{ via, interface: device, weight: 1, flags: [] }]
}

/**
 * A nexthop object of type blackhole (ip-nexthop(8), Linux 5.3) is shown as a route through the loopback interface, and
 * by nothing else.
 */
export function throughLoopback(device: string, hasGateway: boolean): readonly RouteType[] {
  return device === 'lo' && !hasGateway ? ['unicast', 'blackhole'] : ['unicast']
}

/**
 * Which types an IPv4 entry can have (`fib_flag_trans` in net/ipv4/fib_trie.c): unreachable and prohibit carry the
 * reject flag; blackhole and throw have just no device.
 * @param device null when there is none.
 */
export function ipv4Types(rejects: boolean, device: string | null, hasGateway: boolean): readonly RouteType[] {
  if (rejects) return ['unreachable', 'prohibit']
  return device === null ? ['blackhole', 'throw'] : throughLoopback(device, hasGateway)
}

/** The same for IPv6 (`fib6_flags` in net/ipv6/route.c): every type that leads nowhere carries the reject flag. */
export const ipv6RejectTypes: readonly RouteType[] = ['blackhole', 'unreachable', 'prohibit', 'throw']
