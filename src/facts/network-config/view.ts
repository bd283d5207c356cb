import { globMatcher } from '../../lib/glob.js'
import type {
  ConfigSystemName,
  ConfiguredInterface,
  ConfiguredRoute,
  ConfiguredSystem,
  NetworkConfig,
  Opaque,
  Place,
  Topic,
} from './value.js'

/** How people call the systems. */
export const systemNames: Record<ConfigSystemName, string> = {
  ifcfg: 'ifcfg files',
  ifupdown: 'interfaces(5)',
  netplan: 'netplan',
  keyfile: 'NetworkManager keyfiles',
  networkd: 'systemd-networkd',
}

/** Systems whose configuration takes effect at the next boot, as far as is known. */
export function applying(config: NetworkConfig): readonly ConfiguredSystem[] {
  return config.systems.filter(({ applies }) => applies !== 'no')
}

/** Routes that come of the configuration at boot: those of interfaces that are not brought up do not. */
export function routesAtBoot({ routes, interfaces }: ConfiguredSystem): readonly ConfiguredRoute[] {
  const asleep = new Set(interfaces.filter(({ onboot }) => onboot === false).map(({ name }) => name))
  return routes.filter((route) => route.interface === null || !asleep.has(route.interface))
}

/** Why it cannot be told what is configured; null when it can. @param host for what to do about it. */
export function obstacleTo(config: NetworkConfig, host: string): string | null {
  const [unread] = config.unread
  if (unread !== undefined) {
    const more = config.unread.length > 1 ? ` (and ${config.unread.length - 1} more)` : ''
    const remedy = unread.why.includes('root') ? ` Set become: sudo for ${host} in the inventory.` : ''
    return `${unread.file} was not read${more}: ${unread.why}.${remedy}`
  }
  if (applying(config).length === 0) {
    return 'No configuration was found of a system that is known here (ifcfg files, interfaces(5), netplan, NetworkManager keyfiles, systemd-networkd): what sets this host up at boot is not known.'
  }
  const doubtful = config.systems.find(({ applies }) => applies === 'maybe')
  if (doubtful === undefined) return null
  return `Whether ${systemNames[doubtful.system]} (${doubtful.files.slice(0, 3).join(', ')}) take effect at the next boot is not known. ${doubtful.because}`
}

/** What is not understood and may be about one of these topics. @param device what stands elsewhere is left out; null: nothing is. */
export function opaqueAbout(config: NetworkConfig, topics: readonly Topic[], device: string | null): readonly Opaque[] {
  return [...applying(config).flatMap(({ opaque }) => opaque), ...config.hooks].filter(
    (entry) =>
      entry.topics.some((topic) => topics.includes(topic)) && (device === null || entry.interface === null || entry.interface === device),
  )
}

export const showPlace = ({ file, line }: Place): string => (line === 0 ? file : `${file}:${line}`)

/** `/etc/network/interfaces:33 is not understood (a command …): post-up /usr/local/sbin/routes`. */
export function showOpaque(opaque: readonly Opaque[]): string {
  const [first] = opaque
  if (first === undefined) return ''
  const more = opaque.length > 1 ? ` There are ${opaque.length - 1} more such places.` : ''
  return `${showPlace(first)} is not understood (${first.why}): ${first.text}.${more}`
}

/** `10.20.0.0/16 via 10.10.0.1 dev eth1 metric 5 table 100`. */
export function showConfiguredRoute(route: ConfiguredRoute): string {
  const { destination, via, interface: device, metric, table, source, type } = route
  const name = destination.endsWith('/0') ? 'default' : destination
  return [
    type === 'unicast' ? name : `${type} ${name}`,
    via === null ? '' : `via ${via}`,
    device === null ? '' : `dev ${device}`,
    metric === null ? '' : `metric ${metric}`,
    table === 'main' ? '' : `table ${table}`,
    source === null ? '' : `src ${source}`,
  ]
    .filter((words) => words !== '')
    .join(' ')
}

/** The files that were looked at, few of them by name. */
export function lookedAt(config: NetworkConfig): string {
  const files = applying(config).flatMap(({ files }) => files)
  return files.length <= 6 ? files.join(', ') : `${files.slice(0, 5).join(', ')} and ${files.length - 5} more files`
}

/**
 * Interfaces that a name is configured by; `maybe`: found by hardware address, which may be its own. Of systemd-networkd's files only
 * the first that matches counts (systemd.network(5)).
 */
export function interfacesNamed(
  system: ConfiguredSystem,
  name: string,
): { readonly sure: readonly ConfiguredInterface[]; readonly maybe: readonly ConfiguredInterface[] } {
  const isNamed = ({ name: own, matchNames }: ConfiguredInterface): boolean =>
    own === name || (own === null && matchNames.some((pattern) => globMatcher(pattern)(name)))
  const isSure = (each: ConfiguredInterface): boolean => isNamed(each) && (each.name !== null || each.matchMac === null)
  const isPossible = (each: ConfiguredInterface): boolean => isNamed(each) || (each.name === null && each.matchNames.length === 0)
  const possible = system.interfaces.filter(isPossible)
  const known = system.system === 'networkd' ? possible.slice(0, 1).filter(isSure) : possible.filter(isSure)
  return { sure: known, maybe: known.length > 0 ? [] : possible }
}
