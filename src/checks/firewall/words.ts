import type { Field, Ruleset, Table } from '../../facts/firewall-rules/index.js'
import type { Intervals } from './intervals.js'
import type { Doubt, Outcome, Place } from './model.js'
import type { Family } from './packet.js'
import type { Direction } from './path.js'
import type { Traffic, Wanted } from './schema.js'

export const familyName = (family: Family): string => (family === 4 ? 'IPv4' : 'IPv6')

export const outcomeWords: Readonly<Record<Outcome | 'blocked', string>> = {
  accept: 'accepted',
  drop: 'dropped',
  reject: 'rejected',
  blocked: 'dropped or rejected',
  unknown: 'not decided',
}

export const meetsWanted = (wanted: Wanted, outcome: Outcome): boolean =>
  wanted === 'blocked' ? outcome === 'drop' || outcome === 'reject' : outcome === wanted

const tableName = ({ tool, family, name }: Table): string => (tool === 'nft' ? `${family} ${name}` : name)

/** `rule 5 of chain INPUT in table filter (iptables): -s 10.1.0.0/16 -j DROP`. */
export function placeWords({ table, chain, rule }: Place): string {
  const where = `chain ${chain.name} in table ${tableName(table)} (${table.tool})`
  if (rule === null) return `the policy of ${where}`
  const which = rule.handle === null || table.tool !== 'nft' ? `rule ${rule.position}` : `rule ${rule.position} (handle ${rule.handle})`
  const comment = rule.comment === null || rule.text.includes(rule.comment) ? '' : `, "${rule.comment}"`
  return `${which} of ${where}: \`${rule.text}\`${comment}`
}

/** Why rules that are listed do nothing; empty where there is no such table. */
export function dormantWords({ tables }: Ruleset): string {
  const names = tables.flatMap(({ dormant, family, name }) => (dormant ? [`${family} ${name}`] : []))
  if (names.length === 0) return ''
  return ` Switched off by \`flags dormant\`: table ${names.join(', ')}. Its rules are listed and do nothing.`
}

/** The command that lists the chain. */
export function lookWords({ table, chain }: Place): string {
  if (table.tool === 'nft') return `nft -a list chain ${table.family} ${table.name} ${chain.name}`
  return `${table.tool}${table.name === 'filter' ? '' : ` -t ${table.name}`} -L ${chain.name} -n -v --line-numbers`
}

/** What a runbook says to settle a doubt about a field. */
const settles: Partial<Record<Field, string>> = {
  saddr: 'the source address: add `from`',
  daddr: 'the destination address: add `to`',
  sport: 'the source port: add `source-port`',
  dport: 'the port: add `port`',
  iif: 'the interface it comes in by: add `interface`',
  oif: 'the interface it leaves by: add `out-interface`',
  'icmp-type': 'the type of ICMP: add `icmp-type`',
  'icmp6-type': 'the type of ICMP: add `icmp-type`',
}

const untold: Partial<Record<Field, string>> = {
  mark: "the packet's mark",
  'ct-mark': "the connection's mark",
  'ct-status': 'whether the connection is translated',
  'ct-direction': 'the direction in the connection',
  'tcp-flags': 'the TCP flags',
  'icmp-code': 'the code of ICMP',
  'icmp6-code': 'the code of ICMP',
  'packet-type': 'whether the packet is for this machine',
}

export function doubtWords({ place, field, what }: Doubt): string {
  const on = field === null ? what : (settles[field] ?? untold[field] ?? field)
  return `${placeWords(place)} turns on ${on}`
}

function portWords(value: number | string | undefined): string {
  return value === undefined ? '' : ` port ${value}`
}

const listed = (value: string | readonly string[]): string => (typeof value === 'string' ? value : value.join(', '))

/** `tcp port 443 from 10.0.0.0/8`, in the words of the runbook. */
export function trafficWords(traffic: Traffic, family: Family): string {
  const direction: Direction = traffic.direction ?? 'input'
  const said = [
    direction,
    traffic.state === undefined || traffic.state === 'new' ? '' : traffic.state,
    `${traffic.protocol ?? 'tcp'}${portWords(traffic.port)}`,
    traffic['icmp-type'] === undefined ? '' : `type ${traffic['icmp-type']}`,
    traffic.from === undefined ? '' : `from ${listed(traffic.from)}`,
    traffic['source-port'] === undefined ? '' : `source port ${traffic['source-port']}`,
    traffic.to === undefined ? '' : `to ${listed(traffic.to)}`,
    traffic.interface === undefined ? '' : `by ${traffic.interface}`,
    traffic['out-interface'] === undefined ? '' : `out by ${traffic['out-interface']}`,
  ]
  return `${said.filter((part) => part !== '').join(' ')}, ${familyName(family)}`
}

export function portsWords(values: Intervals): string {
  return values
    .slice(0, 5)
    .map(([low, high]) => (low === high ? String(low) : `${low}-${high}`))
    .join(', ')
}
