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

interface Bounds<Raw> {
  readonly min?: Raw
  readonly max?: Raw
}

const isBounds = <Raw>(expectation: Raw | Bounds<Raw>): expectation is Bounds<Raw> => typeof expectation === 'object'

function measure<Raw>(name: SocketDetail, type: ValueType<Raw, number>, expectation: Raw | Bounds<Raw> | undefined): readonly Measure[] {
  if (expectation === undefined) return []
  const { min, max }: Bounds<Raw> = isBounds(expectation) ? expectation : { min: expectation, max: expectation }
  return [
    {
      name,
      expected: describeExpectation(type, expectation),
      problem: boundsProblem(type, expectation) ?? neverNegativeProblem(type, expectation),
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
