import { addressFamily, parsePrefix } from '../../lib/address.js'
import { boundsProblem, numberType } from '../../lib/expectation.js'
import { orderProblems } from '../../lib/expectation-problems.js'
import type { SpecProblem } from '../../model/check.js'
import { portsOf, prefixesOf, rangeOf, statesOf } from './meaning.js'
import { expectedDetails, measuresOf } from './measures.js'
import type { Spec } from './schema.js'

/** Faults that the schema cannot express. */
export function problems(spec: Spec): readonly SpecProblem[] {
  return [
    ...emptyProblems(spec),
    ...countProblems(spec),
    ...stateProblems(spec),
    ...(['peer-port', 'local-port'] as const).flatMap((key) => portProblems(spec, key)),
    ...(['peer', 'local-address'] as const).flatMap((key) => prefixProblems(spec, key)),
    ...orderProblems(spec, ['process']),
    ...measuresOf(spec).flatMap(({ name, problem }) => (problem === null ? [] : [{ path: [name, 'min'], message: problem }])),
  ]
}

function emptyProblems(spec: Spec): readonly SpecProblem[] {
  if (spec.count !== undefined || expectedDetails(spec).length > 0) return []
  return [
    { path: [], message: 'expected `count` or a measure such as `rtt`, found none', hint: 'count: { min: 1 } means that there is one' },
  ]
}

function countProblems({ count }: Spec): readonly SpecProblem[] {
  const bounds = boundsProblem(numberType, count)
  if (bounds !== null) return [{ path: ['count', 'min'], message: bounds }]
  if (typeof count !== 'object' || Object.keys(count).length > 1 || count.min !== 0) return []
  return [{ path: ['count', 'min'], message: 'there are always at least 0', hint: 'count: { min: 1 } means that there is one' }]
}

function stateProblems(spec: Spec): readonly SpecProblem[] {
  const states = statesOf(spec.state)
  if (spec.protocol === 'udp') {
    const details = expectedDetails(spec)
    const other = states.find((state) => state !== 'established')
    if (other !== undefined)
      return [{ path: ['state'], message: `UDP knows no state ${other}`, hint: 'leave out `state`: what is connected to a peer is meant' }]
    return details.map((name) => ({ path: [name], message: `of UDP no ${name} is known` }))
  }
  const short = states.filter((state) => state === 'time-wait' || state === 'syn-recv')
  if (spec.process !== undefined && short.length === states.length) {
    return [
      {
        path: ['process'],
        message: `a connection in ${short.join(' or ')} has no process`,
        hint: 'leave out `process`, and name the port',
      },
    ]
  }
  const unmeasured = states.find((state) => state !== 'established' && state !== 'close-wait')
  if (unmeasured === undefined) return []
  return expectedDetails(spec).map((name) => ({
    path: [name],
    message: `${name} is known of connections that stand, not in ${unmeasured}`,
    hint: 'measure those in established and close-wait',
  }))
}

function portProblems(spec: Spec, key: 'peer-port' | 'local-port'): readonly SpecProblem[] {
  const listed = Array.isArray(spec[key])
  return (portsOf(spec[key]) ?? []).flatMap((port, index): SpecProblem[] => {
    const path = listed ? [key, index] : [key]
    const { from, to } = rangeOf(port)
    if (from < 1 || to < 1 || from > 65_535 || to > 65_535)
      return [{ path, message: `expected ports between 1 and 65535, found "${port}"` }]
    if (from <= to) return []
    return [{ path, message: `expected a range from the smaller to the larger port, found "${port}"`, hint: `"${to}-${from}"` }]
  })
}

function prefixProblems(spec: Spec, key: 'peer' | 'local-address'): readonly SpecProblem[] {
  const listed = Array.isArray(spec[key])
  return (prefixesOf(spec[key]) ?? []).flatMap((text, index): SpecProblem[] => {
    const path = listed ? [key, index] : [key]
    const prefix = parsePrefix(text)
    if (prefix === null) return [{ path, message: `expected an address or a prefix, found "${text}"` }]
    if (prefix.hostBits) {
      return [
        { path, message: `${text} has bits set beyond its length`, hint: `${prefix.network}/${prefix.length}, or ${text.split('/')[0]}` },
      ]
    }
    const family = addressFamily(prefix.network) === 4 ? 'inet' : 'inet6'
    return spec.family === undefined || spec.family === family ? [] : [{ path, message: `only ${spec.family} is meant, found ${text}` }]
  })
}
