import { explainNamed } from '../../facts/links/index.js'
import type { Route } from '../../facts/routes/index.js'
import { type Comparison, compare, findingOf, type Outcome } from '../../lib/comparison.js'
import { describeExpectation, numberType } from '../../lib/expectation.js'
import { compareGateway, describeGateway, type Quantifier } from '../../lib/iproute2/gateway.js'
import { mentionRoute, originOf, showHop, showRoute } from '../../lib/iproute2/words.js'
import { sentences } from '../../lib/sentences.js'
import { addressType } from '../../lib/value-types.js'
import type { Finding } from '../../model/check.js'
import { type Defaults, inUse, type NamedTables, type Target } from './defaults.js'
import type { Spec } from './schema.js'

/** One default route, and what is expected of it. */
export function compareDefault(spec: Spec, route: Route, tables: NamedTables, quantifier: Quantifier): readonly Comparison[] {
  return [
    compareGateway(spec, route, tables.hides, quantifier, tables.naming.names),
    compare('metric', numberType, spec.metric, route.metric, true),
    compare('source', addressType, spec.source, route.source, route.source !== null || !tables.hides.includes('source')),
  ].filter((comparison) => comparison !== null)
}

/** `via 203.0.113.1 dev eth0, metric at most 100`; empty when nothing is expected but their number. */
export function describeWhole(spec: Spec): string {
  return [
    spec.via === undefined && spec.interface === undefined
      ? ''
      : `${spec.via === undefined ? 'interface' : 'via'} ${describeGateway(spec)}`,
    spec.metric === undefined ? '' : `metric ${describeExpectation(numberType, spec.metric)}`,
    spec.source === undefined ? '' : `source ${describeExpectation(addressType, spec.source)}`,
  ]
    .filter((words) => words !== '')
    .join(', ')
}

/** Judges the default route that traffic takes; of several between which the kernel chooses, every one must be as expected. */
export function judgeInUse(spec: Spec, target: Target, tables: NamedTables, defaults: Defaults): readonly Finding[] {
  const routes = inUse(defaults)
  const rows = routes.map((route) => compareDefault(spec, route, tables, 'every'))
  const [first = []] = rows
  return first.map((comparison, index) => {
    const all = rows.flatMap((row) => row[index] ?? [])
    const outcome = worst(all.map((each) => each.outcome))
    const actual = [...new Set(all.map((each) => each.actual))].join('; ')
    const why = outcome === 'met' ? '' : explain(spec, tables, defaults, routes, { ...comparison, outcome })
    return findingOf(
      target.label,
      { ...comparison, outcome, actual },
      isGateway(comparison) ? explainNamed(tables.naming, outcome, why) : why,
    )
  })
}

const isGateway = ({ property }: Comparison): boolean => property === 'via' || property === 'interface'

function worst(outcomes: readonly Outcome[]): Outcome {
  return outcomes.includes('unmet') ? 'unmet' : outcomes.includes('unknown') ? 'unknown' : 'met'
}

function explain(spec: Spec, tables: NamedTables, defaults: Defaults, routes: readonly Route[], comparison: Comparison): string {
  if (comparison.outcome === 'unknown') return 'The tools of this host do not show it; `ip` of iproute2 would.'
  const meetsAll = (route: Route): boolean => compareDefault(spec, route, tables, 'every').every(({ outcome }) => outcome === 'met')
  if (routes.length > 1) return `${routes.length} default routes share the metric ${routes[0]?.metric}: the kernel may use any of them.`
  const wanted = defaults.gateways.find(meetsAll)
  const [winner] = routes
  if (winner === undefined || wanted === undefined) return winner === undefined ? '' : originOf(winner)
  if (wanted.metric === winner.metric) {
    return `There is one ${mentionRoute({ ...wanted, metric: 0 })} too, of the same metric: the router in use advertises itself with a higher preference (RFC 4191).`
  }
  const dead = wanted.metric < winner.metric ? 'but its link is dead' : 'and the lower metric wins'
  return `There is one ${mentionRoute({ ...wanted, metric: 0 })} too: its metric is ${wanted.metric}, ${dead}.`
}

/** Every default route must have a working link: the kernel goes on using one that has none. */
export function judgeLinks(target: Target, { gateways }: Defaults): readonly Finding[] {
  const broken = gateways.flatMap((route) =>
    (route.nextHops ?? []).filter(({ flags }) => flags.includes('dead') || flags.includes('linkdown')),
  )
  const [first] = broken
  if (first === undefined) return []
  const actual = `dead: ${broken.map((hop) => showHop(hop)).join(', ')}`
  const consequence = first.flags.includes('dead')
    ? 'the kernel passes over it'
    : 'the kernel sends packets into it all the same, as the sysctl ignore_routes_with_linkdown is not set'
  const message = sentences(
    `${first.interface} has no carrier or is down, and ${consequence}.`,
    `Look at \`ip link show ${first.interface}\`, the cable and the switch port.`,
  )
  return [findingOf(target.label, { property: 'link', outcome: 'unmet', expected: 'up', actual }, message)]
}

/** A blackhole with the lowest metric takes all traffic, whatever gateways stand behind it. */
export function judgeNowhere(target: Target, defaults: Defaults): readonly Finding[] {
  const swallowing = inUse(defaults).find((route) => route.nextHops?.length === 0)
  if (swallowing === undefined || defaults.gateways.length === 0) return []
  const comparison = {
    property: 'type',
    outcome: 'unmet',
    expected: 'a route that leads somewhere',
    actual: showRoute(swallowing),
  } as const
  const message = sentences(
    'It has the lowest metric, so that traffic is turned away in spite of the gateways behind it.',
    originOf(swallowing),
  )
  return [findingOf(target.label, comparison, message)]
}
