import { addressFamily } from '../../../lib/address.js'
import { blankInterface } from '../draft.js'
import type { ConfigFile } from '../files.js'
import { addressesOf, macOf, wholeOf, wordsOf } from '../text-values.js'
import type { ConfiguredAddress, ConfiguredInterface, ConfiguredRoute, Method, Note, Opaque } from '../value.js'
import { readIfcfgAddresses } from './addresses.js'
import { defaultRoute, gatewaysOf } from './gateways.js'
import { isBroughtUp, noteOf, notesOnReader, type Reader, readerOf, undecided } from './reader.js'
import { readVariables, saysNo, saysYes, type Variables } from './variables.js'

/** One file `ifcfg-…`, with what it says of its interface. */
export interface ReadFile {
  /** What follows `ifcfg-` in the name of the file. */
  readonly profile: string
  /** The interface that it adds addresses to (`ifcfg-eth0:1`); null: it is about an interface of its own. */
  readonly aliasOf: string | null
  readonly variables: Variables
  readonly reader: Reader
  readonly config: ConfiguredInterface
  /** As written, whether or not the interface gets them. */
  readonly addresses: readonly ConfiguredAddress[]
  readonly routes: readonly ConfiguredRoute[]
  readonly opaque: readonly Opaque[]
  readonly notes: readonly Note[]
}

export function readIfcfg(file: ConfigFile, profile: string, global: Variables, started: ReadonlySet<string>): ReadFile {
  const variables = readVariables(file, null)
  const reader = readerOf(variables, started)
  const mac = macOf(variables.of('HWADDR') ?? '')
  const name = variables.of('DEVICE') ?? (mac === null ? profile : null)
  const [aliasOf = null] = /^[^:]+(?=:)/.exec(name ?? profile) ?? []
  const written = readIfcfgAddresses(variables, name)
  const port = portOf(variables, reader)
  const ip =
    aliasOf !== null ? { addresses: written.addresses, notes: [], opaque: [] } : effective(variables, name, reader, port, written.addresses)
  const method4 = port === null ? method4Of(variables, ip.addresses.some(isFour)) : 'none'
  const method6 =
    port === null
      ? method6Of(
          variables,
          ip.addresses.some((address) => !isFour(address)),
        )
      : 'none'
  const gated = { variables, global, name, reader, addresses: ip.addresses, isDhcp: isDhcp(variables) }
  const { gateways, ...ofGateways } = port === null && aliasOf === null ? gatewaysOf(gated) : { gateways: [], notes: [], opaque: [] }
  const allowed = !saysNo(variables.of('DEFROUTE')) && [undefined, name ?? undefined].includes(global.of('GATEWAYDEV'))
  const defroute = allowed && (gateways.length > 0 || method4 === 'dhcp' || method6 === 'auto' || method6 === 'dhcp')
  const config: ConfiguredInterface = {
    ...blankInterface({ file: file.path, line: 1 }, name),
    ...(mac === null ? {} : { matchMac: mac, ...(name === null ? { match: `HWADDR=${mac}` } : {}) }),
    onboot: isBroughtUp(variables, global, reader),
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
  return {
    ...{ profile, aliasOf, variables, reader, config, addresses: written.addresses },
    routes: defroute ? gateways.map((gateway) => defaultRoute(gateway, variables, name)) : [],
    opaque: withDevice([...variables.opaque, ...written.opaque, ...ip.opaque, ...ofGateways.opaque, ...unread(variables)], aliasOf ?? name),
    notes: [...written.notes, ...ip.notes, ...ofGateways.notes, ...(aliasOf === null ? notesOnReader(variables, reader) : [])],
  }
}

const isFour = ({ address }: ConfiguredAddress): boolean => addressFamily(address) === 4

/**
 * What of the written addresses the interface gets. Ports of bridges, bonds and teams get none. With DHCP initscripts set no IPADDR
 * (`ifup-eth`, DYNCONFIG); NetworkManager adds it to what is leased.
 */
function effective(
  variables: Variables,
  name: string | null,
  reader: Reader,
  port: string | null,
  written: readonly ConfiguredAddress[],
): Pick<ReadFile, 'addresses' | 'notes' | 'opaque'> {
  const [first] = written
  const keyOf = ({ line }: ConfiguredAddress): string => variables.keys.find((key) => variables.lineOf(key) === line) ?? 'IPADDR'
  if (port !== null) {
    const notes = first === undefined ? [] : [noteOf(variables, keyOf(first), `not set, as the interface is a port of ${port}.`)]
    return { addresses: [], notes, opaque: [] }
  }
  const four = written.find(isFour)
  if (four === undefined || !isDhcp(variables) || reader === 'NetworkManager') return { addresses: written, notes: [], opaque: [] }
  const why = 'with DHCP NetworkManager sets it as well, the network service does not'
  if (reader === null) return { addresses: written, notes: [], opaque: [undecided(variables, keyOf(four), why, name, ['addresses'])] }
  const note = noteOf(variables, keyOf(four), 'not set, as the interface has DHCP.')
  return { addresses: written.filter((address) => !isFour(address)), notes: [note], opaque: [] }
}

const withDevice = (opaque: readonly Opaque[], name: string | null): readonly Opaque[] =>
  opaque.map((entry) => ({ ...entry, interface: name }))

const isDhcp = (variables: Variables): boolean => method4Of(variables, false) === 'dhcp'

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

function vlanOf(variables: Variables, name: string | null): ConfiguredInterface['vlan'] {
  if (!saysYes(variables.of('VLAN')) && variables.of('TYPE')?.toLowerCase() !== 'vlan') return null
  const [, link, id] = /^(.+)\.(\d{1,4})$/.exec(name ?? '') ?? []
  return { id: wholeOf(variables.of('VLAN_ID') ?? id ?? ''), link: variables.of('PHYSDEV') ?? link ?? null }
}

/** `MASTER` alone is enough for NetworkManager; initscripts want `SLAVE=yes` as well (`ifup-eth`). */
function portOf(variables: Variables, reader: Reader): string | null {
  const bond = reader === 'network' && !saysYes(variables.of('SLAVE')) ? undefined : variables.of('MASTER')
  return bond ?? variables.of('BRIDGE') ?? variables.of('TEAM_MASTER') ?? null
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
