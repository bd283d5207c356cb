import { addressFamily, canonicalAddress, parsePrefix, prefixContains } from '../../../lib/address.js'
import { blankInterface } from '../draft.js'
import type { ConfigFile, SystemReader } from '../files.js'
import { addressesOf, macOf, wholeOf, wordsOf } from '../text-values.js'
import type { ConfiguredAddress, ConfiguredInterface, ConfiguredRoute, Method, Note, Opaque, SystemConfig } from '../value.js'
import { readIfcfgAddresses } from './addresses.js'
import { joinRouteFiles, readRouteFile, readRuleFile, readStaticRoutes } from './routes.js'
import { readVariables, saysNo, saysYes, type Variables } from './variables.js'

const folder = '/etc/sysconfig/network-scripts/'

/** What initscripts (`is_ignored_file`) or NetworkManager (`utils_should_ignore_file`) leaves out. */
const ignored = /(~|\.(bak|old|orig|rej|rpmnew|rpmorig|rpmsave|augnew|augtmp)|;[0-9a-f]{8})$/i

/**
 * ifcfg files of CentOS, RHEL and Fedora, as the network service (initscripts) and NetworkManager's ifcfg-rh read them:
 * nm-settings-ifcfg-rh(5), sysconfig.txt of initscripts.
 */
export const ifcfgReader: SystemReader = {
  system: 'ifcfg',
  owns: (path) =>
    ['/etc/sysconfig/network', '/etc/sysconfig/static-routes'].includes(path) || (path.startsWith(folder) && !ignored.test(path)),
  read: (files) => {
    const global = readVariables(
      files.find(({ path }) => path === '/etc/sysconfig/network') ?? { path: '/etc/sysconfig/network', lines: [] },
      null,
    )
    const read = files.filter(({ path }) => nameOf(path, 'ifcfg-') !== null).map((file) => readIfcfg(file, global))
    const merged = mergeAliases(read)
    const extra = joinRouteFiles(files.map((file) => readExtra(file, merged)))
    return {
      interfaces: merged.map(({ config }) => config),
      routes: [...merged.flatMap(({ routes }) => routes), ...extra.routes],
      rules: extra.rules,
      dns: [],
      search: [],
      opaque: [...global.opaque, ...read.flatMap(({ opaque }) => opaque), ...extra.opaque],
      notes: [...networkingOff(global), ...read.flatMap(({ notes }) => notes), ...extra.notes],
    }
  },
}

interface ReadFile {
  /** What follows `ifcfg-` in the name of the file. */
  readonly profile: string
  readonly config: ConfiguredInterface
  readonly routes: readonly ConfiguredRoute[]
  readonly opaque: readonly Opaque[]
  readonly notes: readonly Note[]
}

const nameOf = (path: string, prefix: string): string | null =>
  path.startsWith(folder + prefix) && path !== `${folder}ifcfg-lo` ? path.slice(folder.length + prefix.length) : null

function readIfcfg(file: ConfigFile, global: Variables): ReadFile {
  const profile = nameOf(file.path, 'ifcfg-') ?? ''
  const variables = readVariables(file, null)
  const mac = macOf(variables.of('HWADDR') ?? '')
  const name = variables.of('DEVICE') ?? (mac === null ? profile : null)
  const ip = readIfcfgAddresses(variables, name)
  const four = ip.addresses.filter(({ address }) => addressFamily(address) === 4)
  const six = ip.addresses.filter(({ address }) => addressFamily(address) === 6)
  const place = { file: file.path, line: 1 }
  const port = portOf(variables)
  const gateways = gatewaysOf(variables, global, ip.addresses, name)
  const method4 = method4Of(variables, four.length > 0)
  const method6 = method6Of(variables, six.length > 0)
  const allowed = !saysNo(variables.of('DEFROUTE')) && [undefined, name ?? undefined].includes(global.of('GATEWAYDEV'))
  const defroute = allowed && (gateways.length > 0 || method4 === 'dhcp' || method6 === 'auto' || method6 === 'dhcp')
  const config: ConfiguredInterface = {
    ...blankInterface(place, name),
    ...(mac === null ? {} : { matchMac: mac, ...(name === null ? { match: `HWADDR=${mac}` } : {}) }),
    // Missing, it is yes (`is_false` in initscripts' network; nms-ifcfg-rh-reader.c says that it follows suit).
    onboot: profile.includes(':') ? !saysNo(variables.of('ONPARENT') ?? variables.of('ONBOOT')) : !saysNo(variables.of('ONBOOT')),
    method4,
    method6,
    addresses: ip.addresses,
    gateways: gateways.map(({ via }) => via),
    defroute,
    dns: addressesOf(['DNS', ...Array.from({ length: 10 }, (_, index) => `DNS${index + 1}`)].map((key) => variables.of(key) ?? '')),
    search: [...new Set([...wordsOf(variables.of('DOMAIN') ?? ''), ...wordsOf(variables.of('SEARCH') ?? '')])],
    mtu: wholeOf(variables.of('MTU') ?? ''),
    mac: macOf(variables.of('MACADDR') ?? ''),
    vlan: vlanOf(variables, name),
    master: port,
  }
  const routes = defroute ? gateways.map((gateway) => defaultRoute(gateway, variables, name)) : []
  return {
    profile,
    config,
    routes,
    opaque: withDevice([...variables.opaque, ...ip.opaque, ...unread(variables)], name),
    notes: [...ip.notes, ...unmanaged(variables)],
  }
}

const withDevice = (opaque: readonly Opaque[], name: string | null): readonly Opaque[] =>
  opaque.map((entry) => ({ ...entry, interface: name }))

/** `BOOTPROTO=none` is no boot protocol at all: the addresses of the file, or none (nm-settings-ifcfg-rh(5)). */
function method4Of(variables: Variables, hasAddresses: boolean): Method | null {
  const protocol = (variables.of('BOOTPROTO') ?? 'none').toLowerCase()
  if (saysYes(variables.of('BOOTP'))) return 'dhcp'
  if (protocol === 'dhcp' || protocol === 'bootp' || protocol === 'ibft') return 'dhcp'
  if (protocol === 'none' || protocol === 'static') return hasAddresses ? 'static' : 'none'
  if (protocol === 'autoip') return 'link-local'
  return protocol === 'shared' ? 'other' : null
}

/** Without IPV6INIT neither reader sets IPv6 up, and the kernel's own settings decide: not known here. */
function method6Of(variables: Variables, hasAddresses: boolean): Method | null {
  const init = variables.of('IPV6INIT')
  if (saysNo(init) || saysYes(variables.of('IPV6_DISABLED'))) return 'none'
  if (!saysYes(init)) return hasAddresses ? 'static' : null
  if (!saysNo(variables.of('IPV6_AUTOCONF')) && !hasAddresses) return 'auto'
  if (hasAddresses) return 'static'
  return saysYes(variables.of('DHCPV6C')) ? 'dhcp' : 'link-local'
}

interface Gateway {
  readonly via: string
  readonly file: string
  readonly line: number
}

/** GATEWAY of the file; that of /etc/sysconfig/network only for the interface in whose network it lies (`ifup-eth` of initscripts). */
function gatewaysOf(
  variables: Variables,
  global: Variables,
  addresses: readonly ConfiguredAddress[],
  name: string | null,
): readonly Gateway[] {
  return [['GATEWAY', 'GATEWAYDEV'] as const, ['IPV6_DEFAULTGW', 'IPV6_DEFAULTDEV'] as const].flatMap(
    ([key, deviceKey]): readonly Gateway[] => {
      const own = canonicalAddress(variables.of(key) ?? '')
      if (own !== null) return [{ via: own, file: variables.file, line: variables.lineOf(key) }]
      const shared = canonicalAddress(global.of(key) ?? '')
      if (shared === null) return []
      const isNear = addresses.some(({ address, prefixLength }) => {
        const prefix = parsePrefix(`${address}/${prefixLength}`)
        return prefix !== null && prefixContains(prefix, shared)
      })
      const isNamed = name !== null && (global.of(deviceKey) === name || (global.of(key) ?? '').endsWith(`%${name}`))
      return isNear || isNamed ? [{ via: shared, file: global.file, line: global.lineOf(key) }] : []
    },
  )
}

function defaultRoute({ via, file, line }: Gateway, variables: Variables, name: string | null): ConfiguredRoute {
  const six = via.includes(':')
  const metric = six ? variables.of('IPV6_ROUTE_METRIC') : (variables.of('METRIC') ?? variables.of('IPV4_ROUTE_METRIC'))
  return {
    ...{ file, line, family: six ? 'inet6' : 'inet', destination: six ? '::/0' : '0.0.0.0/0', via, interface: name },
    ...{ metric: wholeOf(metric ?? ''), table: 'main', source: canonicalAddress(variables.of('SRCADDR') ?? ''), type: 'unicast' },
  }
}

function vlanOf(variables: Variables, name: string | null): ConfiguredInterface['vlan'] {
  if (!saysYes(variables.of('VLAN')) && variables.of('TYPE')?.toLowerCase() !== 'vlan') return null
  const [, link, id] = /^(.+)\.(\d{1,4})$/.exec(name ?? '') ?? []
  return { id: wholeOf(variables.of('VLAN_ID') ?? id ?? ''), link: variables.of('PHYSDEV') ?? link ?? null }
}

/** `MASTER` alone is enough for NetworkManager; initscripts want `SLAVE=yes` as well. */
function portOf(variables: Variables): string | null {
  return variables.of('MASTER') ?? variables.of('BRIDGE') ?? variables.of('TEAM_MASTER') ?? null
}

/** Ranges of addresses (`ifcfg-eth0-range0`) are read by initscripts alone. */
function unread(variables: Variables): readonly Opaque[] {
  return variables.keys
    .filter((key) => /^IPADDR_(START|END)$/.test(key))
    .map((key) => ({
      ...{ file: variables.file, line: variables.lineOf(key), text: `${key}=${variables.of(key) ?? ''}`, interface: null },
      ...{ why: 'a range of addresses', topics: ['addresses'] as const },
    }))
}

function unmanaged(variables: Variables): readonly Note[] {
  if (!saysNo(variables.of('NM_CONTROLLED'))) return []
  return [
    {
      file: variables.file,
      line: variables.lineOf('NM_CONTROLLED'),
      text: 'NM_CONTROLLED=no: NetworkManager leaves it to the network service.',
    },
  ]
}

function networkingOff(global: Variables): readonly Note[] {
  if (!saysNo(global.of('NETWORKING'))) return []
  return [{ file: global.file, line: global.lineOf('NETWORKING'), text: 'NETWORKING=no: the network service brings nothing up.' }]
}

/** `ifcfg-eth0:1` adds addresses to eth0, brought up with it unless it says otherwise (`ifup-aliases`). */
function mergeAliases(files: readonly ReadFile[]): readonly ReadFile[] {
  const isAlias = ({ profile, config }: ReadFile): boolean => profile.includes(':') || config.name?.includes(':') === true
  const aliases = files.filter(isAlias)
  return files
    .filter((file) => !isAlias(file))
    .map((file): ReadFile => {
      const own = aliases.filter(
        (alias) => (alias.config.name ?? alias.profile).split(':')[0] === file.config.name && alias.config.onboot !== false,
      )
      const addresses = [...file.config.addresses, ...own.flatMap(({ config }) => config.addresses)]
      const slaves = files
        .filter(({ config }) => config.master !== null && config.master === file.config.name)
        .flatMap(({ config }) => config.name ?? [])
      const method4 =
        file.config.method4 === 'none' && addresses.some(({ address }) => addressFamily(address) === 4) ? 'static' : file.config.method4
      return { ...file, config: { ...file.config, addresses, method4, ports: slaves } }
    })
}

/** route-NAME belongs to the interface NAME or to the file ifcfg-NAME; without either nothing reads it. */
function readExtra(file: ConfigFile, interfaces: readonly ReadFile[]): Pick<SystemConfig, 'routes' | 'rules' | 'notes' | 'opaque'> {
  if (file.path === '/etc/sysconfig/static-routes') return readStaticRoutes(file)
  const name = ['route-', 'route6-', 'rule-', 'rule6-'].map((prefix) => nameOf(file.path, prefix)).find((found) => found !== null)
  if (name === undefined || name === null) return { routes: [], rules: [], notes: [], opaque: [] }
  const owner = interfaces.find(({ profile, config }) => config.name === name || profile === name)
  if (owner === undefined) {
    const text = `There is no ifcfg-${name}: nothing reads this file.`
    return { routes: [], rules: [], opaque: [], notes: [{ file: file.path, line: 0, text }] }
  }
  const device = owner.config.name ?? name
  return /\/rule6?-[^/]*$/.test(file.path) ? readRuleFile(file, device) : readRouteFile(file, device)
}
