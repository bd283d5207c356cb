import type { NetworkConfig } from './value.js'
import { applying, interfacesNamed } from './view.js'

/** A route as somebody wants it. */
export interface WantedRoute {
  /** A canonical prefix. */
  readonly destination: string
  readonly via: string | null
  readonly device: string | null
  readonly type?: string | undefined
  /** `main` when left out. */
  readonly table?: string | undefined
  readonly metric?: number | undefined
  readonly source?: string | undefined
}

const isUnicast = ({ type = 'unicast' }: WantedRoute): boolean => type === 'unicast'
const tableOf = ({ table = 'main' }: WantedRoute): string | undefined => (table === 'main' ? undefined : table)

const joined = (parts: readonly (string | undefined | false)[], separator: string): string =>
  parts.filter((part) => part !== undefined && part !== false && part !== '').join(separator)

/** The words of ip-route(8). */
function inWords(route: WantedRoute, to: string, device: string): string {
  const { type, via, metric, source } = route
  return joined(
    [
      isUnicast(route) ? to : `${type} ${to}`,
      via !== null && `via ${via}`,
      isUnicast(route) && `dev ${device}`,
      tableOf(route) !== undefined && `table ${tableOf(route)}`,
      metric !== undefined && `metric ${metric}`,
      source !== undefined && `src ${source}`,
    ],
    ' ',
  )
}

/** Where a line would go that makes a route survive a reboot, and the line, for the system that the host uses. */
export function routeRemedy(config: NetworkConfig, route: WantedRoute): string {
  const { destination, via, metric, source, type } = route
  const device = route.device ?? 'IF'
  const six = destination.includes(':')
  const to = destination.endsWith('/0') ? 'default' : destination
  const [system] = applying(config)
  const owner = system === undefined ? undefined : interfacesNamed(system, device).sure[0]
  const table = tableOf(route)
  switch (system?.system) {
    case 'ifcfg':
      return `Write \`${inWords(route, to, device)}\` into /etc/sysconfig/network-scripts/${six ? 'route6' : 'route'}-${device}.`
    case 'ifupdown':
      return `Write \`up ip ${six ? '-6 ' : ''}route add ${inWords(route, to, device)}\` under iface ${device} in ${owner?.file ?? '/etc/network/interfaces'}.`
    case 'netplan': {
      const keys = [
        `to: ${to}`,
        via !== null && `via: ${via}`,
        !isUnicast(route) && `type: ${type}`,
        table !== undefined && `table: ${table}`,
        metric !== undefined && `metric: ${metric}`,
        source !== undefined && `from: ${source}`,
      ]
      return `Write \`- { ${joined(keys, ', ')} }\` under routes of ${device} in ${owner?.file ?? 'a file of /etc/netplan'}, then netplan apply.`
    }
    case 'keyfile': {
      const attributes = [
        !isUnicast(route) && `type=${type}`,
        table !== undefined && `table=${table}`,
        source !== undefined && `src=${source}`,
      ]
      const value = joined([destination, via ?? '', metric?.toString(), joined(attributes, ',')], ' ')
      return `Write it with nmcli: nmcli connection modify NAME +${six ? 'ipv6' : 'ipv4'}.routes "${value}"${owner === undefined ? '' : ` (${owner.file})`}.`
    }
    case 'networkd': {
      const [first = '', ...more] = [
        `Destination=${destination}`,
        via !== null && `Gateway=${via}`,
        !isUnicast(route) && `Type=${type}`,
        table !== undefined && `Table=${table}`,
        metric !== undefined && `Metric=${metric}`,
        source !== undefined && `PreferredSource=${source}`,
      ].filter((part) => part !== false)
      const last = more.pop()
      const all = last === undefined ? first : `${[first, ...more].join(', ')} and ${last}`
      return `Write [Route] with ${all} into ${owner?.file ?? `the .network file of ${device}`}.`
    }
    default:
      return 'Write it into the configuration of the system that sets this host up at boot.'
  }
}
