import type { LabHost, LabPlan } from './plan.js'
import type { RouteSpec } from './schema.js'

/** Lines of `ip -batch`: the namespaces. */
export function namespaceBatch(plan: LabPlan): string[] {
  return [plan.switchNamespace, ...plan.hosts.map((host) => host.namespace)].map((namespace) => `netns add ${namespace}`)
}

/** Lines of `ip -batch` inside the switch: bridges, and cables whose far ends lie in the hosts. */
export function switchBatch(plan: LabPlan): string[] {
  const bridges = plan.lans.map((lan) => `link add br-${lan} up type bridge mcast_snooping 0`)
  const ports = plan.hosts.flatMap((host) => host.interfaces.map((port) => ({ host, port })))
  const cables = ports.flatMap(({ host, port }, index) => [
    `link add port${index} type veth peer name ${port.device} netns ${host.namespace}`,
    `link set port${index} master br-${port.lan} up`,
  ])
  return [...bridges, ...cables]
}

function routeLine(route: RouteSpec): string {
  const nexthops = (route.nexthops ?? []).map(({ via, dev, weight }) => words('nexthop', { via, dev, weight }))
  const sixth = [route.via, ...(route.nexthops ?? []).map((hop) => hop.via)].some((via) => via?.includes(':'))
  const to = route.to === 'default' && sixth ? '::/0' : route.to
  const { via, dev, src, metric, table, proto } = route
  return [words(`route add ${route.type ?? 'unicast'} ${to}`, { via, dev, src, metric, table, proto }), ...nexthops].join(' ')
}

function words(start: string, options: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  return [start, ...given.map(([key, value]) => `${key} ${value}`)].join(' ')
}

/** Lines of `ip -batch` inside a host: interfaces, addresses, routes. */
export function hostBatch(host: LabHost): string[] {
  return [
    'link set lo up',
    ...host.interfaces.flatMap(({ device, addresses }) => [
      ...addresses.map((address) => `address add ${address} dev ${device}${address.includes(':') ? ' nodad' : ''}`),
      `link set ${device} up`,
    ]),
    ...(host.spec.ip ?? []),
    ...(host.spec.routes ?? []).map(routeLine),
  ]
}
