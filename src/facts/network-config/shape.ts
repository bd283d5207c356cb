import { canonicalAddress, formatPrefix, parsePrefix } from '../../lib/address.js'
import { flag, listOf, mapOf, oneOf, orNull, type Shape, text, whole } from '../../lib/shape.js'
import {
  type ConfiguredAddress,
  type ConfiguredInterface,
  type ConfiguredRoute,
  type ConfiguredRule,
  type ConfiguredSystem,
  configSystems,
  methods,
  type NetworkConfig,
  type Note,
  type Opaque,
  topics,
} from './value.js'

const address: Shape<string> = (value): value is string => text(value) && canonicalAddress(value) === value
const prefix: Shape<string> = (value): value is string => {
  const read = text(value) ? parsePrefix(value) : null
  return read !== null && formatPrefix(read) === value
}
const prefixLength: Shape<number> = (value): value is number => whole(value) && value <= 128
const place = { file: text, line: whole }
const family = oneOf(['inet', 'inet6'])

const configuredAddress = mapOf<ConfiguredAddress>({ ...place, address, prefixLength: orNull(prefixLength) })

const route = mapOf<ConfiguredRoute>({
  ...place,
  family,
  destination: prefix,
  via: orNull(address),
  interface: orNull(text),
  metric: orNull(whole),
  table: text,
  source: orNull(address),
  type: text,
})

const rule = mapOf<ConfiguredRule>({
  ...place,
  family,
  priority: orNull(whole),
  from: orNull(prefix),
  to: orNull(prefix),
  table: orNull(text),
  text,
})

const configuredInterface = mapOf<ConfiguredInterface>({
  ...place,
  name: orNull(text),
  match: orNull(text),
  matchMac: orNull(text),
  matchNames: listOf(text),
  onboot: orNull(flag),
  method4: orNull(oneOf(methods)),
  method6: orNull(oneOf(methods)),
  addresses: listOf(configuredAddress),
  gateways: listOf(address),
  defroute: orNull(flag),
  dns: listOf(address),
  search: listOf(text),
  mtu: orNull(whole),
  mac: orNull(text),
  vlan: orNull(mapOf<NonNullable<ConfiguredInterface['vlan']>>({ id: orNull(whole), link: orNull(text) })),
  master: orNull(text),
  ports: listOf(text),
})

const opaque = mapOf<Opaque>({ ...place, text, why: text, interface: orNull(text), topics: listOf(oneOf(topics)) })

const system = mapOf<ConfiguredSystem>({
  system: oneOf(configSystems),
  files: listOf(text),
  applies: oneOf(['yes', 'no', 'maybe']),
  because: text,
  interfaces: listOf(configuredInterface),
  routes: listOf(route),
  rules: listOf(rule),
  dns: listOf(address),
  search: listOf(text),
  opaque: listOf(opaque),
  notes: listOf(mapOf<Note>({ ...place, text })),
})

/** What a recording must hold to be judged. */
export const networkConfigShape: Shape<NetworkConfig> = mapOf<NetworkConfig>({
  distribution: orNull(text),
  systems: listOf(system),
  hooks: listOf(opaque),
  unread: listOf(mapOf<NetworkConfig['unread'][number]>({ file: text, why: text })),
})
