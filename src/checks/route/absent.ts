import { absenceWithout } from '../../facts/links/index.js'
import type { Route } from '../../facts/routes/index.js'
import { findingOf, overall } from '../../lib/comparison.js'
import { caveat } from '../../lib/iproute2/tables.js'
import { originOf, showRoute } from '../../lib/iproute2/words.js'
import { sentences } from '../../lib/sentences.js'
import type { Finding } from '../../model/check.js'
import { compareRoute, describeWhole } from './compare.js'
import type { Spec } from './schema.js'
import type { NamedTables, Target } from './target.js'

/** Whatever the metric: no candidate may meet all other expectations, and with one next hop that does it meets them. */
export function judgeAbsent(spec: Spec, target: Target, tables: NamedTables, candidates: readonly Route[]): readonly Finding[] {
  const judged = candidates.map((route) => {
    return { route, outcome: overall(compareRoute(spec, route, tables, 'some')) }
  })
  const { missing, remark } = tables.naming
  const offender = judged.find(({ outcome }) => outcome === 'met')
  const suspect = judged.find(({ outcome }) => outcome === 'unknown')
  const expected = describeAbsent(spec)
  if (offender !== undefined) {
    const comparison = { property: '', outcome: 'unmet', expected, actual: showRoute(offender.route) } as const
    return [findingOf(target.label, comparison, sentences('The route is there.', originOf(offender.route), caveat(tables)))]
  }
  if (suspect !== undefined) {
    const comparison = { property: '', outcome: 'unknown', expected, actual: showRoute(suspect.route) } as const
    const message = 'Whether this route is the unwanted one, the tools of this host do not show; `ip` of iproute2 would.'
    return [findingOf(target.label, comparison, sentences(missing ?? '', message))]
  }
  const actual = judged.length === 0 ? 'no such route' : judged.map(({ route }) => showRoute(route)).join('; ')
  if (missing !== null) return [findingOf(target.label, { property: '', outcome: 'unknown', expected, actual }, absenceWithout(missing))]
  return [findingOf(target.label, { property: '', outcome: 'met', expected, actual }, remark)]
}

/** `no route`, `no route with via 10.0.0.1, metric at most 5`. */
function describeAbsent(spec: Spec): string {
  const words = describeWhole(spec)
  return words === '' ? 'no route' : `no route with ${words}`
}
