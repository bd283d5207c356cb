import { canonicalAddress } from '../../../lib/address.js'
import type { Draft } from '../draft.js'
import { defaultOf, familyOf, networkOf } from '../text-values.js'
import type { ConfiguredRoute, ConfiguredRule } from '../value.js'
import { Fields } from './fields.js'
import { type Tree, type TreeMap, written } from './tree.js'

const types = ['unicast', 'anycast', 'blackhole', 'broadcast', 'local', 'multicast', 'nat', 'prohibit', 'throw', 'unreachable', 'xresolve']
const ignored = /^(on-link|scope|mtu|congestion-window|advertised-receive-window|advertised-mss)$/

/** `gateway4` and `gateway6`: deprecated for a default route, and still read. */
export function gatewayRoute(fields: Fields, draft: Draft, about: string | null, table: string): readonly ConfiguredRoute[] {
  return (['inet', 'inet6'] as const).flatMap((family) => {
    const key = family === 'inet' ? 'gateway4' : 'gateway6'
    const value = fields.text(key, ['routes'])
    if (value === null) return []
    const via = canonicalAddress(value.text)
    if (via === null || familyOf(value.text) !== family) {
      draft.doubt(value, `${key}: ${value.text}`, 'expected an address', about, ['routes'])
      return []
    }
    const { file, line } = value
    return [
      { file, line, family, destination: defaultOf[family], via, interface: about, metric: null, table, source: null, type: 'unicast' },
    ]
  })
}

/** What comes twice counts once (is_route_present in netplan's src/util.c). */
export function readRoutes(fields: Fields, draft: Draft, about: string | null, table: string): readonly ConfiguredRoute[] {
  const found = new Map<string, ConfiguredRoute>()
  for (const item of fields.list('routes', ['routes'])) {
    const route = item.kind === 'map' ? routeOf(item, draft, about, table) : null
    if (route === null)
      draft.doubt(item, `routes: ${written(item)}`, 'expected a route with `to`, and with `via` unless it is on the link', about, [
        'routes',
      ])
    else {
      const key = JSON.stringify([route.destination, route.via, route.metric, route.table, route.source])
      if (!found.has(key)) found.set(key, route)
    }
  }
  return [...found.values()]
}

function routeOf(map: TreeMap, draft: Draft, about: string | null, table: string): ConfiguredRoute | null {
  const fields = new Fields(map, draft, about)
  const to = fields.text('to', ['routes'])?.text ?? null
  const viaText = fields.text('via', ['routes'])?.text ?? null
  const via = viaText === null ? null : canonicalAddress(viaText)
  const from = fields.text('from', ['routes'])?.text ?? null
  const source = from === null ? null : canonicalAddress(from)
  const type = fields.text('type', ['routes'])?.text ?? 'unicast'
  const metric = fields.whole('metric', ['routes'])
  const own = fields.whole('table', ['routes'])
  const scope = fields.text('scope', ['routes'])?.text
  fields.rest((key) => ignored.test(key), ['routes'])

  const family = viaText === null ? null : familyOf(viaText)
  const destination =
    to === 'default' ? (family === null ? null : { family, prefix: defaultOf[family] }) : to === null ? null : networkOf(to)
  const wantsGateway = type === 'unicast' && scope !== 'link' && scope !== 'host'
  const wrong = (viaText !== null && via === null) || (from !== null && source === null) || !types.includes(type)
  if (destination === null || wrong || (wantsGateway && scope === 'global' && via === null)) return null
  const { file, line } = map
  return {
    file,
    line,
    family: destination.family,
    destination: destination.prefix,
    via,
    interface: about,
    metric,
    table: own === null ? table : own === 254 ? 'main' : String(own),
    source,
    type,
  }
}

/** @param vrfTable of the VRF whose rules these are. */
export function readRules(fields: Fields, draft: Draft, about: string | null, vrfTable: string | null): readonly ConfiguredRule[] {
  return fields.list('routing-policy', ['routes']).flatMap((item) => {
    const rule = item.kind === 'map' ? ruleOf(item, draft, about, vrfTable) : null
    if (rule === null) draft.doubt(item, `routing-policy: ${written(item)}`, 'expected a rule with `from` or `to`', about, ['routes'])
    return rule === null ? [] : [rule]
  })
}

function ruleOf(map: TreeMap, draft: Draft, about: string | null, vrfTable: string | null): ConfiguredRule | null {
  const fields = new Fields(map, draft, about)
  const prefix = (key: string): { text: string; network: ReturnType<typeof networkOf> } | null => {
    const value = fields.text(key, ['routes'])
    return value === null ? null : { text: value.text, network: networkOf(value.text) }
  }
  const from = prefix('from')
  const to = prefix('to')
  const table = fields.whole('table', ['routes'])
  const priority = fields.whole('priority', ['routes'])
  fields.rest((key) => key === 'mark' || key === 'type-of-service', ['routes'])
  const family = (from ?? to)?.network?.family ?? null
  if (family === null || [from, to].some((side) => side !== null && side.network?.family !== family)) return null
  const { file, line } = map
  const text = [...map.entries].map(([key, value]: [string, Tree]) => `${key} ${written(value)}`).join(' ')
  return {
    file,
    line,
    family,
    priority,
    from: from?.network?.prefix ?? null,
    to: to?.network?.prefix ?? null,
    table: table === null ? vrfTable : table === 254 ? 'main' : String(table),
    text,
  }
}
