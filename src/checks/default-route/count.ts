import type { RouteTables } from '../../facts/routes/index.js'
import { findingOf, type Outcome } from '../../lib/comparison.js'
import { describeExpectation, meets, numberType } from '../../lib/expectation.js'
import { mentionRoute, showRoute } from '../../lib/iproute2/words.js'
import { sentences } from '../../lib/sentences.js'
import type { Finding } from '../../model/check.js'
import { type Count, countOf, type Defaults, defaultsOf, type NamedTables, shadowOf, type Target } from './defaults.js'
import { describeWhole } from './in-use.js'
import type { Spec } from './schema.js'
import { explainSeveral } from './several.js'

const most = 5

/** Judges how many default routes the table has. */
export function judgeCount(spec: Spec, target: Target, tables: NamedTables, defaults: Defaults, remark: string): Finding {
  const { gateways } = defaults
  const count = countOf(tables, target, gateways)
  const expectation = spec.count ?? 1
  const outcome = outcomeOf(expectation, count)
  const shown = gateways.slice(0, most).map(showRoute).join('; ')
  const more = gateways.length > most ? ` and ${gateways.length - most} more` : ''
  const number = count.least === count.most ? String(count.most) : `${count.least} to ${count.most}`
  const comparison = {
    property: 'count',
    outcome,
    expected: describeExpectation(numberType, expectation),
    actual: `${number}${shown === '' ? '' : `: ${shown}${more}`}`,
  }
  if (outcome === 'met') return findingOf(target.label, comparison, remark)
  if (outcome === 'unknown') return findingOf(target.label, comparison, sentences(count.doubt, '`ip` of iproute2 would show it.'))
  return findingOf(target.label, comparison, sentences(explain(spec, target, tables, defaults, count), remark))
}

function outcomeOf(expectation: NonNullable<Spec['count']>, { least, most }: Count): Outcome {
  const met = Array.from({ length: Math.min(most - least, 1_000) + 1 }, (_, index) => meets(numberType, expectation, least + index))
  return met.every(Boolean) ? 'met' : met.some(Boolean) ? 'unknown' : 'unmet'
}

function explain(spec: Spec, target: Target, tables: NamedTables, defaults: Defaults, { most: found }: Count): string {
  if (found === 0) return explainNone(spec, target, tables, defaults)
  if (found > 1) return explainSeveral(spec, target, tables, defaults)
  return meets(numberType, spec.count ?? 1, 0)
    ? 'The route is there: see where it comes from with `ip route show default table all`.'
    : 'More were expected: a gateway that is not configured, or whose interface is down. Look at `ip link` and `ip route show default table all`.'
}

/** Where a missing default route may be, and what there is instead. */
export function explainNone(spec: Spec, target: Target, tables: RouteTables, { nowhere }: Defaults): string {
  const elsewhere = defaultsOf(tables, target).filter(({ table, nextHops }) => (table ?? 'main') !== target.table && nextHops?.length !== 0)
  const wanted = describeWhole(spec)
  const command = target.family === 'inet' ? 'ip route' : 'ip -6 route'
  return sentences(
    `Table ${target.table} has no way to other networks${wanted === '' ? '' : ` (expected: ${wanted})`}.`,
    nowhere.length === 0 ? '' : `Its default route turns packets away: ${nowhere.map(showRoute).join(', ')}.`,
    ...elsewhere.slice(0, 3).map((route) => `Table ${route.table} has one, for packets that a rule sends there: ${mentionRoute(route)}.`),
    `A default route goes when its interface does: look at \`${command} show default table all\` and \`ip link\`, then at the gateway in the network configuration or the DHCP lease.`,
  )
}

/** What takes all traffic away from every default route. */
export function shadowRemark(tables: RouteTables, target: Target): string {
  const shadow = shadowOf(tables, target)
  const [first] = shadow ?? []
  if (shadow === null || first === undefined) return ''
  const names = shadow.map(({ destination }) => destination).join(' and ')
  return `No traffic takes the default route: ${names} ${mentionRoute(first)} cover${shadow.length === 1 ? 's' : ''} every ${target.family === 'inet' ? '' : 'global '}address and ${shadow.length === 1 ? 'is' : 'are'} longer, as VPN clients set it.`
}
