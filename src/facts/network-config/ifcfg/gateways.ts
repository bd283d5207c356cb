import { addressFamily, canonicalAddress } from '../../../lib/address.js'
import { isNear } from '../network.js'
import { wholeOf } from '../text-values.js'
import type { ConfiguredAddress, ConfiguredRoute, Note, Opaque } from '../value.js'
import { noteOf, type Reader, undecided } from './reader.js'
import type { Variables } from './variables.js'

export interface Gateway {
  readonly via: string
  readonly file: string
  readonly line: number
}

/** A file of one interface, as far as its gateways depend on it. */
export interface Gated {
  readonly variables: Variables
  readonly global: Variables
  readonly name: string | null
  readonly reader: Reader
  /** Those that it gets, of both families. */
  readonly addresses: readonly ConfiguredAddress[]
  readonly isDhcp: boolean
}

export interface Gateways {
  readonly gateways: readonly Gateway[]
  readonly notes: readonly Note[]
  readonly opaque: readonly Opaque[]
}

const none: Gateways = { gateways: [], notes: [], opaque: [] }

/** GATEWAY of the file; that of /etc/sysconfig/network only for the interface in whose network it lies (`ifup-eth` of initscripts). */
export function gatewaysOf(file: Gated): Gateways {
  const four = ownGateway(file) ?? shared(file, 'GATEWAY', 'GATEWAYDEV')
  const key = 'IPV6_DEFAULTGW'
  const own = canonicalAddress(file.variables.of(key) ?? '')
  const six =
    own === null
      ? shared(file, key, 'IPV6_DEFAULTDEV')
      : { ...none, gateways: [{ via: own, file: file.variables.file, line: file.variables.lineOf(key) }] }
  return {
    gateways: [...four.gateways, ...six.gateways],
    notes: [...four.notes, ...six.notes],
    opaque: [...four.opaque, ...six.opaque],
  }
}

/**
 * initscripts set it where the interface has no DHCP and its first address is of the gateway's network (`ifup-eth`); NetworkManager
 * wherever there is an address (`gateway` of nm-settings(5)). null: there is none.
 */
function ownGateway({ variables, name, reader, addresses, isDhcp }: Gated): Gateways | null {
  const via = canonicalAddress(variables.of('GATEWAY') ?? '')
  if (via === null) return null
  const four = addresses.filter(({ address }) => addressFamily(address) === 4)
  const byService = !isDhcp && four.slice(0, 1).some((address) => isNear(address, via))
  const byManager = four.length > 0
  const used = reader === 'network' ? byService : reader === 'NetworkManager' ? byManager : byService && byManager
  const gateways = used || reader === null ? [{ via, file: variables.file, line: variables.lineOf('GATEWAY') }] : []
  if (used) return { ...none, gateways }
  const why = isDhcp ? 'the interface has DHCP' : four.length === 0 ? 'the interface has no address' : 'it lies outside of the network'
  if (reader === null && (byService || byManager))
    return {
      ...{ ...none, gateways },
      opaque: [undecided(variables, 'GATEWAY', `${why}: NetworkManager sets it, the network service does not`, name, ['routes'])],
    }
  return { ...none, notes: [noteOf(variables, 'GATEWAY', `not set, as ${why}.`)] }
}

function shared({ variables, global, name, addresses }: Gated, key: string, deviceKey: string): Gateways {
  const via = variables.of(key) === undefined ? canonicalAddress(global.of(key) ?? '') : null
  if (via === null) return none
  const isNamed = name !== null && (global.of(deviceKey) === name || (global.of(key) ?? '').endsWith(`%${name}`))
  return isNamed || addresses.some((address) => isNear(address, via))
    ? { ...none, gateways: [{ via, file: global.file, line: global.lineOf(key) }] }
    : none
}

export function defaultRoute({ via, file, line }: Gateway, variables: Variables, name: string | null): ConfiguredRoute {
  const six = via.includes(':')
  const metric = six ? variables.of('IPV6_ROUTE_METRIC') : (variables.of('METRIC') ?? variables.of('IPV4_ROUTE_METRIC'))
  return {
    ...{ file, line, family: six ? 'inet6' : 'inet', destination: six ? '::/0' : '0.0.0.0/0', via, interface: name },
    ...{ metric: wholeOf(metric ?? ''), table: 'main', source: canonicalAddress(variables.of('SRCADDR') ?? ''), type: 'unicast' },
  }
}
