import type { Field, Ruleset } from '../../facts/firewall-rules/index.js'
import { addressFamily, parsePrefix } from '../../lib/address.js'
import { addressTypes, icmp6Types, icmpTypes, numberIn, protocolNumbers, stateBits } from '../../lib/netfilter/names.js'
import { addressNumber, prefixRange } from '../../lib/netfilter/ranges.js'
import { isLoopback } from '../../lib/sockets/bound.js'
import { beneath as beneathOf } from './beneath.js'
import { compiled } from './compile.js'
import { type Intervals, intersect, single, unionOf } from './intervals.js'
import type { Direction, OwnAddresses, Question, Surroundings } from './path.js'
import type { Traffic } from './schema.js'
import type { Space } from './space.js'

export type Family = 4 | 6

const range = (low: string, high: string): readonly [bigint, bigint] => [addressNumber(low) ?? 0n, addressNumber(high) ?? 0n]

/**
 * Addresses that a packet from another machine may have: no loopback, no multicast, no "this network". The kernel drops others
 * as martians, whatever the rules say (ip_route_input_slow() in net/ipv4/route.c; RFC 6890).
 */
const anybody: Readonly<Record<Family, Intervals>> = {
  4: [range('1.0.0.0', '126.255.255.255'), range('128.0.0.0', '223.255.255.255')],
  6: unionOf([
    [2n, (addressNumber('::ffff:0:0:0') ?? 0n) - 0x1_0000_0000n - 1n],
    range('::1:0:0:0', 'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'),
  ]),
}

const asList = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value

const isAny = (text: string): boolean => text === 'any' || text === '0.0.0.0/0' || text === '::/0'

/** Values of `from` or `to` in a family; null: nothing is said, or `any`. */
function addressesOf(
  value: string | readonly string[] | undefined,
  family: Family,
  meant: (said: Intervals[number]) => Intervals = (said) => [said],
): Intervals | null {
  const texts = asList(value)
  if (texts.length === 0 || texts.some(isAny)) return null
  return unionOf(
    texts.flatMap((text) => {
      const prefix = parsePrefix(text)
      if (prefix === null || prefix.family !== family) return []
      const [low, high] = prefixRange(prefix)
      return meant(range(low, high))
    }),
  )
}

const mostOwn = 5

/** Where packets for the host go to; not to a loopback address, unless by `lo`. null: not known. */
function ownOf({ own }: Surroundings, family: Family, loopback: boolean): OwnAddresses | null {
  const local = loopback && family === 4 ? [range('127.0.0.0', '127.255.255.255')] : []
  const addresses = (own ?? []).filter((address) => addressFamily(address) === family && (loopback || !isLoopback(address)))
  // A host without an address of this family is judged as if it had one, whichever.
  if (addresses.length === 0) return null
  const more = addresses.length > mostOwn ? ` and ${addresses.length - mostOwn} more` : ''
  return {
    values: unionOf([...local, ...addresses.map((address) => range(address, address))]),
    words: `${addresses.slice(0, mostOwn).join(', ')}${more}`,
  }
}

/** Of a prefix in `to` the host's own addresses are meant, where it has any in it; a single address is taken as it is said. */
const towardsHost =
  (own: OwnAddresses | null) =>
  (said: Intervals[number]): Intervals => {
    const meant = own === null || said[0] === said[1] ? [] : intersect([said], own.values)
    return meant.length === 0 ? [said] : meant
  }

/** The families that the addresses of the traffic are of; empty where none says. */
export function familiesOf(traffic: Traffic): readonly Family[] {
  const of = (value: string | readonly string[] | undefined): readonly Family[] =>
    asList(value).flatMap((text) => (text === '0.0.0.0/0' ? 4 : text === '::/0' ? 6 : (parsePrefix(text)?.family ?? [])))
  const [from, to] = [of(traffic.from), of(traffic.to)]
  const both = ([4, 6] as const).filter(
    (family) => (from.length === 0 || from.includes(family)) && (to.length === 0 || to.includes(family)),
  )
  return from.length === 0 && to.length === 0 ? [] : both
}

export function protocolOf({ protocol = 'tcp' }: Traffic, family: Family): number | null {
  const number = typeof protocol === 'number' ? protocol : numberIn(protocolNumbers, protocol)
  return number === 1 && family === 6 ? 58 : number
}

export function icmpTypeOf(traffic: Traffic, family: Family): number | null {
  const type = traffic['icmp-type']
  return typeof type === 'string' ? numberIn(family === 4 ? icmpTypes : icmp6Types, type) : (type ?? null)
}

function portsOf(port: number | string | undefined): Intervals | null {
  if (port === undefined) return null
  const [low = '0', high = low] = String(port).split('-')
  return [[BigInt(low), BigInt(high)]]
}

const whole = (bits: number): Intervals => [[0n, 2n ** BigInt(bits) - 1n]]

/** What is asked, of one family. Values that are not given are all that are possible. */
export function questionOf(traffic: Traffic, family: Family, ruleset: Ruleset, host: Surroundings): Question {
  const direction: Direction = traffic.direction ?? 'input'
  const { interfaces } = compiled(ruleset, family)
  const given = new Set<Field>(['ct-state', 'protocol', 'family'])
  const give = (field: Field, values: Intervals | null, otherwise: Intervals): Intervals => {
    if (values !== null) given.add(field)
    return values ?? otherwise
  }
  const link = (name: string | undefined): Intervals | null => (name === undefined ? null : single(interfaces.numberOf(name)))
  const loopback = traffic.interface === 'lo' || traffic['out-interface'] === 'lo'
  const state = traffic.state ?? 'new'
  const fresh = state === 'new'
  const type = icmpTypeOf(traffic, family)
  const any = loopback ? whole(family === 4 ? 32 : 128) : anybody[family]
  const code = type === 8 || type === 0 || type === 128 || type === 129 ? single(0) : whole(8)
  const icmp = give('icmp-type', type === null ? null : single(type), whole(8))
  const saddr = addressesOf(traffic.from, family)
  if (asList(traffic.from).some(isAny)) given.add('saddr')
  if (asList(traffic.to).some(isAny)) given.add('daddr')
  const own = direction === 'input' && castOf(traffic, family) === 0 ? ownOf(host, family, loopback) : null
  const space: Space = {
    family: single(family),
    protocol: single(protocolOf(traffic, family) ?? 0),
    saddr: give('saddr', saddr, any),
    daddr: give('daddr', addressesOf(traffic.to, family, towardsHost(own)), own?.values ?? any),
    sport: give('sport', portsOf(traffic['source-port']), whole(16)),
    dport: give('dport', portsOf(traffic.port), whole(16)),
    iif: direction === 'output' ? interfaces.none : give('iif', link(traffic.interface), interfaces.outer),
    oif: give('oif', link(traffic['out-interface']), interfaces.outer),
    'icmp-type': icmp,
    'icmp6-type': icmp,
    'icmp-code': code,
    'icmp6-code': code,
    'ct-state': single(stateBits[state] ?? 8),
    'ct-direction': state === 'established' ? whole(1) : single(0),
    'ct-status': fresh ? single(0) : whole(16),
    'ct-mark': fresh ? single(0) : whole(32),
    'tcp-flags': fresh ? single(2) : whole(8),
    mark: single(0),
    'packet-type': direction === 'output' ? whole(3) : single(castOf(traffic, family)),
    'saddr-type': single((direction === 'output' || loopback ? addressTypes.local : addressTypes.unicast) ?? 1),
    'daddr-type': single(
      castOf(traffic, family) === 0
        ? ((direction === 'input' || loopback ? addressTypes.local : addressTypes.unicast) ?? 1)
        : castOf(traffic, family) === 2
          ? 5
          : 3,
    ),
    'saddr-route': single(1),
  }
  if (type !== null) given.add('icmp6-type')
  const beneath = (name: string | undefined): ReadonlySet<string> | null =>
    name === undefined || host.links === null ? null : beneathOf(name, host.links)
  const below = { iif: beneath(traffic.interface), oif: beneath(traffic['out-interface']) }
  return { direction, family, space, given, isOwn: host.isOwn, own, beneath: below }
}

/** 0 to one machine, 1 broadcast, 2 multicast, as `packetTypes` counts. */
function castOf({ to }: Traffic, family: Family): 0 | 1 | 2 {
  const addresses = addressesOf(to, family)?.[0]
  if (addresses === undefined) return 0
  if (family === 6) return addresses[0] >> 120n === 0xffn ? 2 : 0
  return addresses[0] === 0xffff_ffffn ? 1 : addresses[0] >> 28n === 0xen ? 2 : 0
}
