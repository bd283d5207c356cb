import { canonicalAddress } from '../../../lib/address.js'
import type { AddressFamily } from '../../../lib/iproute2/route.js'
import type { Draft } from '../draft.js'
import type { IniEntry } from '../ini.js'
import { ruleOfWords } from '../rule-words.js'
import { defaultOf, familyOf } from '../text-values.js'
import type { ConfiguredAddress, ConfiguredRoute, ConfiguredRule, Method } from '../value.js'
import { addressOf, routeOf } from './addresses.js'
import { Fields } from './fields.js'

/** What [ipv4] or [ipv6] says. */
export interface FamilyConfig {
  readonly method: Method | null
  readonly addresses: readonly ConfiguredAddress[]
  readonly gateway: string | null
  /** Whether a default route that somebody offers is taken; null: nobody offers one. */
  readonly takesOffer: boolean | null
  readonly dns: readonly string[]
  readonly search: readonly string[]
  readonly routes: readonly ConfiguredRoute[]
  readonly rules: readonly ConfiguredRule[]
}

const ignored =
  /^(may-fail|dad-timeout|dhcp-.*|dns-(options|priority)|required-timeout|addr-gen-mode|ip6-privacy|token|ra-timeout|mtu|ignore-auto-dns|link-local|auto-route-ext-gw|replace-local-rule|shared-.*|temp-.*|forwarding|routed-dns|clat)$/

/** `ignore` leaves IPv6 to the kernel, which does what its settings say. */
const methods: Readonly<Record<AddressFamily, Readonly<Record<string, Method | null>>>> = {
  inet: { auto: 'dhcp', manual: 'static', 'link-local': 'link-local', shared: 'other', disabled: 'none' },
  inet6: { auto: 'auto', dhcp: 'dhcp', manual: 'static', 'link-local': 'link-local', shared: 'other', disabled: 'none', ignore: null },
}

/** @param about the interface. A section that is not there is one without keys: its method is `auto`. */
export function readFamily(keys: ReadonlyMap<string, IniEntry>, family: AddressFamily, about: string | null, draft: Draft): FamilyConfig {
  const fields = new Fields(keys, draft, about, ['addresses', 'routes', 'dns'])
  const methodEntry = fields.entry('method')
  const word = methodEntry?.value ?? 'auto'
  const known = Object.hasOwn(methods[family], word)
  const method = known ? (methods[family][word] ?? null) : null
  if (methodEntry !== null && !known) fields.doubt(methodEntry, 'this method is not known')

  const read = fields.numbered(/^address(?:es)?(\d+)?$/).map((entry) => ({ entry, found: addressOf(entry, family) }))
  for (const { entry, found } of read) if (found === null) fields.doubt(entry, 'expected an address with the length of its prefix')
  const gatewayEntry = fields.entry('gateway')
  const gatewayOwn = gatewayEntry === null || familyOf(gatewayEntry.value) !== family ? null : canonicalAddress(gatewayEntry.value)
  if (gatewayEntry !== null && gatewayOwn === null) fields.doubt(gatewayEntry, 'expected an address')
  const withGateway = read.find(({ found }) => found !== null && found.gateway !== null)
  const gateway = gatewayOwn ?? withGateway?.found?.gateway ?? null

  const never = fields.flag('never-default') === true
  const metric = fields.whole('route-metric')
  const tableNumber = fields.whole('route-table')
  const table = tableNumber === null || tableNumber === 0 || tableNumber === 254 ? 'main' : String(tableNumber)
  const routes = fields.numbered(/^routes?(\d+)?$/).flatMap((entry) => {
    const options = fields.entry(`${entry.key}_options`)
    const route = routeOf(entry, options, { family, interface: about, metric, table })
    if (route === null)
      fields.doubt(entry, `expected a destination, a gateway and a metric${options === null ? '' : `, with options ${options.value}`}`)
    return route === null ? [] : [route]
  })
  const rules = fields.numbered(/^routing-rule(\d+)?$/).flatMap((entry) => {
    const rule = ruleOfWords(entry.value, entry, family)
    if (rule === null) fields.doubt(entry, 'expected a rule in the words of `ip rule`')
    return rule === null ? [] : [rule]
  })
  // Without a static method NetworkManager takes addresses in addition, but no gateway is used when there is none.
  const place = gatewayOwn === null ? withGateway?.entry : gatewayEntry
  const defaultRoute: ConfiguredRoute[] =
    gateway === null || never || place === undefined || place === null || method === 'none'
      ? []
      : [
          {
            file: place.file,
            line: place.line,
            family,
            destination: defaultOf[family],
            via: gateway,
            interface: about,
            metric,
            table,
            source: null,
            type: 'unicast',
          },
        ]
  const ignoresOffers = never || fields.flag('ignore-auto-routes') === true
  const all = [...defaultRoute, ...routes]
  const config: FamilyConfig = {
    method,
    addresses: read.flatMap(({ found }) => (found === null ? [] : [found.address])),
    gateway,
    takesOffer: method === 'dhcp' || method === 'auto' ? !ignoresOffers : null,
    dns: draft.servers(fields.items('dns'), about),
    search: fields.list('dns-search'),
    routes: method === 'none' ? [] : all,
    rules,
  }
  fields.rest(ignored)
  return method === 'none' ? { ...config, addresses: [], gateway: null } : config
}

/** A port of a bond, bridge or team has no addresses of its own, whatever its file says. */
export const unaddressed: FamilyConfig = {
  method: 'none',
  addresses: [],
  gateway: null,
  takesOffer: null,
  dns: [],
  search: [],
  routes: [],
  rules: [],
}
