import type { Route } from '../../facts/routes/index.js'
import { parsePrefix, prefixContains } from '../../lib/address.js'

/** Interfaces that software makes when it starts, addresses and routes included: they are in no network configuration. */
const made =
  /^(lo|docker\d+|br-[0-9a-f]{12}|veth.*|virbr\d+(-nic)?|vnet\d+|cni\d+|cni-.*|podman\d+|lxcbr\d+|lxdbr\d+|flannel.*|cali.*|cilium.*|kube-.*|nodelocaldns|tailscale\d+|zt\w+|tunl\d+|dummy_\w+)$/

export const isMadeBySoftware = (name: string): boolean => made.test(name)

const linkLocal = [parsePrefix('fe80::/10'), parsePrefix('169.254.0.0/16'), parsePrefix('127.0.0.0/8'), parsePrefix('::1/128')]

/** Link-local and loopback addresses come by themselves. */
export const comesByItself = (address: string): boolean => linkLocal.some((prefix) => prefix !== null && prefixContains(prefix, address))

/** Who sets a route that no file has: the kernel, DHCP, router advertisements, routing daemons (rt_protos of iproute2). */
const configured = new Set(['boot', 'static'])

/** Whether a running route may come of configuration, so that it is missed when it is in no file. */
export function mayBeConfigured(route: Route): boolean {
  if (route.table === 'local' || route.from !== null || route.tos !== null) return false
  if (route.types.some((type) => ['local', 'broadcast', 'anycast', 'multicast'].includes(type))) return false
  if (route.protocol !== null && !configured.has(route.protocol)) return false
  // Without `ip` nobody tells a connected network from a route on the link.
  if (route.protocol === null && route.nextHops?.every(({ via }) => via === null) === true) return false
  if (/^(fe80:|ff|169\.254\.0\.0\/16|224\.)/.test(route.destination)) return false
  return route.nextHops === null || route.nextHops.length === 0 || !route.nextHops.every((hop) => isMadeBySoftware(hop.interface ?? ''))
}
