import { blankInterface, type Draft, defrouteOf } from '../draft.js'
import { familyOf, interfaceAddressOf, macOf } from '../text-values.js'
import { type ConfiguredAddress, type ConfiguredInterface, type ConfiguredRoute, type Method, topics } from '../value.js'
import { type Definition, nameOf } from './definitions.js'
import { Fields } from './fields.js'
import { gatewayRoute, readRoutes, readRules } from './routes.js'
import { type Tree, written } from './tree.js'

/** Understood, and about nothing that is asked for. */
const ignored =
  /^(renderer|match|set-name|optional(-addresses)?|critical|ignore-carrier|dhcp-identifier|emit-lldp|ipv6-privacy|ipv6-mtu|ipv6-address-(generation|token)|wakeonlan|wakeonwlan|.*-offload|neigh-suppress|hairpin|port-mac-learning|auth|parameters|virtual-function-count|embedded-switch-mode|delay-virtual-functions-rebind|infiniband-mode|regulatory-domain|ra-overrides|dhcp6-overrides)$/
const ofKind: Partial<Record<Definition['kind'], RegExp>> = {
  ethernets: /^link$/,
  wifis: /^access-points$/,
  modems: /^(apn|auto-config|device-id|network-id|number|password|pin|sim-id|sim-operator-id|username)$/,
  tunnels:
    /^(mode|local|remote|ttl|keys?|peers|port|mark|id|link|type-of-service|mac-learning|ageing|limit|arp-proxy|notifications|short-circuit|checksums|extensions|flow-label|do-not-fragment|port-range|private-key-flags)$/,
  'virtual-ethernets': /^peer$/,
}

export interface Context {
  readonly draft: Draft
  readonly definitions: ReadonlyMap<string, Definition>
  /** The bond, bridge or VRF that an id is a port of. */
  readonly masters: ReadonlyMap<string, { readonly id: string; readonly table: string | null }>
}

/** Puts one definition into the draft: the interface, its routes and its rules. */
export function readDefinition(definition: Definition, { draft, definitions, masters }: Context): void {
  const { id, kind, map, found } = definition
  const about = found.name
  const fields = new Fields(map, draft, about)
  const master = masters.get(id)
  const isPort = master !== undefined && master.table === null
  const table = (kind === 'vrfs' ? fields.text('table', ['routes'])?.text : master?.table) ?? 'main'

  const addresses = readAddresses(fields, draft, about)
  const routes = [...gatewayRoute(fields, draft, about, table), ...readRoutes(fields, draft, about, table)]
  const rules = readRules(fields, draft, about, kind === 'vrfs' ? table : null)
  const dhcp4 = fields.flag('dhcp4', ['addresses', 'routes', 'dns'])
  const dhcp6 = fields.flag('dhcp6', ['addresses', 'routes', 'dns'])
  const acceptRa = fields.flag('accept-ra', ['addresses', 'routes'])
  const linkLocal = fields.has('link-local') ? fields.texts('link-local', ['addresses']).map(({ text }) => text) : ['ipv6']
  const usesRoutes = fields.fields('dhcp4-overrides', ['routes'])?.flag('use-routes', ['routes']) !== false
  const has = (family: 'inet' | 'inet6'): boolean => addresses.some(({ address }) => familyOf(address) === family)
  // Where nothing is said systemd-networkd accepts router advertisements, but for bridges (systemd.network(5)).
  const accepts = acceptRa ?? kind !== 'bridges'
  const unaddressed6: Method = isPort || !linkLocal.includes('ipv6') ? 'none' : accepts ? 'auto' : 'link-local'
  const method6: Method = dhcp6 === true ? 'dhcp' : has('inet6') ? 'static' : unaddressed6
  const nameservers = fields.fields('nameservers', ['dns'])
  const gateways = routes.filter(isDefault).flatMap(({ via }) => (via === null ? [] : [via]))
  const mac = fields.text('macaddress', ['link'])?.text ?? null
  const mode = fields.text('activation-mode', ['boot'])

  const read: ConfiguredInterface = {
    ...blankInterface(map, about),
    ...found,
    onboot: mode === null,
    method4: dhcp4 === true ? 'dhcp' : has('inet') ? 'static' : linkLocal.includes('ipv4') ? 'link-local' : 'none',
    method6,
    addresses,
    gateways: [...new Set(gateways)],
    defroute: defrouteOf(
      [...(dhcp4 === true ? [usesRoutes] : []), ...(method6 === 'dhcp' || method6 === 'auto' ? [accepts] : [])],
      routes.some(isDefault),
    ),
    dns: draft.servers(nameservers?.texts('addresses', ['dns']) ?? [], about),
    search: nameservers?.texts('search', ['dns']).map(({ text }) => text) ?? [],
    mtu: fields.whole('mtu', ['link']),
    mac: mac === null ? null : macOf(mac),
    vlan: kind === 'vlans' ? vlanOf(fields, definitions) : null,
    master: master?.id ?? null,
    ports: readPorts(fields, definition).map((port) => nameOf(definitions, port)),
  }
  fields.refuse('openvswitch', 'Open vSwitch makes this interface', ['link'])
  readPassthrough(fields)
  fields.rest(
    (key) => ignored.test(key) || ofKind[kind]?.test(key) === true || key === 'openvswitch',
    ['boot', 'addresses', 'routes', 'dns', 'link'],
  )
  draft.interfaces.push(read)
  draft.routes.push(...routes)
  draft.rules.push(...rules)
}

/** NetworkManager on Ubuntu writes its own settings here; most of them are about nothing that is asked for. */
function readPassthrough(fields: Fields): void {
  const own = fields.fields('networkmanager', topics)
  own?.fields('passthrough', topics)?.rest((key) => harmless.test(key), topics)
  own?.rest((key) => /^(uuid|name|stable-id|device|passthrough)$/.test(key), topics)
}

const harmless =
  /^(connection\.(timestamp|permissions|zone|autoconnect-(priority|retries)|uuid|id|llmnr|mdns)|[a-z0-9-]+\._|ipv4\.(dad-timeout|may-fail|dhcp-[a-z-]+)|ipv6\.(addr-gen-mode|ip6-privacy|may-fail|dhcp-[a-z-]+)|ethernet\.(wake-on-lan|auto-negotiate)|wifi(-security)?\.[a-z0-9-]+)$/

function isDefault({ destination, table }: ConfiguredRoute): boolean {
  return table === 'main' && (destination === '0.0.0.0/0' || destination === '::/0')
}

/** `interfaces` of a bond, bridge or VRF, by their ids. */
export function readPorts(fields: Fields, { kind }: Definition): readonly string[] {
  if (kind !== 'bonds' && kind !== 'bridges' && kind !== 'vrfs') return []
  return fields.texts('interfaces', ['link']).map(({ text }) => text)
}

function vlanOf(fields: Fields, definitions: ReadonlyMap<string, Definition>): ConfiguredInterface['vlan'] {
  const link = fields.text('link', ['link'])?.text ?? null
  return { id: fields.whole('id', ['link']), link: link === null ? null : nameOf(definitions, link) }
}

/** Words, or a map of one word with `label` and `lifetime`. What comes twice counts once, as with netplan. */
function readAddresses(fields: Fields, draft: Draft, about: string | null): readonly ConfiguredAddress[] {
  const found = new Map<string, ConfiguredAddress>()
  for (const item of fields.list('addresses', ['addresses'])) {
    const text = addressText(item)
    const address = text === null ? null : interfaceAddressOf(text)
    if (address === null || address.prefixLength === null) {
      draft.doubt(
        item,
        `addresses: ${written(item)}`,
        'expected an address and the length of its prefix, which netplan insists on',
        about,
        ['addresses'],
      )
      continue
    }
    const { file, line } = item
    found.set(`${address.address}/${address.prefixLength}`, { file, line, address: address.address, prefixLength: address.prefixLength })
  }
  return [...found.values()]
}

function addressText(item: Tree): string | null {
  if (item.kind === 'text') return item.text
  if (item.kind === 'list') return null
  const [only, ...others] = item.entries.keys()
  return only === undefined || others.length > 0 ? null : only
}
