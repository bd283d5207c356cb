import type { ProtocolCounters } from '../../facts/protocol-counters/index.js'
import { formatDuration } from '../../lib/duration.js'
import { describeExpectation, type Expectation, meets, numberType, type ValueType } from '../../lib/expectation.js'
import type { Finding } from '../../model/check.js'
import { meaningOf } from './meaning.js'
import { boundsOf } from './problems.js'
import { rateType, ratioType } from './rate.js'
import { type Reading, read } from './reading.js'
import type { Spec } from './schema.js'

export function judge(spec: Spec, seen: ProtocolCounters): readonly Finding[] {
  if (spec.ratio !== undefined) return [judgeRatio(spec, spec.ratio, seen)]
  const wanted = spec.counter ?? ''
  const reading = read(wanted, seen)
  const name = 'name' in reading ? reading.name : wanted
  return [
    ...(spec.value === undefined ? [] : [judgeOne(spec, name, numberType, spec.value, reading, seen, (amount) => amount)]),
    ...(spec.rate === undefined
      ? []
      : [judgeOne(spec, name, rateType, spec.rate, reading, seen, (amount) => amount / ((seen.afterMs ?? 0) / 1_000))]),
  ]
}

/** `in 5.0 s`, as measured; empty with one reading. */
const within = ({ afterMs }: ProtocolCounters): string => (afterMs === null ? '' : ` in ${formatDuration(afterMs)}`)

function judgeOne<Raw>(
  { over }: Spec,
  name: string,
  type: ValueType<Raw, number>,
  expected: Expectation<Raw>,
  reading: Reading,
  seen: ProtocolCounters,
  convert: (amount: number) => number,
): Finding {
  const finding = {
    subject: `protocol-counters ${name}`,
    expected: `${describeExpectation(type, expected)}${over === undefined ? '' : ` over ${over}`}`,
  }
  const obstacle = obstacleOf(over, seen)
  if (obstacle !== null) return { ...finding, verdict: 'error', ...obstacle }
  if ('message' in reading) return { ...finding, verdict: 'error', ...reading }
  const value = convert(reading.amount)
  const grown =
    type === (numberType as unknown) ? `${seen.afterMs === null ? '' : '+'}${type.show(value)}` : `${type.show(value)} (+${reading.amount})`
  const actual = `${grown}${within(seen)}`
  if (meets(type, expected, value)) return { ...finding, verdict: 'pass', actual, message: '' }
  return { ...finding, verdict: 'fail', actual, message: meaningOf(name, seen.afterMs !== null) }
}

/** Two readings were asked for, and one came. */
function obstacleOf(over: string | undefined, seen: ProtocolCounters): { readonly actual: string; readonly message: string } | null {
  if (over === undefined || seen.afterMs !== null) return null
  return { actual: 'read once', message: 'The counters were not read for a second time, so their growth is not known.' }
}

function judgeRatio(spec: Spec, { of, to }: NonNullable<Spec['ratio']>, seen: ProtocolCounters): Finding {
  const upper = read(of, seen)
  const lower = read(to, seen)
  const subject = `protocol-counters ${'name' in upper ? upper.name : of} to ${'name' in lower ? lower.name : to}`
  const bounds = boundsOf(spec)
  const finding = { subject, expected: `${describeExpectation(ratioType, bounds)}${spec.over === undefined ? '' : ` over ${spec.over}`}` }
  const obstacle = obstacleOf(spec.over, seen)
  if (obstacle !== null) return { ...finding, verdict: 'error', ...obstacle }
  if ('message' in upper) return { ...finding, verdict: 'error', ...upper }
  if ('message' in lower) return { ...finding, verdict: 'error', ...lower }
  if (lower.amount === 0) {
    const message = `${lower.name} did not count anything${within(seen)}, so there is no ratio: ${seen.afterMs === null ? 'ask when there was traffic' : 'count for longer, or while there is traffic'}.`
    return { ...finding, verdict: 'error', actual: `${upper.amount} to 0`, message }
  }
  const value = (upper.amount / lower.amount) * 100
  const actual = `${ratioType.show(value)} (${upper.amount} to ${lower.amount}${within(seen)})`
  if (meets(ratioType, bounds, value)) return { ...finding, verdict: 'pass', actual, message: '' }
  return { ...finding, verdict: 'fail', actual, message: meaningOf(upper.name, seen.afterMs !== null) }
}
