import type { Comparison, Outcome } from '../comparison.js'
import { describeExpectation, type Expectation, meets, textType } from '../expectation.js'
import { inEachReading, type NameReading } from '../interface-names.js'
import { addressType } from '../value-types.js'
import type { NextHop, Route } from './route.js'
import { showRoute } from './words.js'

/** What a runbook expects of a gateway and of the way to it. */
export interface GatewaySpec {
  readonly via?: Expectation<string>
  readonly interface?: Expectation<string>
}

/** Whether an expectation about next hops holds when every one meets it, or already when one does. */
export type Quantifier = 'every' | 'some'

/** `via` and `interface` are one property when both are expected: a gateway is reached through its interface. */
export function compareGateway(
  spec: GatewaySpec,
  route: Route,
  hides: readonly string[],
  quantifier: Quantifier,
  names: NameReading,
): Comparison | null {
  if (spec.via === undefined && spec.interface === undefined) return null
  return {
    property: spec.via === undefined ? 'interface' : 'via',
    outcome: inEachReading(names, (type) => gatewayOutcome(spec, route, hides, quantifier, type)),
    expected: describeGateway(spec),
    actual: showRoute(route),
  }
}

/** `203.0.113.1 dev eth0`, `not 10.0.0.1`, `eth0`. */
export function describeGateway(spec: GatewaySpec): string {
  const device = spec.interface === undefined ? '' : describeExpectation(textType, spec.interface)
  if (spec.via === undefined) return device
  const gateway = describeExpectation(addressType, spec.via)
  return device === '' ? gateway : `${gateway} dev ${device}`
}

function gatewayOutcome(
  spec: GatewaySpec,
  route: Route,
  hides: readonly string[],
  quantifier: Quantifier,
  names: NameReading['shown'],
): Outcome {
  const { nextHops } = route
  if (nextHops === null) return 'unknown'
  // A blackhole has no gateway: that meets `not`, and nothing else.
  const hops = nextHops.length === 0 ? [{ via: null, interface: null }] : nextHops
  const met = hops.map((hop) => hopMeets(spec, hop, names))
  if (quantifier === 'every') return met.every(Boolean) ? 'met' : 'unmet'
  if (met.some(Boolean)) return 'met'
  return nextHops.length > 0 && hides.includes('further-next-hops') ? 'unknown' : 'unmet'
}

/** @param names how names of interfaces are compared. */
export function hopMeets(spec: GatewaySpec, hop: Pick<NextHop, 'via' | 'interface'>, names: NameReading['shown']): boolean {
  return (
    (spec.via === undefined || meets(addressType, spec.via, hop.via)) &&
    (spec.interface === undefined || meets(names, spec.interface, hop.interface))
  )
}
