import { addressFamily } from '../../lib/address.js'
import { sourceProblem, targetProblem } from '../../lib/endpoint.js'
import { boundsProblem, meets, numberType } from '../../lib/expectation.js'
import { durationType, percentType } from '../../lib/value-types.js'
import type { SpecProblem } from '../../model/check.js'
import { asList, atMost, countOf, type DurationExpectation, expectedOf, intervalOf, type PingSpec } from './spec.js'
import { parseTarget } from './targets.js'

const mostTargets = 10_000
const leastIntervalMs = 10
const longestMs = 10 * 60_000
/** Fewer unanswered requests are no proof of silence. */
const leastForNone = 3

/** Faults that the schema cannot express. */
export function pingProblems(spec: PingSpec): readonly SpecProblem[] {
  return [...targetProblems(spec), ...paceProblems(spec), ...expectProblems(spec), ...measureProblems(spec), ...sourceProblems(spec)]
}

function targetProblems(spec: PingSpec): readonly SpecProblem[] {
  const isList = Array.isArray(spec.target)
  const targets = asList(spec.target)
  if (targets.length > mostTargets) {
    return [
      {
        path: ['target'],
        message: `${targets.length} targets are more than one check may have (${mostTargets})`,
        hint: 'spread them over several checks',
      },
    ]
  }
  return targets.flatMap((text, index) =>
    problemsOf(spec, text).map((problem) => ({ path: isList ? ['target', index] : ['target'], ...problem })),
  )
}

function problemsOf(spec: PingSpec, text: string): readonly Omit<SpecProblem, 'path'>[] {
  const host = parseTarget(text)
  if (host === null) {
    const hint = /:\d+$/.test(text) ? 'a ping has no port; for ports there is the check tcp-port' : 'such as db1, 10.0.0.5 or 2001:db8::5'
    return [{ message: `expected a host, found ${JSON.stringify(text)}`, hint }]
  }
  const problem = targetProblem(host)
  if (problem !== null) return [problem]
  const family = addressFamily(host)
  const source = spec.source === undefined ? null : addressFamily(spec.source)
  if (family !== null && spec.family !== undefined && (family === 4) !== (spec.family === 'ipv4')) {
    return [{ message: `${host} is not an ${spec.family === 'ipv4' ? 'IPv4' : 'IPv6'} address, which \`family\` asks for` }]
  }
  if (family !== null && source !== null && family !== source) {
    return [{ message: `${host} cannot be reached from ${spec.source}: one is an IPv4 address, the other IPv6` }]
  }
  return []
}

function paceProblems(spec: PingSpec): readonly SpecProblem[] {
  const interval = intervalOf(spec)
  if (interval < leastIntervalMs) {
    return [
      {
        path: ['interval'],
        message: `an interval below ${leastIntervalMs} ms is a flood, and measures itself`,
        hint: `write ${leastIntervalMs}ms or more`,
      },
    ]
  }
  if (interval * countOf(spec) <= longestMs) return []
  return [
    {
      path: ['count'],
      message: `${countOf(spec)} requests, ${spec.interval ?? '200ms'} apart, take more than 10 minutes`,
      hint: 'send fewer, or faster',
    },
  ]
}

function expectProblems(spec: PingSpec): readonly SpecProblem[] {
  const expected = expectedOf(spec)
  if (expected.includes('replies')) return []
  const measured = (['loss', 'rtt', 'jitter', 'path-mtu'] as const)
    .filter((key) => spec[key] !== undefined)
    .map((key) => ({ path: [key], message: `\`${key}\` is about replies, but \`expect\` wants none`, hint: 'leave one of them out' }))
  if (!expected.includes('none') || countOf(spec) >= leastForNone) return measured
  const message = `silence is believed after ${leastForNone} requests at least, and \`count\` is ${countOf(spec)}`
  return [...measured, { path: ['count'], message, hint: `leave \`count\` out, or write ${leastForNone} or more` }]
}

const isAnyLoss = (loss: NonNullable<PingSpec['loss']>): boolean => {
  const operators = atMost(loss)
  return (
    Object.keys(operators).every((key) => key === 'min' || key === 'max') && [0, 100].every((each) => meets(percentType, operators, each))
  )
}

/** What no measurement can meet, and what every one meets. */
function measureProblems(spec: PingSpec): readonly SpecProblem[] {
  const { loss, rtt = {}, jitter, 'path-mtu': mtu } = spec
  const durations: readonly (readonly [SpecProblem['path'], DurationExpectation | undefined])[] = [
    [['rtt', 'min'], rtt.min],
    [['rtt', 'avg'], rtt.avg],
    [['rtt', 'max'], rtt.max],
    [['jitter'], jitter],
  ]
  const bounds: readonly (readonly [SpecProblem['path'], string | null])[] = [
    [['loss'], boundsProblem(percentType, loss)],
    ...durations.map(([path, expected]) => [path, boundsProblem(durationType, expected)] as const),
    [['path-mtu'], boundsProblem(numberType, mtu)],
  ]
  const impossible = bounds.flatMap(([path, message]) => (message === null ? [] : [{ path: [...path, 'min'], message }]))
  const isEmpty = loss !== undefined && isAnyLoss(loss) && [spec.rtt, jitter, mtu].every((key) => key === undefined)
  return [
    ...impossible,
    ...(isEmpty ? [{ path: ['loss'], message: 'every loss is within this, so that nothing is expected', hint: 'write less' }] : []),
    ...(jitter !== undefined && countOf(spec) < 2
      ? [{ path: ['count'], message: '`jitter` needs at least two requests', hint: 'leave `count` out, or write 2 or more' }]
      : []),
  ]
}

function sourceProblems({ source }: PingSpec): readonly SpecProblem[] {
  const problem = source === undefined ? null : sourceProblem(source)
  return problem === null ? [] : [{ path: ['source'], ...problem }]
}
