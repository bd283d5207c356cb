import { canonicalAddress } from '../../../lib/address.js'
import type { AddressFamily } from '../../../lib/iproute2/route.js'
import { type IniEntry, unescaped } from '../ini.js'
import { familyOf, networkOf, wholeOf } from '../text-values.js'
import type { ConfiguredAddress, ConfiguredRoute } from '../value.js'

/** `/`, `;` and `,` are the same to NetworkManager; one `;` may stand at the end. */
const fieldsOf = (value: string): readonly string[] =>
  unescaped(value)
    .replace(/[;,]$/, '')
    .split(/[/;,]/)
    .map((field) => field.trim())

/** `192.0.2.1/24`, or with a gateway behind it: `192.0.2.1/24,192.0.2.254`. Without a length it is 24, or 64 (nm-keyfile.c). */
export function addressOf(entry: IniEntry, family: AddressFamily): { address: ConfiguredAddress; gateway: string | null } | null {
  const [first = '', second = '', third, ...more] = fieldsOf(entry.value)
  const hasLength = /^\d+$/.test(second)
  const gatewayText = hasLength ? third : second === '' ? third : second
  const address = canonicalAddress(first)
  const gateway = gatewayText === undefined || gatewayText === '' ? null : canonicalAddress(gatewayText)
  const bits = family === 'inet' ? 32 : 128
  const prefixLength = hasLength ? Number(second) : family === 'inet' ? 24 : 64
  const wrong =
    address === null ||
    familyOf(first) !== family ||
    prefixLength > bits ||
    more.length > 0 ||
    (!hasLength && third !== undefined && second !== '')
  if (wrong || (gatewayText !== undefined && gatewayText !== '' && (gateway === null || familyOf(gatewayText) !== family))) return null
  const { file, line } = entry
  const none = gateway === '0.0.0.0' || gateway === '::'
  return { address: { file, line, address, prefixLength }, gateway: none ? null : gateway }
}

export interface RouteDefaults {
  readonly family: AddressFamily
  readonly interface: string | null
  /** Of the whole profile: null for the system's own. */
  readonly metric: number | null
  readonly table: string
}

/** Understood, and about nothing that is asked for. */
const ignored =
  /^(onlink|mtu|window|cwnd|initcwnd|initrwnd|rto_min|quickack|advmss|scope|tos|weight|lock-(mtu|window|cwnd|initcwnd|initrwnd|advmss))$/

/**
 * `10.20.0.0/16,10.10.0.1,100`: destination, gateway and metric, the last two optional, with options beside it: `table=100,onlink=true`.
 * @returns null when it is not understood.
 */
export function routeOf(entry: IniEntry, options: IniEntry | null, defaults: RouteDefaults): ConfiguredRoute | null {
  const { family } = defaults
  const [first = '', second = '', third = '', fourth = '', ...more] = fieldsOf(entry.value)
  const hasLength = /^\d+$/.test(second)
  const [gatewayText, metricText] = hasLength ? [third, fourth] : [second, third]
  if (more.length > 0 || (!hasLength && fourth !== '')) return null
  const destination = networkOf(`${first}/${hasLength ? second : family === 'inet' ? 24 : 128}`)
  const gateway = gatewayText === '' ? null : canonicalAddress(gatewayText)
  if (destination?.family !== family || (gatewayText !== '' && gateway === null)) return null
  const own = metricText === '' ? null : wholeOf(metricText)
  if (metricText !== '' && own === null) return null
  const said = optionsOf(options)
  if (said === null) return null
  const { file, line } = entry
  return {
    file,
    line,
    family,
    destination: destination.prefix,
    via: gateway === '0.0.0.0' || gateway === '::' ? null : gateway,
    interface: defaults.interface,
    metric: own ?? defaults.metric,
    table: said.table === '254' ? 'main' : (said.table ?? defaults.table),
    source: said.source,
    type: said.type,
  }
}

function optionsOf(entry: IniEntry | null): { table: string | null; source: string | null; type: string } | null {
  const said: { table: string | null; source: string | null; type: string } = { table: null, source: null, type: 'unicast' }
  for (const option of entry === null ? [] : unescaped(entry.value).split(',')) {
    const [key = '', value = ''] = option.split('=').map((word) => word.trim())
    if (key === 'table' && wholeOf(value) !== null) said.table = value
    else if (key === 'src' && canonicalAddress(value) !== null) said.source = canonicalAddress(value)
    else if (key === 'type' && /^[a-z]+$/.test(value)) said.type = value
    else if (option.trim() !== '' && !ignored.test(key)) return null
  }
  return said
}
