import { canonicalAddress, formatPrefix, parsePrefix } from '../../lib/address.js'
import { type AddressFamily, isRouteType, leadsNowhere } from '../../lib/iproute2/route.js'
import { tableType } from '../../lib/iproute2/table-name.js'
import { wholeOf } from './text-values.js'
import type { ConfiguredRoute, Place } from './value.js'

/** A route as its words say it, before it is known where they stand. */
export type RouteWords = Omit<ConfiguredRoute, keyof Place>

const zero = { inet: '0.0.0.0/0', inet6: '::/0' } as const

/** Words of ip-route(8) followed by one value that is of no interest here. */
const valued = new Set(
  'proto protocol scope mtu advmss hoplimit initcwnd initrwnd rtt rttvar rto_min cwnd window ssthresh reordering realm realms quickack congctl pref weight'.split(
    ' ',
  ),
)
const flags = new Set(['onlink', 'unicast', 'lock'])

/** Words that say one thing about a route, by the words of ip-route(8). */
const keys: Readonly<Record<string, 'via' | 'interface' | 'metric' | 'table' | 'source'>> = {
  via: 'via',
  dev: 'interface',
  metric: 'metric',
  preference: 'metric',
  priority: 'metric',
  table: 'table',
  src: 'source',
}

/**
 * Reads what follows `ip route add`: `10.0.0.0/8 via 10.1.0.1 dev eth1 metric 5`.
 * @param family what `-4` or `-6` said; null: whatever the addresses are, IPv4 for `default` alone (`get_prefix`, iproute2's lib/utils.c).
 * @returns null for anything that is not understood in full, such as several next hops.
 */
export function readRouteWords(words: readonly string[], family: AddressFamily | null): RouteWords | null {
  const [first = '', ...others] = words
  const typed = isRouteType(first)
  const type = typed ? first : 'unicast'
  const [destination = '', ...rest] = typed ? others : words
  const found: Partial<Record<'via' | 'interface' | 'metric' | 'table' | 'source', string>> = {}
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? ''
    const key = keys[word]
    if (flags.has(word)) continue
    const value = rest[at + 1]
    if (value === undefined) return null
    at += 1
    if (valued.has(word)) continue
    if (key === undefined) return null
    // `via inet6 fe80::1`: RFC 8950.
    if (key === 'via' && (value === 'inet' || value === 'inet6')) {
      found.via = rest[at + 1] ?? ''
      at += 1
    } else found[key] = value
  }
  return routeOf({ destination, type, ...found }, family)
}

export interface RouteDraft {
  readonly destination: string
  readonly type?: string
  readonly via?: string
  readonly interface?: string
  readonly metric?: string
  readonly table?: string
  readonly source?: string
}

/** @returns null when a part is not what it should be. Host bits are dropped, as most systems do. */
export function routeOf(draft: RouteDraft, family: AddressFamily | null): RouteWords | null {
  const via = draft.via === undefined ? null : canonicalAddress(draft.via)
  const source = draft.source === undefined ? null : canonicalAddress(draft.source)
  const metric = draft.metric === undefined ? null : wholeOf(draft.metric)
  if ([[draft.via, via] as const, [draft.source, source] as const, [draft.metric, metric] as const].some(isUnread)) return null
  const usual = family ?? (via?.includes(':') === true ? 'inet6' : 'inet')
  const prefix = parsePrefix(draft.destination === 'default' ? zero[usual] : draft.destination)
  if (prefix === null || (family !== null && (prefix.family === 4) !== (family === 'inet'))) return null
  const type = draft.type ?? 'unicast'
  if (!leadsNowhere(type as never) && via === null && draft.interface === undefined) return null
  return {
    family: prefix.family === 4 ? 'inet' : 'inet6',
    destination: formatPrefix(prefix),
    via,
    interface: draft.interface ?? null,
    metric,
    table: tableType.read(draft.table ?? 'main'),
    source,
    type,
  }
}

const isUnread = ([text, value]: readonly [string | undefined, unknown]): boolean => text !== undefined && value === null
