import { blankInterface, type Draft, defrouteOf } from '../draft.js'
import { macOf } from '../text-values.js'
import { type ConfiguredInterface, topics } from '../value.js'
import { readFamily, unaddressed } from './family.js'
import { Fields } from './fields.js'
import type { Profile } from './profile.js'

/** These say nothing that is asked for: how a link is made, encrypted, or talked to. */
const otherSections =
  /^(bond|bridge|bridge-port|bond-port|team|team-port|ethtool|proxy|user|wifi(-security)?|802-1x|infiniband|dcb|tc|sriov|hostname|link|lldp|loopback|dummy|tun|vxlan|macvlan|ip-tunnel|wireguard|wireguard-peer\..*|vrf|vpn(-secrets)?|gsm|ppp|pppoe|serial|ovs-.*|veth|macsec|hsr|prefix-delegation|\.nmmeta|nm-origin)$/
const ofConnection =
  /^(id|uuid|type|timestamp|permissions|zone|secondaries|stable-id|metered|lldp|mdns|llmnr|dns-over-tls|mptcp-flags|wait-(device|activation)-.*|gateway-ping-.*|ip-ping-.*|autoconnect-(retries|slaves|ports|priority)|multi-connect|auth-retries|read-only|down-on-poweroff|slave-type|port-type|mud-url|dnssec|llmnr)$/
const ofEthernet =
  /^(auto-negotiate|duplex|speed|port|wake-on-lan.*|mac-address-blacklist|mac-address-denylist|mac-address-randomization|generate-mac-address-mask|accept-all-mac-addresses|s390-.*)$/

/** Brought up by hand or by another profile, on a device that comes into being then. */
const withoutDevice: ReadonlySet<string> = new Set(['vpn', 'gsm', 'cdma', 'bluetooth', 'adsl', 'pppoe', 'wimax', 'generic', 'wifi-p2p'])

/** Puts one profile into the draft. @param nameOf turns the UUID of another profile into the name of its interface. */
export function readInterface(profile: Profile, nameOf: (reference: string) => string, draft: Draft): void {
  const { sections } = profile
  if (withoutDevice.has(profile.type)) {
    draft.note(profile, `${profile.id} is of type ${profile.type}: what it adds when it is used is not looked at`)
    return
  }
  const section = (name: string, about: string | null): Fields => new Fields(sections.get(name) ?? new Map(), draft, about, topics)
  const connection = section('connection', null)
  const vlanName = section('vlan', null).text('interface-name')
  const bondName = section(profile.type, null).text('interface-name')
  const name = connection.text('interface-name') ?? vlanName ?? bondName
  const found = name === null ? findingOf(profile, draft) : { name }

  const ethernet = section('ethernet', name)
  const findsBy = ethernet.text('mac-address')
  const cloned = ethernet.text('cloned-mac-address')
  const mtu = ethernet.whole('mtu') ?? 0
  if (name !== null) ethernet.entry('permanent-mac-address')
  ethernet.rest(ofEthernet)

  const master = connection.text('controller') ?? connection.text('master')
  const autoconnect = connection.flag('autoconnect')
  const port =
    master !== null &&
    /^(bond|bridge|team|ovs-port|ovs-bridge)$/.test(connection.text('port-type') ?? connection.text('slave-type') ?? 'bond')
  const inet = port ? unaddressed : readFamily(sections.get('ipv4') ?? new Map(), 'inet', name, draft)
  const inet6 = port ? unaddressed : readFamily(sections.get('ipv6') ?? new Map(), 'inet6', name, draft)
  connection.rest(ofConnection)
  if (profile.type === 'wireguard') {
    draft.doubt(profile, profile.id, 'what peers may send (allowed-ips) becomes routes', name, ['routes'])
  }
  for (const [other, keys] of sections) {
    const [first] = keys.values()
    if (first !== undefined && !/^(connection|ipv[46]|ethernet|vlan|match)$/.test(other) && !otherSections.test(other))
      draft.doubt(first, `[${other}]`, 'this section is not known', name)
  }

  draft.interfaces.push({
    ...blankInterface(profile, name),
    ...found,
    ...(findsBy === null ? {} : { match: `mac-address=${findsBy}`, matchMac: macOf(findsBy) }),
    onboot: autoconnect !== false,
    method4: profile.type === 'loopback' ? 'loopback' : inet.method,
    method6: profile.type === 'loopback' ? 'loopback' : inet6.method,
    addresses: [...inet.addresses, ...inet6.addresses],
    gateways: [inet.gateway, inet6.gateway].filter((gateway) => gateway !== null),
    defroute: defrouteOf(
      [inet.takesOffer, inet6.takesOffer].filter((takes) => takes !== null),
      [...inet.routes, ...inet6.routes].some(({ destination, table }) => destination.endsWith('/0') && table === 'main'),
    ),
    dns: [...inet.dns, ...inet6.dns],
    search: [...new Set([...inet.search, ...inet6.search])],
    mtu: mtu === 0 ? null : mtu,
    mac: cloned === null ? null : macOf(cloned),
    vlan: profile.type === 'vlan' ? vlanOf(section('vlan', name), nameOf) : null,
    master: master === null ? null : nameOf(master),
  })
  draft.routes.push(...inet.routes, ...inet6.routes)
  draft.rules.push(...inet.rules, ...inet6.rules)
}

function vlanOf(fields: Fields, nameOf: (reference: string) => string): ConfiguredInterface['vlan'] {
  const parent = fields.text('parent')
  const id = fields.whole('id')
  fields.entry('interface-name')
  fields.rest(/^(flags|protocol|(in|e)gress-priority-map)$/)
  return { id, link: parent === null ? null : nameOf(parent) }
}

/** Without a name a profile is for any device of its type that [match] and the hardware address allow. */
function findingOf(profile: Profile, draft: Draft): Pick<ConfiguredInterface, 'match' | 'matchNames'> {
  const match = new Fields(profile.sections.get('match') ?? new Map(), draft, null, topics)
  const names = match.list('interface-name')
  match.rest(/^$/)
  // `!` forbids, `|` is or, `&` is and (nm-settings(5), match.interface-name).
  if (names.length > 0 && names.every((name) => /^[\w.*?[\]-]+$/.test(name)))
    return { match: `interface-name=${names.join(';')}`, matchNames: names }
  const isByMac = profile.sections.get('ethernet')?.has('mac-address') === true
  if (names.length > 0) return { match: `interface-name=${names.join(';')}`, matchNames: [] }
  return { match: `any ${profile.type} device`, matchNames: isByMac ? [] : [profile.type === 'wifi' ? 'wl*' : '*'] }
}
