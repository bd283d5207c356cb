import { canonicalAddress } from '../../../lib/address.js'
import type { Draft } from '../draft.js'
import type { IniSection } from '../ini.js'
import { defaultOf, familyOf, networkOf, wholeOf } from '../text-values.js'
import type { ConfiguredRoute, ConfiguredRule } from '../value.js'
import { lastOf, type ReadUnit } from './unit.js'

const types = ['unicast', 'local', 'broadcast', 'anycast', 'multicast', 'blackhole', 'unreachable', 'prohibit', 'throw', 'nat', 'xresolve']
/** Understood, and about nothing that is asked for. */
const ofRoute =
  /^(Destination|Gateway|Metric|Table|PreferredSource|Type|GatewayOnLink|Scope|Protocol|IPv6Preference|MTUBytes|InitialCongestionWindow|InitialAdvertisedReceiveWindow|TCPAdvertisedMaximumSegmentSize|QuickAck|FastOpenNoCookie|TTLPropagate|TCPCongestionControlAlgorithm|TCPRetransmissionTimeoutSec|HopLimit|Description)$/
const ofRule =
  /^(From|To|Table|Priority|TypeOfService|FirewallMark|IncomingInterface|OutgoingInterface|SourcePort|DestinationPort|IPProtocol|InvertRule|Family|User|SuppressPrefixLength|SuppressInterfaceGroup|Type|L3MasterDevice)$/

const tableOf = (text: string): string => (text === '254' ? 'main' : text)
const shown = ({ name, entries }: IniSection): string => `[${name}] ${entries.map(({ key, value }) => `${key}=${value}`).join(' ')}`

/** Every [Route] section. */
export function readRoutes(unit: ReadUnit, about: string | null, draft: Draft): readonly ConfiguredRoute[] {
  return unit.sections
    .filter(({ name }) => name === 'Route')
    .flatMap((section) => {
      const route = routeOf(section, about)
      if (typeof route !== 'string') return [route]
      draft.doubt(section, shown(section), route, about, ['routes'])
      return []
    })
}

/** @returns why it is not understood. Without a destination it is a default route of the gateway's family. */
function routeOf(section: IniSection, about: string | null): ConfiguredRoute | string {
  const value = (key: string): string | null => lastOf(section.entries, key)?.value ?? null
  const unknown = section.entries.find(({ key }) => !ofRoute.test(key))
  if (unknown !== undefined) return `${unknown.key} of a route is not understood`
  const gateway = value('Gateway')
  if (gateway?.startsWith('_') === true) return 'the gateway is whatever DHCP or a router offers'
  const via = gateway === null ? null : canonicalAddress(gateway)
  if (gateway !== null && via === null) return 'expected an address as Gateway'
  const to = value('Destination')
  const family = gateway === null ? null : familyOf(gateway)
  const target =
    to === null || /^(default|0\/0)$/.test(to) ? (family === null ? null : { family, prefix: defaultOf[family] }) : networkOf(to)
  if (target === null) return to === null ? 'there is neither Destination nor Gateway' : 'expected a prefix as Destination'
  const metricText = value('Metric')
  const metric = metricText === null ? null : wholeOf(metricText)
  if (metricText !== null && metric === null) return 'expected a number as Metric'
  const sourceText = value('PreferredSource')
  const source = sourceText === null ? null : canonicalAddress(sourceText)
  const type = value('Type') ?? 'unicast'
  if ((sourceText !== null && source === null) || !types.includes(type)) return 'PreferredSource or Type is not understood'
  const { file, line } = section
  const table = tableOf(
    value('Table') ?? (type === 'local' || type === 'broadcast' || type === 'anycast' || type === 'nat' ? 'local' : 'main'),
  )
  return { file, line, family: target.family, destination: target.prefix, via, interface: about, metric, table, source, type }
}

/** Every [RoutingPolicyRule] section; one for both families gives two rules. */
export function readRules(unit: ReadUnit, about: string | null, draft: Draft): readonly ConfiguredRule[] {
  return unit.sections
    .filter(({ name }) => name === 'RoutingPolicyRule')
    .flatMap((section) => {
      const rules = rulesOf(section)
      if (rules === null) draft.doubt(section, shown(section), 'this rule is not understood', about, ['routes'])
      return rules ?? []
    })
}

function rulesOf(section: IniSection): readonly ConfiguredRule[] | null {
  const value = (key: string): string | null => lastOf(section.entries, key)?.value ?? null
  const [from, to] = [value('From'), value('To')].map((text) => (text === null ? null : { network: networkOf(text) }))
  const priorityText = value('Priority')
  const priority = priorityText === null ? null : wholeOf(priorityText)
  const isWrong = [from, to].some((side) => side != null && side.network === null) || (priorityText !== null && priority === null)
  if (isWrong || section.entries.some(({ key }) => !ofRule.test(key))) return null
  const own = (from ?? to)?.network?.family
  const said = value('Family')
  const families =
    own !== undefined
      ? [own]
      : said === 'both'
        ? (['inet', 'inet6'] as const)
        : said === 'ipv6'
          ? (['inet6'] as const)
          : (['inet'] as const)
  const { file, line } = section
  const rest = {
    priority,
    from: from?.network?.prefix ?? null,
    to: to?.network?.prefix ?? null,
    table: tableOf(value('Table') ?? 'main'),
    text: section.entries.map((entry) => `${entry.key}=${entry.value}`).join(' '),
  }
  return families.map((family) => ({ file, line, family, ...rest }))
}
