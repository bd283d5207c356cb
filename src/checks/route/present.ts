import { explainNamed } from '../../facts/links/index.js'
import type { Route } from '../../facts/routes/index.js'
import { type Comparison, findingOf, overall } from '../../lib/comparison.js'
import type { NameReading } from '../../lib/interface-names.js'
import { hopMeets } from '../../lib/iproute2/gateway.js'
import { caveat, effectiveRoute } from '../../lib/iproute2/tables.js'
import { mentionRoute, originOf, showHop, showRoute } from '../../lib/iproute2/words.js'
import { numeral, sentences } from '../../lib/sentences.js'
import type { Finding } from '../../model/check.js'
import { compareRoute, describeWhole } from './compare.js'
import { explainMissing } from './missing.js'
import { explainNextHops, matchNextHops } from './next-hops.js'
import type { Spec } from './schema.js'
import type { NamedTables, Target } from './target.js'

/** Judges the route that the kernel uses among `candidates`, all of them routes to the target in its table. */
export function judgePresent(spec: Spec, target: Target, tables: NamedTables, candidates: readonly Route[]): readonly Finding[] {
  const { naming } = tables
  const choices = ofInterface(spec, target, naming.names.shown, candidates)
  const chosen = spec.backup === true ? bestMatch(spec, tables, choices) : effectiveRoute(choices, tables.family)
  if (chosen === null) {
    const comparison = { property: '', outcome: 'unmet', expected: describeWhole(spec) || 'a route', actual: 'no such route' } as const
    return [findingOf(target.label, comparison, sentences(naming.missing ?? '', explainMissing(tables, target)))]
  }
  const comparisons = compareRoute(spec, chosen, tables, 'every')
  const hidesLinks = chosen.nextHops === null || (tables.hides.includes('link-state') && chosen.nextHops.length !== 0)
  const provesLinks = !hidesLinks && !(tables.hides.includes('further-next-hops') && chosen.nextHops.length !== 0)
  const remark = sentences(caveat(tables), hidesLinks && spec.link === undefined ? 'A link that is down would not be seen.' : '')
  const findings = comparisons.map((comparison) => {
    const why = comparison.outcome === 'met' ? remark : explain(spec, tables, chosen, choices, comparison)
    return findingOf(target.label, comparison, namesInterfaces(comparison) ? explainNamed(naming, comparison.outcome, why) : why)
  })
  const all = [
    ...judgeType(spec, target, chosen),
    ...findings,
    ...(spec.link === 'any' ? [] : judgeLinks(target, chosen)),
    ...(spec.link === 'up' && !provesLinks ? [unseenLink(target)] : []),
  ]
  if (all.length > 0) return all
  const present = { property: '', outcome: 'met', expected: 'a route', actual: showRoute(chosen) } as const
  return [findingOf(target.label, present, remark)]
}

const namesInterfaces = ({ property }: Comparison): boolean => ['via', 'interface', 'next-hops'].includes(property)

/** Link-local and multicast networks exist once per interface: the expected interface says which one is meant. */
function ofInterface(spec: Spec, target: Target, names: NameReading['shown'], candidates: readonly Route[]): readonly Route[] {
  if (spec.interface === undefined || !/^(fe[89ab]|ff)/.test(target.destination)) return candidates
  const { interface: device } = spec
  const own = candidates.filter((route) => route.nextHops?.some((hop) => hopMeets({ interface: device }, hop, names)))
  return own.length === 0 ? candidates : own
}

/** For backups: the first that meets everything, else the first that may, else the one the kernel uses. */
function bestMatch(spec: Spec, tables: NamedTables, candidates: readonly Route[]): Route | null {
  const outcomes = candidates.map((route) => overall(compareRoute(spec, route, tables, 'every')))
  const best = [outcomes.indexOf('met'), outcomes.indexOf('unknown')].find((index) => index !== -1)
  return (best === undefined ? undefined : candidates[best]) ?? effectiveRoute(candidates, tables.family)
}

/** Without a `type`, a route is expected to lead somewhere. */
function judgeType(spec: Spec, target: Target, route: Route): readonly Finding[] {
  const actual = route.types.join(' or ')
  if (spec.type === undefined && route.types.length > 1 && route.types.includes('unicast')) {
    const open = { property: 'type', outcome: 'unknown', expected: 'a route that leads somewhere', actual } as const
    return [findingOf(target.label, open, 'The tools of this host do not show it; `ip` of iproute2 would.')]
  }
  if (spec.type !== undefined || route.nextHops?.length !== 0) return []
  const comparison = { property: 'type', outcome: 'unmet', expected: 'a route that leads somewhere', actual } as const
  const message = sentences('The route is there to turn packets away.', originOf(route), 'Where that is meant, expect it with `type`.')
  return [findingOf(target.label, comparison, message)]
}

function explain(spec: Spec, tables: NamedTables, chosen: Route, candidates: readonly Route[], comparison: Comparison): string {
  if (comparison.outcome === 'unknown') return 'The tools of this host do not show it; `ip` of iproute2 would.'
  const others = candidates.filter((route) => route.metric !== chosen.metric)
  const wanted = others.find((route) => overall(compareRoute(spec, route, tables, 'every')) === 'met')
  if (wanted !== undefined) return explainOutranked(chosen, wanted, others.length + 1)
  const several = others.length === 0 ? '' : `${numeral(others.length + 1)} such routes, and none is as expected.`
  return sentences(several, explainHops(spec, tables, chosen, comparison), originOf(chosen))
}

function explainOutranked(chosen: Route, wanted: Route, count: number): string {
  const kind = /\/0$/.test(chosen.destination) ? 'default routes' : `routes to ${chosen.destination}`
  const [hop] = wanted.nextHops ?? []
  const which =
    hop === undefined
      ? `the ${mentionRoute({ ...wanted, metric: 0 })} one`
      : `the one ${hop.via === null ? '' : 'via '}${hop.via ?? `dev ${hop.interface}`}`
  const reason = wanted.metric > chosen.metric ? 'and the lower metric wins' : 'but its link is dead'
  return `${numeral(count)} ${kind}: ${which} has metric ${wanted.metric}, ${reason}.`
}

function explainHops(spec: Spec, { naming }: NamedTables, route: Route, { property }: Comparison): string {
  const { nextHops } = route
  const expected = spec['next-hops']
  if (property === 'next-hops' && expected !== undefined && nextHops !== null)
    return explainNextHops(matchNextHops(expected, nextHops, naming.names.shown))
  if (nextHops === null || nextHops.length < 2 || (property !== 'via' && property !== 'interface')) return ''
  return `The route has ${nextHops.length} next hops, and every one must be as expected; \`next-hops\` lists several.`
}

/** `link: up` in so many words is to be proven; where it is the default, a remark says that it was not. */
function unseenLink(target: Target): Finding {
  const comparison = { property: 'link', outcome: 'unknown', expected: 'up', actual: 'not shown by this host' } as const
  return findingOf(target.label, comparison, 'The tools of this host do not show it; `ip` of iproute2 would.')
}

function judgeLinks(target: Target, route: Route): readonly Finding[] {
  const broken = (route.nextHops ?? []).filter((hop) => hop.flags.includes('dead') || hop.flags.includes('linkdown'))
  const [first] = broken
  if (first === undefined) return []
  const comparison = { property: 'link', outcome: 'unmet', expected: 'up', actual: broken.map((hop) => showHop(hop)).join(', ') } as const
  const message = sentences(
    `The route is there, but ${first.interface} has no carrier or is down: look at \`ip link show ${first.interface}\`, the cable and the switch port.`,
    'With `link: any` this is accepted.',
  )
  return [findingOf(target.label, comparison, message)]
}
