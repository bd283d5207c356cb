import type { NextHop, Route } from './route.js'

/** `203.0.113.1 dev eth0`; `dev eth0` for a destination on the link; with what is unusual about it. */
export function showHop(hop: NextHop, withWeight = false): string {
  return [hop.via ?? '', `dev ${hop.interface ?? '?'}`, withWeight ? `weight ${hop.weight}` : '', ...hop.flags.filter(isNews)]
    .filter((words) => words !== '')
    .join(' ')
}

/** Where traffic goes: all next hops, or what happens instead of forwarding. */
export function showHops(route: Route): string {
  const { nextHops } = route
  if (nextHops === null) return 'next hops that this host does not show'
  if (nextHops.length === 0) return route.types.join(' or ')
  return nextHops.map((hop) => showHop(hop, nextHops.length > 1)).join(', ')
}

/** `10.10.0.1 dev eth1 metric 100`. */
export function showRoute(route: Route): string {
  return `${showHops(route)}${route.metric === 0 ? '' : ` metric ${route.metric}`}`
}

/** The same inside a sentence: `via 10.10.0.1 dev eth1 metric 100`, `dev eth1`, `blackhole`. */
export function mentionRoute(route: Route): string {
  const gateway = route.nextHops?.[0]?.via ?? null
  return `${gateway === null ? '' : 'via '}${showRoute(route)}`
}

const origins = new Map([
  ['kernel', 'The kernel made it from an address of the interface'],
  ['boot', 'It was set by hand or by a script (protocol boot)'],
  ['static', 'It comes from the network configuration (protocol static)'],
  ['dhcp', 'It comes from DHCP'],
  ['ra', 'It comes from a router advertisement'],
  ['redirect', 'It comes from an ICMP redirect'],
])

/** Where to look next: who set the route. */
export function originOf(route: Route): string {
  if (route.protocol === null) return ''
  return `${origins.get(route.protocol) ?? `It was set by ${route.protocol}`}.`
}

const isNews = (flag: string): boolean => flag === 'dead' || flag === 'linkdown' || flag === 'onlink' || flag === 'unresolved'
