import type { Hidden, NextHop, Route, RouteTables } from '../../facts/routes/index.js'
import { describeExpectation, type Expectation, meets, numberType, textType, type ValueType } from '../../lib/expectation.js'
import { showHops, showRoute } from '../../lib/iproute2/words.js'
import { addressType } from '../../lib/value-types.js'
import { describeNextHops, matchNextHops } from './next-hops.js'
import type { Spec } from './schema.js'

/** `unknown`: the host does not show what would decide it. */
export type Outcome = 'met' | 'unmet' | 'unknown'

export interface Comparison {
  readonly property: string
  readonly outcome: Outcome
  readonly expected: string
  readonly actual: string
}

/** Whether an expectation about next hops holds when every one meets it, or already when one does. */
export type Quantifier = 'every' | 'some'

/** Compares a route with everything the specification expects of it; nothing when it expects nothing. */
export function compareRoute(spec: Spec, route: Route, tables: RouteTables, quantifier: Quantifier): readonly Comparison[] {
  const hidden = (what: Hidden): boolean => tables.hides.includes(what)
  return [
    compareTypes(spec, route),
    compareGateway(spec, route, tables, quantifier),
    compareNextHops(spec, route, tables),
    compare('metric', numberType, spec.metric, route.metric, true),
    compare('protocol', textType, spec.protocol, route.protocol, route.protocol !== null),
    compare('source', addressType, spec.source, route.source, route.source !== null || !hidden('source')),
  ].filter((comparison) => comparison !== null)
}

/** The outcome of all comparisons together. */
export function overall(comparisons: readonly Comparison[]): Outcome {
  if (comparisons.some(({ outcome }) => outcome === 'unmet')) return 'unmet'
  return comparisons.some(({ outcome }) => outcome === 'unknown') ? 'unknown' : 'met'
}

/** @param known false when the host does not show the value. */
export function compare<Raw, Value>(
  property: string,
  type: ValueType<Raw, Value>,
  expectation: Expectation<Raw> | undefined,
  actual: Value | null,
  known: boolean,
): Comparison | null {
  if (expectation === undefined) return null
  const outcome = known ? (meets(type, expectation, actual) ? 'met' : 'unmet') : 'unknown'
  return {
    property,
    outcome,
    expected: describeExpectation(type, expectation),
    actual: known ? (actual === null ? 'none' : type.show(actual)) : 'not shown by this host',
  }
}

function compareTypes(spec: Spec, route: Route): Comparison | null {
  const { type: expectation } = spec
  if (expectation === undefined) return null
  const met = route.types.map((type) => meets(textType, expectation, type))
  const outcome = met.every(Boolean) ? 'met' : met.some(Boolean) ? 'unknown' : 'unmet'
  return { property: 'type', outcome, expected: describeExpectation(textType, expectation), actual: route.types.join(' or ') }
}

/** `via` and `interface` are one property when both are expected: a gateway is reached through its interface. */
function compareGateway(spec: Spec, route: Route, tables: RouteTables, quantifier: Quantifier): Comparison | null {
  if (spec.via === undefined && spec.interface === undefined) return null
  return {
    property: spec.via === undefined ? 'interface' : 'via',
    outcome: gatewayOutcome(spec, route, tables, quantifier),
    expected: describeGateway(spec),
    actual: showRoute(route),
  }
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

/** `203.0.113.1 dev eth0`, `not 10.0.0.1`, `eth0`. */
export function describeGateway(spec: Spec): string {
  const device = spec.interface === undefined ? '' : describeExpectation(textType, spec.interface)
  if (spec.via === undefined) return device
  const gateway = describeExpectation(addressType, spec.via)
  return device === '' ? gateway : `${gateway} dev ${device}`
}

function gatewayOutcome(spec: Spec, route: Route, tables: RouteTables, quantifier: Quantifier): Outcome {
  const { nextHops } = route
  if (nextHops === null) return 'unknown'
  // A blackhole has no gateway: that meets `not`, and nothing else.
  const hops = nextHops.length === 0 ? [{ via: null, interface: null }] : nextHops
  const met = hops.map((hop) => hopMeets(spec, hop))
  if (quantifier === 'every') return met.every(Boolean) ? 'met' : 'unmet'
  if (met.some(Boolean)) return 'met'
  return nextHops.length > 0 && tables.hides.includes('further-next-hops') ? 'unknown' : 'unmet'
}

export function hopMeets(spec: Spec, hop: Pick<NextHop, 'via' | 'interface'>): boolean {
  return (
    (spec.via === undefined || meets(addressType, spec.via, hop.via)) &&
    (spec.interface === undefined || meets(textType, spec.interface, hop.interface))
  )
}

function compareNextHops(spec: Spec, route: Route, tables: RouteTables): Comparison | null {
  const expected = spec['next-hops']
  if (expected === undefined) return null
  const property = 'next-hops'
  const shown = { property, expected: describeNextHops(expected), actual: showHops(route) }
  if (route.nextHops === null) return { ...shown, outcome: 'unknown' }
  const { extra, missing } = matchNextHops(expected, route.nextHops)
  if (tables.hides.includes('further-next-hops')) return { ...shown, outcome: extra.length > 0 ? 'unmet' : 'unknown' }
  return { ...shown, outcome: extra.length + missing.length === 0 ? 'met' : 'unmet' }
}
