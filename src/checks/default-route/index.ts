import { type Links, links, namingOf } from '../../facts/links/index.js'
import { type RouteTables, routes } from '../../facts/routes/index.js'
import { type Rules, rules } from '../../facts/rules/index.js'
import { findingOf } from '../../lib/comparison.js'
import { request } from '../../lib/fact-key.js'
import { tableObstacle } from '../../lib/iproute2/obstacle.js'
import { caveat } from '../../lib/iproute2/tables.js'
import { sentences } from '../../lib/sentences.js'
import type { CheckKind, Finding } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { judgeAbsent } from './absent.js'
import { explainNone, judgeCount, shadowRemark } from './count.js'
import { type Defaults, defaultsIn, defaultsOf, type NamedTables, type Target, targetOf } from './defaults.js'
import { describeWhole, judgeInUse, judgeLinks, judgeNowhere } from './in-use.js'
import { problems } from './problems.js'
import { ruleRemark } from './rules.js'
import { type Spec, schema } from './schema.js'

type Needs = {
  readonly tables: FactRequest<RouteTables>
  /** Only where table main is asked for. */
  readonly rules?: FactRequest<Rules>
  /** Only where an interface is named. */
  readonly links?: FactRequest<Links>
}

export const defaultRoute: CheckKind<Spec, Needs> = {
  kind: 'default-route',
  summary: 'there is one default route, or as many as expected, and traffic takes the expected one',
  schema,
  problems,

  needs: ({ family = 'inet', table, absent, interface: device }, { host }) => ({
    tables: request(routes, host.name, { family }),
    ...(table === undefined && absent !== true ? { rules: request(rules, host.name, { family }) } : {}),
    ...(device === undefined ? {} : { links: request(links, host.name, {}) }),
  }),

  evaluate: (spec, { tables: read, rules: policy, links: known }) => {
    const target = targetOf(spec)
    const tables = { ...read, naming: namingOf(known, spec.interface) }
    const obstacle = tableObstacle(tables, defaultsOf(tables, target), target.table, spec.table !== undefined)
    if (obstacle !== null) {
      const comparison = { property: 'table', outcome: 'unknown', expected: target.table, actual: obstacle.actual } as const
      return [findingOf(target.label, comparison, obstacle.message)]
    }
    const defaults = defaultsIn(tables, target)
    return spec.absent === true ? [judgeAbsent(spec, target, tables, defaults)] : judgePresent(spec, target, tables, policy, defaults)
  },
}

function judgePresent(spec: Spec, target: Target, tables: NamedTables, policy: Rules | undefined, defaults: Defaults): readonly Finding[] {
  const { gateways } = defaults
  const hidesLinks = gateways.length > 0 && (tables.hides.includes('link-state') || gateways.some(({ nextHops }) => nextHops === null))
  const blind = hidesLinks ? 'A link that is down would not be seen.' : ''
  const remark = sentences(shadowRemark(tables, target), ruleRemark(policy, tables, target), caveat(tables), blind)
  const count = judgeCount(spec, target, tables, defaults, remark)
  if (defaults.gateways.length === 0) return [count, ...missing(spec, target, tables, defaults, count)]
  return [count, ...judgeInUse(spec, target, tables, defaults), ...judgeLinks(target, defaults), ...judgeNowhere(target, defaults)]
}

/** Where any number would do but something is expected of the route in use, there must be one. */
function missing(spec: Spec, target: Target, tables: NamedTables, defaults: Defaults, count: Finding): readonly Finding[] {
  const expected = describeWhole(spec)
  if (expected === '' || count.verdict === 'fail') return []
  const comparison = { property: '', outcome: 'unmet', expected, actual: 'no default route' } as const
  return [findingOf(target.label, comparison, sentences(tables.naming.missing ?? '', explainNone({}, target, tables, defaults)))]
}
