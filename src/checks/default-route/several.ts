import type { Route } from '../../facts/routes/index.js'
import { hopMeets } from '../../lib/iproute2/gateway.js'
import { mentionRoute, originOf } from '../../lib/iproute2/words.js'
import { numeral, sentences } from '../../lib/sentences.js'
import { type Defaults, inUse, type NamedTables, networksOf, type Target } from './defaults.js'
import type { Spec } from './schema.js'

/** Which of several default routes is used, what that breaks, and how it is put right. */
export function explainSeveral(spec: Spec, target: Target, tables: NamedTables, defaults: Defaults): string {
  const { gateways } = defaults
  const devices = devicesOf(gateways)
  const command = `Look at \`ip ${target.family === 'inet' ? '' : '-6 '}route show default table all\`.`
  if (devices.length < 2) return sentences(explainBackup(gateways, target, devices[0] ?? '?'), whichWins(defaults), command)
  return sentences(
    `${numeral(gateways.length)} default gateways, on ${list(devices)}: the classic mistake on a host with several networks.`,
    whichWins(defaults),
    consequence(target, tables, defaults, devices),
    remedy(spec, target, tables, defaults),
    command,
  )
}

const devicesOf = (routes: readonly Route[]): readonly string[] => [
  ...new Set(routes.flatMap(({ nextHops }) => (nextHops ?? []).map((hop) => hop.interface ?? '?'))),
]

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

function explainBackup(gateways: readonly Route[], { family }: Target, device: string): string {
  if (family === 'inet6' && gateways.every(({ protocol }) => protocol === 'ra')) {
    return `${numeral(gateways.length)} routers advertise themselves on ${device}; where that is meant, expect their number with \`count\`.`
  }
  return `${numeral(gateways.length)} default gateways on ${device}. Linux does not test them: one of higher metric is used only once the other route is gone.`
}

function whichWins(defaults: Defaults): string {
  const [winner, ...equals] = inUse(defaults)
  if (winner === undefined) return 'All of them are dead.'
  if (equals.length > 0) {
    return `They share the metric ${winner.metric}, so that the kernel may use either: the first whose gateway answers.`
  }
  const others = defaults.gateways.filter((route) => route !== winner)
  const lower = others.some(({ metric }) => metric < winner.metric)
  const equal = others.some(({ metric }) => metric === winner.metric)
  const why = equal ? 'its router advertises itself with the highest preference (RFC 4191)' : 'it has the lowest metric'
  return `The one ${mentionRoute(winner)} wins: ${lower ? 'those with a lower metric are dead' : why}.`
}

/** Replies follow the routing table, not the way that the question came (RFC 1122 section 3.3.1.1). */
function consequence(target: Target, tables: NamedTables, defaults: Defaults, devices: readonly string[]): string {
  const winners = devicesOf(inUse(defaults))
  const others = devices.filter((device) => !winners.includes(device))
  // IPv6 has no rp_filter.
  const dropped = `stateful firewalls drop such replies${target.family === 'inet' ? ', and strict rp_filter drops the requests' : ''}.`
  const [winner] = winners
  if (winner === undefined) return ''
  if (others.length === 0) return `What comes in by the one may be answered by the other: ${dropped}`
  const networks = others.flatMap((device) => networksOf(tables, target, device)).slice(0, 3)
  const beyond = networks.length === 0 ? '' : ` from beyond ${list(networks)}`
  return `What comes in by ${list(others)}${beyond} is answered by ${winner}: ${dropped}`
}

function remedy(spec: Spec, { family, table }: Target, tables: NamedTables, defaults: Defaults): string {
  const { gateways } = defaults
  const wanted = spec.via === undefined && spec.interface === undefined ? [] : gateways.filter((route) => isWanted(spec, route, tables))
  const [keep] = wanted
  const wrong = gateways.filter((route) => route !== keep)
  const [extra] = wrong
  const where = extra?.nextHops?.[0]
  const sure = keep !== undefined && wrong.length === 1 && where !== undefined
  const gateway =
    where === undefined || !sure ? 'via ITS-GATEWAY' : `${where.via === null ? '' : `via ${where.via} `}dev ${where.interface}`
  const add = `\`ip ${family === 'inet' ? '' : '-6 '}route add NETWORK ${gateway}${table === 'main' ? '' : ` table ${table}`}\``
  return sentences(
    keep === undefined
      ? 'Keep the default gateway of the front end alone, and reach the networks behind the back end'
      : `Keep the one ${mentionRoute({ ...keep, metric: 0 })} alone, and reach the networks behind the ${wrong.length === 1 ? 'other' : 'others'}`,
    `by routes of their own, such as ${add}.`,
    sure && extra !== undefined
      ? sentences(`The one ${mentionRoute({ ...extra, metric: 0 })} is to go.`, originOf(extra), refusal(extra))
      : '',
    'To last, do the same in the network configuration: no gateway and no default route from DHCP at the back end, but these routes; the check `network-config` proves it.',
  )
}

function isWanted(spec: Spec, { nextHops }: Route, { naming }: NamedTables): boolean {
  return nextHops !== null && nextHops.length > 0 && nextHops.every((hop) => hopMeets(spec, hop, naming.names.shown))
}

/** A router's advertisement is refused by the interface, not by the configuration of addresses (Documentation/networking/ip-sysctl.rst). */
function refusal({ protocol, nextHops }: Route): string {
  const device = nextHops?.[0]?.interface
  return protocol === 'ra' && device ? `net.ipv6.conf.${device}.accept_ra_defrtr=0 refuses it.` : ''
}
