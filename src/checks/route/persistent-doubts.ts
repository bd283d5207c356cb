import {
  applying,
  type BootRoute,
  interfacesNamed,
  metricAtBoot,
  type NetworkConfig,
  opaqueAbout,
  showConfiguredRoute,
  showOpaque,
  showPlace,
} from '../../facts/network-config/index.js'

/**
 * Why a route that is written may not be there after a boot all the same; null: nothing speaks against it.
 * @param others what else is written for the same destination, in the same table.
 */
export function doubtAbout(config: NetworkConfig, each: BootRoute, others: readonly BootRoute[]): string | null {
  return rivalOwners(config, each) ?? unknownDevice(config, each) ?? rivalRoute(each, others) ?? contradiction(config, each)
}

/** Where an interface is configured more than once, one of them has it at boot, and nobody knows which. */
function rivalOwners(config: NetworkConfig, { route }: BootRoute): string | null {
  const { interface: name } = route
  if (name === null) return null
  const owners = applying(config).flatMap((system) => interfacesNamed(system, name).sure)
  if (owners.length < 2) return null
  const places = owners.map(({ file }) => file).join(' and ')
  return `${showPlace(route)} has it, but ${name} is configured more than once, in ${places}: which of them wins is not known. Leave one.`
}

/** A line with a device that has another name by now ends in "Cannot find device". */
function unknownDevice(config: NetworkConfig, { route }: BootRoute): string | null {
  const { interface: name } = route
  if (name === null || name === 'lo') return null
  const isConfigured = applying(config).some((system) => {
    const { sure, maybe } = interfacesNamed(system, name)
    return sure.length + maybe.length > 0
  })
  return isConfigured
    ? null
    : `${showPlace(route)} has it, but nothing configures ${name}: whether there is such an interface at boot is not known.`
}

/**
 * Two lines for one destination, table and metric: the second is refused or takes the place of the first. NetworkManager gives each
 * interface a metric of its own where none is written (`ipv4.route-metric` of nm-settings(5)).
 */
function rivalRoute(each: BootRoute, others: readonly BootRoute[]): string | null {
  const rival = others.find(
    (other) =>
      metricAtBoot(other) === metricAtBoot(each) &&
      !(other.connected && each.connected) &&
      !(other.system.system === 'keyfile' && other.route.metric === null),
  )
  if (rival === undefined) return null
  return `${showPlace(each.route)} has it, but ${showPlace(rival.route)} has ${showConfiguredRoute(rival.route)}: which of the two a boot leaves depends on the order. Keep one, or give them different metrics.`
}

/** What is not understood, and names this very destination or the line itself, may take the route away again. */
function contradiction(config: NetworkConfig, { route }: BootRoute): string | null {
  const named = namesOf(route.destination)
  const against = opaqueAbout(config, ['routes'], null).filter(
    ({ file, line, text }) => (file === route.file && line === route.line && line > 0) || named.test(text) || /\bflush\b/.test(text),
  )
  return against.length === 0 ? null : `${showPlace(route)} has it, but ${showOpaque(against)}`
}

function namesOf(destination: string): RegExp {
  const [network = '', length] = destination.split('/')
  if (length === '0') return /(^|[\s"'=])(default|0\.0\.0\.0|::\/0|0\/0)(?=$|[\s"';/])/
  return new RegExp(`(^|[^\\w.:])${network.replaceAll('.', '\\.')}(?![\\w.:])`)
}
