import { formatDuration } from '../../lib/duration.js'
import { describeExpectation, type Expectation, meets, numberType } from '../../lib/expectation.js'
import { durationType } from '../../lib/value-types.js'
import type { Place } from './devices.js'
import { describeEnd } from './ends.js'
import { anywhere, isOn } from './on-way.js'
import { flowsOf, type Judgement, type Sight, shortName, showFlow } from './sight.js'
import { compactPaths } from './table.js'
import { explainUnknown } from './via.js'
import type { Way } from './way.js'

/** How far the target is, for every flow and every trace that arrived. */
export function judgeHops(sight: Sight): readonly Judgement[] {
  const { hops: expected } = sight.spec
  if (expected === undefined) return []
  const arrived = sight.ways.flatMap((way) => (way.outcome.kind === 'reached' ? [{ way, hops: way.outcome.hop.ttl }] : []))
  const counts = [...new Set(arrived.map(({ hops }) => hops))].sort((a, b) => a - b)
  const wrong = arrived.filter(({ hops }) => !meets(numberType, expected, hops))
  const [first] = wrong
  const common = { key: 'hops', expected: describeExpectation(numberType, expected), actual: counts.join(' or ') }
  if (first !== undefined) {
    const shown = compactPaths(
      sight,
      wrong.map(({ way }) => way),
    )
    const some = wrong.length < arrived.length ? ` With ${showFlow(sight, first.way)} it is so, not with every flow.` : ''
    const message = `The path is ${shown}.${some} Look at the routes on the way: is this the path that was meant?`
    return [{ ...common, verdict: 'fail', message }]
  }
  const lost = flowsOf(sight.ways).find(({ outcome }) => outcome.kind !== 'reached')
  if (lost === undefined && arrived.length > 0 && sight.trace.constantFlow) return [{ ...common, verdict: 'pass', message: '' }]
  return [{ ...common, actual: common.actual === '' ? 'not known' : common.actual, verdict: 'error', message: whyUncounted(sight, lost) }]
}

const whyUncounted = (sight: Sight, lost: Way | undefined): string =>
  lost === undefined
    ? explainUnknown(sight, [], sight.ways)
    : `The target's distance is known only where it answers. ${capital(describeEnd(sight, lost))}.`

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A plain duration is the most it may take; operators are what they say. */
const asBound = (expected: Expectation<string>): Expectation<string> => (typeof expected === 'string' ? { max: expected } : expected)

/** The first flow's least time to the target: what the path takes when nothing is in the way. */
export function judgeRtt(sight: Sight): readonly Judgement[] {
  const { rtt } = sight.spec
  if (rtt === undefined) return []
  const times = firstFlow(sight).flatMap(({ outcome }) =>
    outcome.kind === 'reached' && outcome.hop.rttMs !== null ? [outcome.hop.rttMs] : [],
  )
  const slow = `The longest step on the way is the place to look at: a time that rises there and stays. Look at the load and the length of that link, and at \`path-symmetry\`: answers may come another way.`
  return [{ key: 'rtt', ...judgeTime(asBound(rtt), times, slow, `The time to the target is known only where it answers.`) }]
}

const firstFlow = ({ ways }: Sight): readonly Way[] => ways.filter(({ flow }) => flow === ways[0]?.flow)

function judgeTime(expected: Expectation<string>, times: readonly number[], slow: string, unmeasured: string): Omit<Judgement, 'key'> {
  const common = { expected: describeExpectation(durationType, expected) }
  if (times.length === 0) return { ...common, verdict: 'error', actual: 'not measured', message: unmeasured }
  const least = Math.min(...times)
  const met = meets(durationType, expected, least)
  const actual = times.length === 1 ? formatDuration(least) : `${formatDuration(least)}, the least of ${times.length}`
  return { ...common, verdict: met ? 'pass' : 'fail', actual, message: met ? '' : slow }
}

/** What routers on the way take to answer, the least over all traces. */
export function judgeHopRtt(sight: Sight): readonly Judgement[] {
  return Object.entries(sight.spec['hop-rtt'] ?? {}).map(([text, expected]) => {
    const place = sight.devices.place(text)
    return { key: `hop-rtt of ${text}`, ...judgeHop(sight, place, asBound(expected)) }
  })
}

function judgeHop(sight: Sight, place: Place, expected: Expectation<string>): Omit<Judgement, 'key'> {
  const common = { expected: describeExpectation(durationType, expected) }
  const { ways } = sight
  const presence = anywhere(ways.map((way) => isOn(place, way)))
  if (presence === 'unknown') return { ...common, verdict: 'error', actual: 'not seen', message: explainUnknown(sight, [place], ways) }
  if (presence === 'no') {
    const message = `Every router of the path is known, and ${place.text} is not on it: it goes ${compactPaths(sight, ways)}.`
    return { ...common, verdict: 'fail', actual: 'not on the path', message }
  }
  const hops = ways.flatMap((way) =>
    way.hops.filter(({ from, answer }) => from !== null && answer === 'time-exceeded' && place.relation(from) === 'is'),
  )
  const times = hops.flatMap(({ rttMs }) => (rttMs === null ? [] : [rttMs]))
  const name = shortName(sight, hops[0]?.from ?? place.text)
  const slow = `${name} takes that long to answer by itself, which is its control plane's time: only when everything behind it is as late, its link is slow.`
  return judgeTime(expected, times, slow, `${name} answered, but the probe (${sight.trace.probe}) did not time it.`)
}
