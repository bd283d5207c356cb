import type { Hidden, Route } from '../../facts/routes/index.js'
import { type Comparison, compare } from '../../lib/comparison.js'
import { describeExpectation, meets, numberType, textType } from '../../lib/expectation.js'
import { inEachReading } from '../../lib/interface-names.js'
import { compareGateway, describeGateway, type Quantifier } from '../../lib/iproute2/gateway.js'
import { showHops } from '../../lib/iproute2/words.js'
import { addressType } from '../../lib/value-types.js'
import { describeNextHops, matchNextHops } from './next-hops.js'
import type { Spec } from './schema.js'
import type { NamedTables } from './target.js'

/** Compares a route with everything the specification expects of it; nothing when it expects nothing. */
export function compareRoute(spec: Spec, route: Route, tables: NamedTables, quantifier: Quantifier): readonly Comparison[] {
  const hidden = (what: Hidden): boolean => tables.hides.includes(what)
  return [
    compareTypes(spec, route),
    compareGateway(spec, route, tables.hides, quantifier, tables.naming.names),
    compareNextHops(spec, route, tables),
    compare('metric', numberType, spec.metric, route.metric, true),
    compare('protocol', textType, spec.protocol, route.protocol, route.protocol !== null),
    compare('source', addressType, spec.source, route.source, route.source !== null || !hidden('source')),
  ].filter((comparison) => comparison !== null)
}

function compareTypes(spec: Spec, route: Route): Comparison | null {
  const { type: expectation } = spec
  if (expectation === undefined) return null
  const met = route.types.map((type) => meets(textType, expectation, type))
  const outcome = met.every(Boolean) ? 'met' : met.some(Boolean) ? 'unknown' : 'unmet'
  return { property: 'type', outcome, expected: describeExpectation(textType, expectation), actual: route.types.join(' or ') }
}

/** What is expected, property by property, in the order in which it is compared. */
export function describeSpec(spec: Spec): readonly Pick<Comparison, 'property' | 'expected'>[] {
  const gateway = describeGateway(spec)
  const hops = spec['next-hops']
  return [
    spec.type === undefined ? null : { property: 'type', expected: describeExpectation(textType, spec.type) },
    gateway === '' ? null : { property: spec.via === undefined ? 'interface' : 'via', expected: gateway },
    hops === undefined ? null : { property: 'next-hops', expected: describeNextHops(hops) },
    spec.source === undefined ? null : { property: 'source', expected: describeExpectation(addressType, spec.source) },
    spec.metric === undefined ? null : { property: 'metric', expected: describeExpectation(numberType, spec.metric) },
    spec.protocol === undefined ? null : { property: 'protocol', expected: describeExpectation(textType, spec.protocol) },
  ].filter((part) => part !== null)
}

/** `via 203.0.113.1 dev eth0, metric at most 100`; empty when nothing is expected but presence. */
export function describeWhole(spec: Spec): string {
  return describeSpec(spec)
    .map(({ property, expected }) => `${property} ${expected}`)
    .join(', ')
}

function compareNextHops(spec: Spec, route: Route, tables: NamedTables): Comparison | null {
  const expected = spec['next-hops']
  if (expected === undefined) return null
  const property = 'next-hops'
  const shown = { property, expected: describeNextHops(expected), actual: showHops(route) }
  const { nextHops } = route
  if (nextHops === null) return { ...shown, outcome: 'unknown' }
  const outcome = inEachReading(tables.naming.names, (names) => {
    const { extra, missing } = matchNextHops(expected, nextHops, names)
    if (tables.hides.includes('further-next-hops')) return extra.length > 0 ? 'unmet' : 'unknown'
    return extra.length + missing.length === 0 ? 'met' : 'unmet'
  })
  return { ...shown, outcome }
}
