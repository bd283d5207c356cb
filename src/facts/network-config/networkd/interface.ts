import { canonicalAddress } from '../../../lib/address.js'
import { blankInterface, type Draft, defrouteOf } from '../draft.js'
import type { IniEntry } from '../ini.js'
import { defaultOf, familyOf, interfaceAddressOf, macOf, mtuOf } from '../text-values.js'
import { type ConfiguredAddress, type ConfiguredInterface, type ConfiguredRoute, type Method, topics } from '../value.js'
import type { Finding } from './match.js'
import type { NetDev } from './netdev.js'
import { readRoutes, readRules } from './routes.js'
import { allOf, booleanOf, entriesOf, lastOf, type ReadUnit, wordsOf } from './unit.js'

/** What is read here, and sections that say nothing that is asked for. */
const sections =
  /^(Match|Link|Network|Address|Route|RoutingPolicyRule|DHCP|DHCPv4|DHCPv6|IPv6AcceptRA|SR-IOV|Neighbor|IPv6AddressLabel|NextHop|DHCPServer|DHCPServerStaticLease|DHCPPrefixDelegation|IPv6SendRA|IPv6Prefix|IPv6RoutePrefix|Bridge|BridgeFDB|BridgeMDB|BridgeVLAN|LLDP|CAN|IPoIB|X-.*|.*QDisc|.*Queue.*|.*Class|.*Filter|NetworkEmulator|PIE|CAKE|ControlledDelay|[BPH]?fifo.*|PFIFO.*|BFIFO|EnhancedTransmissionSelection|GenericRandomEarlyDetection|TrivialLinkEqualizer|StochasticFairBlue)$/

/** Puts what one `.network` file says of one finding into the draft. */
export function readInterface(
  unit: ReadUnit,
  finding: Finding,
  devices: ReadonlyMap<string, NetDev>,
  parents: ReadonlyMap<string, string>,
  draft: Draft,
): void {
  const about = finding.name
  const link = entriesOf(unit, 'Link')
  const network = entriesOf(unit, 'Network')
  const unmanaged = lastOf(link, 'Unmanaged')
  if (unmanaged !== null && booleanOf(unmanaged.value) === true) {
    draft.note(unmanaged, `${about ?? finding.match ?? ''} is not systemd-networkd's, also where a later file is about it`)
    return
  }
  const device = about === null ? undefined : devices.get(about)
  const addresses = readAddresses(unit, about, draft)
  const gatewayRoutes = readGateways(network, about, draft)
  const routes = [...gatewayRoutes, ...onDevice(network, about), ...readRoutes(unit, about, draft)]
  const master = ['Bond', 'Bridge', 'VRF'].map((key) => lastOf(network, key)).find((entry) => entry !== null)?.value ?? null
  const families = readFamilies(unit, addresses, device?.kind === 'bridge', about, draft)
  const policy = lastOf(link, 'ActivationPolicy')?.value ?? 'up'
  const isDefault = ({ destination, table }: ConfiguredRoute): boolean =>
    table === 'main' && (destination === defaultOf.inet || destination === defaultOf.inet6)
  const gateways = routes.filter(isDefault).flatMap(({ via }) => (via === null ? [] : [via]))
  const domains = allOf(network, 'Domains').flatMap(({ value }) => wordsOf(value))
  const mtu = lastOf(link, 'MTUBytes')
  const mac = lastOf(link, 'MACAddress')

  draft.interfaces.push({
    ...blankInterface(unit, about),
    ...finding,
    onboot: /^(up|always-up|bound)$/.test(policy),
    method4: families.method4,
    method6: families.method6,
    addresses,
    gateways: [...new Set(gateways)],
    defroute: defrouteOf(families.offers, routes.some(isDefault)),
    dns: draft.servers(
      allOf(network, 'DNS').flatMap(({ file, line, value }) => wordsOf(value).map((text) => ({ file, line, text }))),
      about,
    ),
    // `~example.com` only says whom to ask about it.
    search: domains.filter((domain) => !domain.startsWith('~')),
    mtu: mtu === null ? (device?.mtu ?? null) : mtuOf(mtu.value),
    mac: mac === null ? (device?.mac ?? null) : macOf(mac.value),
    vlan: device?.kind === 'vlan' ? { id: device.vlanId, link: parents.get(device.name) ?? null } : null,
    master,
  })
  draft.routes.push(...routes)
  draft.rules.push(...readRules(unit, about, draft))
  for (const section of unit.sections)
    if (!sections.test(section.name)) draft.doubt(section, `[${section.name}]`, 'this section is not known', about)
}

/** A device that a .netdev file makes and no .network file is about: it is there, and down. */
export function bareDevice(device: NetDev, parents: ReadonlyMap<string, string>): ConfiguredInterface {
  const { name, kind, vlanId, mtu, mac } = device
  const vlan = kind === 'vlan' ? { id: vlanId, link: parents.get(name) ?? null } : null
  return { ...blankInterface(device, name), onboot: false, mtu, mac, vlan }
}

function readAddresses(unit: ReadUnit, about: string | null, draft: Draft): readonly ConfiguredAddress[] {
  // An empty one takes back those of [Address] as well.
  const entries = allOf(entriesOf(unit, 'Network', 'Address'), 'Address')
  return entries.flatMap((entry) => {
    const found = interfaceAddressOf(entry.value)
    const isNull = found !== null && (found.address === '0.0.0.0' || found.address === '::')
    if (found === null || isNull) {
      const why = isNull ? 'networkd picks a network of its own that is free' : 'expected an address'
      draft.doubt(entry, `Address=${entry.value}`, why, about, ['addresses'])
      return []
    }
    const { file, line } = entry
    return [{ file, line, address: found.address, prefixLength: found.prefixLength ?? (found.family === 'inet' ? 32 : 128) }]
  })
}

function readGateways(network: readonly IniEntry[], about: string | null, draft: Draft): readonly ConfiguredRoute[] {
  return allOf(network, 'Gateway').flatMap((entry): readonly ConfiguredRoute[] => {
    const via = canonicalAddress(entry.value)
    const family = familyOf(entry.value)
    if (via === null || family === null) {
      draft.doubt(entry, `Gateway=${entry.value}`, 'expected an address', about, ['routes'])
      return []
    }
    const { file, line } = entry
    return [
      {
        file,
        line,
        family,
        destination: defaultOf[family],
        via,
        interface: about,
        metric: null,
        table: 'main',
        source: null,
        type: 'unicast',
      },
    ]
  })
}

/** `DefaultRouteOnDevice=yes`: without a gateway, to whoever answers on the link. */
function onDevice(network: readonly IniEntry[], about: string | null): readonly ConfiguredRoute[] {
  const entry = lastOf(network, 'DefaultRouteOnDevice')
  if (entry === null || booleanOf(entry.value) !== true) return []
  const { file, line } = entry
  const common = { via: null, interface: about, metric: null, table: 'main', source: null, type: 'unicast' }
  return [{ file, line, family: 'inet', destination: defaultOf.inet, ...common }]
}

/** `both`, `v4`, `v6` and `none` were the words before 2017. */
const dhcpWords: Readonly<Record<string, readonly [boolean, boolean]>> = {
  ipv4: [true, false],
  v4: [true, false],
  ipv6: [false, true],
  v6: [false, true],
  both: [true, true],
  none: [false, false],
}

function readFamilies(
  unit: ReadUnit,
  addresses: readonly ConfiguredAddress[],
  isBridge: boolean,
  about: string | null,
  draft: Draft,
): Pick<ConfiguredInterface, 'method4' | 'method6'> & { readonly offers: readonly boolean[] } {
  const network = entriesOf(unit, 'Network')
  const dhcp = lastOf(network, 'DHCP')
  const dhcpFlag = dhcp === null ? false : booleanOf(dhcp.value)
  const [dhcp4, dhcp6] = dhcp !== null && dhcpFlag === null ? (dhcpWords[dhcp.value] ?? [null, null]) : [dhcpFlag, dhcpFlag]
  if (dhcp !== null && dhcp4 === null) draft.doubt(dhcp, `DHCP=${dhcp.value}`, 'expected yes, no, ipv4 or ipv6', about, topics)
  const isPort = lastOf(network, 'Bridge') !== null || lastOf(network, 'Bond') !== null
  const linkLocal = lastOf(network, 'LinkLocalAddressing')?.value ?? (isPort ? 'no' : 'ipv6')
  const has = (word: string): boolean => linkLocal === word || booleanOf(linkLocal) === true
  const ra = lastOf(network, 'IPv6AcceptRA')
  // Where nothing is said: yes, but for bridges.
  const accepts = ra === null ? (isBridge ? false : null) : booleanOf(ra.value)
  const isOf = (family: string): boolean => addresses.some(({ address }) => familyOf(address) === family)
  const routesOf = (name: string): boolean => {
    const entries = entriesOf(unit, name, 'DHCP')
    return !['UseRoutes', 'UseGateway'].some((key) => booleanOf(lastOf(entries, key)?.value ?? '') === false)
  }
  const method4: Method | null = dhcp4 === null ? null : dhcp4 ? 'dhcp' : isOf('inet') ? 'static' : has('ipv4') ? 'link-local' : 'none'
  const auto: Method = has('ipv6') && accepts !== false ? 'auto' : has('ipv6') ? 'link-local' : 'none'
  const method6: Method | null = dhcp6 === null ? null : dhcp6 ? 'dhcp' : isOf('inet6') ? 'static' : auto
  const offers = [
    ...(method4 === 'dhcp' ? [routesOf('DHCPv4')] : []),
    ...(method6 === 'dhcp' || method6 === 'auto' ? [accepts !== false && routesOf('IPv6AcceptRA')] : []),
  ]
  return { method4, method6, offers }
}
