import type { Route } from '../../facts/routes/index.js'
import type { Rule, Rules } from '../../facts/rules/index.js'
import { isForAllPackets, isIn } from '../../lib/iproute2/tables.js'
import { mentionRoute } from '../../lib/iproute2/words.js'
import { defaultsOf, type NamedTables, type Target } from './defaults.js'

/** Rules that look up table main last come after all others (32766, fib_default_rules_init). */
const isForMain = ({ from, to, table, further }: Rule): boolean => table === 'main' && from === null && to === null && further === ''

/** Of every packet, or of every one but those with a mark, which are the VPN's own. */
const isForNearlyAll = ({ from, to, further }: Rule): boolean =>
  from === null && to === null && /^(not fwmark \S+)?\s*(prohibit|unreachable|blackhole)?$/.test(further)

/** What rules do with packets before table main is looked at, so that its default route is not taken; empty where they let them pass. */
export function ruleRemark(rules: Rules | undefined, tables: NamedTables, target: Target): string {
  if (rules === undefined || target.table !== 'main') return ''
  for (const rule of rules.rules) {
    if (isForMain(rule)) return ''
    if (!isForNearlyAll(rule) || rule.table === 'local') continue
    if (rule.table === null) {
      const action = /(prohibit|unreachable|blackhole)$/.exec(rule.further)?.[1]
      if (action !== undefined) return `Hardly any traffic takes it: the rule ${show(rule)} comes before table main and turns packets away.`
      continue
    }
    const [other] = defaultsOf(tables, target).filter((route: Route) => isIn(route, rule.table ?? '') && isForAllPackets(route))
    if (other !== undefined)
      return `Hardly any traffic takes it: the rule ${show(rule)} comes before table main and leads to ${mentionRoute(other)}, as VPN clients set it.`
  }
  return ''
}

const show = ({ priority, further, table }: Rule): string =>
  `\`${priority}: ${['from all', further, table === null ? '' : `lookup ${table}`].filter((part) => part !== '').join(' ')}\``
