import { absenceWithout } from '../../facts/links/index.js'
import { findingOf, overall } from '../../lib/comparison.js'
import { caveat } from '../../lib/iproute2/tables.js'
import { originOf, showRoute } from '../../lib/iproute2/words.js'
import { sentences } from '../../lib/sentences.js'
import type { Finding } from '../../model/check.js'
import type { Defaults, NamedTables, Target } from './defaults.js'
import { compareDefault, describeWhole } from './in-use.js'
import type { Spec } from './schema.js'

/** Whatever the metric: no default route may meet all other expectations, and with one next hop that does it meets them. */
export function judgeAbsent(spec: Spec, target: Target, tables: NamedTables, { gateways, nowhere }: Defaults): Finding {
  const whole = describeWhole(spec)
  const expected = whole === '' ? 'no default route' : `no default route with ${whole}`
  const { missing, remark } = tables.naming
  const judged = gateways.map((route) => {
    const sure = route.types.length === 1 || !route.types.includes('unicast')
    const outcome = overall(compareDefault(spec, route, tables, 'some'))
    return { route, outcome: sure || outcome === 'unmet' ? outcome : 'unknown' }
  })
  const offender = judged.find(({ outcome }) => outcome === 'met')
  if (offender !== undefined) {
    const comparison = { property: '', outcome: 'unmet', expected, actual: showRoute(offender.route) } as const
    const message = sentences(
      'The default route is there.',
      originOf(offender.route),
      'Take the gateway out of the network configuration of that interface, or the default route out of what DHCP may set.',
      caveat(tables),
    )
    return findingOf(target.label, comparison, message)
  }
  const suspect = judged.find(({ outcome }) => outcome === 'unknown')
  if (suspect !== undefined) {
    const comparison = { property: '', outcome: 'unknown', expected, actual: showRoute(suspect.route) } as const
    const message = 'Whether this route is the unwanted one, the tools of this host do not show; `ip` of iproute2 would.'
    return findingOf(target.label, comparison, sentences(missing ?? '', message))
  }
  const others = [...gateways, ...nowhere].map(showRoute).join('; ')
  const actual = others === '' ? 'no default route' : others
  if (missing !== null) return findingOf(target.label, { property: '', outcome: 'unknown', expected, actual }, absenceWithout(missing))
  return findingOf(target.label, { property: '', outcome: 'met', expected, actual }, remark)
}
