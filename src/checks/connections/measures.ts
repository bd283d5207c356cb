import { type SocketDetail, socketDetails } from '../../facts/sockets/index.js'
import { bitRateType } from '../../lib/bit-rate.js'
import { boundsProblem, describeExpectation, numberType, type ValueType } from '../../lib/expectation.js'
import { neverNegativeProblem } from '../../lib/expectation-problems.js'
import { durationType, percentType } from '../../lib/value-types.js'
import type { Spec } from './schema.js'

/** A detail with its bounds, whatever they are written in. */
export interface Measure {
  readonly name: SocketDetail
  readonly expected: string
  /** Why no value or every value meets it; null where it can be proven. */
  readonly problem: string | null
  readonly min: number | null
  readonly max: number | null
  show(value: number): string
}

function measure<Raw>(
  name: SocketDetail,
  type: ValueType<Raw, number>,
  bounds: { readonly min?: Raw; readonly max?: Raw } | undefined,
): readonly Measure[] {
  if (bounds === undefined) return []
  const { min, max } = bounds
  return [
    {
      name,
      expected: describeExpectation(type, bounds),
      problem: boundsProblem(type, bounds) ?? neverNegativeProblem(type, bounds),
      min: min === undefined ? null : type.read(min),
      max: max === undefined ? null : type.read(max),
      show: type.show,
    },
  ]
}

export function measuresOf(spec: Spec): readonly Measure[] {
  return [
    ...measure('rtt', durationType, spec.rtt),
    ...measure('min-rtt', durationType, spec['min-rtt']),
    ...measure('retransmits', numberType, spec.retransmits),
    ...measure('retransmit-ratio', percentType, spec['retransmit-ratio']),
    ...measure('cwnd', numberType, spec.cwnd),
    ...measure('unacked', numberType, spec.unacked),
    ...measure('lost', numberType, spec.lost),
    ...measure('delivery-rate', bitRateType, spec['delivery-rate']),
  ]
}

export const expectedDetails = (spec: Spec): readonly SocketDetail[] => socketDetails.filter((name) => spec[name] !== undefined)
