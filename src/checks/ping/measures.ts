import type { PingAddress } from '../../facts/ping/index.js'
import { formatDuration } from '../../lib/duration.js'
import { describeExpectation, meets } from '../../lib/expectation.js'
import { counted } from '../../lib/plural.js'
import { durationType, percentType } from '../../lib/value-types.js'
import type { Finding } from '../../model/check.js'
import { likelyCause } from './causes.js'
import { describeErrors, describeSubject, type Sight } from './sight.js'
import { atMost, type DurationExpectation } from './spec.js'

/** Requests without a reply of their own, in percent of those that left. */
const lossOf = ({ sent, replies }: PingAddress): number => (100 * (sent - replies.length)) / sent

export function lossFinding(sight: Sight): Finding {
  const expected = atMost(sight.spec.loss ?? '0%')
  const loss = lossOf(sight.result)
  const isMet = meets(percentType, expected, loss)
  const { sent, replies, duplicates, errors } = sight.result
  const twice = duplicates === 0 ? '' : `, ${counted(duplicates, 'duplicate')}`
  return {
    verdict: isMet ? 'pass' : 'fail',
    subject: describeSubject(sight, 'loss'),
    expected: describeExpectation(percentType, expected),
    actual: `${percentType.show(loss)} (${replies.length} of ${sent} answered${twice})${errors.length === 0 ? '' : `: ${describeErrors(sight)}`}`,
    message: isMet ? '' : loss === 0 ? 'Every request was answered, and the runbook wants that some are not.' : likelyCause(sight),
  }
}

const meanOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length

export function timeFindings(sight: Sight): readonly { readonly about: string; readonly finding: Finding }[] {
  const { rtt, jitter } = sight.spec
  const times = sight.result.replies.flatMap(({ rttMs }) => rttMs ?? [])
  const wishes: readonly (readonly [string, DurationExpectation | undefined, number | null])[] = [
    ['rtt min', rtt?.min, times.length === 0 ? null : Math.min(...times)],
    ['rtt avg', rtt?.avg, times.length === 0 ? null : meanOf(times)],
    ['rtt max', rtt?.max, times.length === 0 ? null : Math.max(...times)],
    ['jitter', jitter, jitterOf(sight.result)],
  ]
  return wishes.flatMap(([about, expected, value]) =>
    expected === undefined ? [] : [{ about, finding: timeFinding(sight, about, atMost(expected), value) }],
  )
}

/**
 * The mean of how much the times of neighbouring requests differ, in milliseconds (the variation of RFC 3393 between one packet and
 * the next, without its sign; RFC 3550 smooths the same); null without two neighbours that were both answered and timed.
 */
export function jitterOf({ replies }: PingAddress): number | null {
  const times = new Map(replies.map(({ sequence, rttMs }) => [sequence, rttMs]))
  const differences = replies.flatMap(({ sequence, rttMs }) => {
    const before = times.get(sequence - 1)
    return rttMs === null || before === undefined || before === null ? [] : [Math.abs(rttMs - before)]
  })
  return differences.length === 0 ? null : meanOf(differences)
}

function timeFinding(sight: Sight, about: string, expected: DurationExpectation, value: number | null): Finding {
  const subject = describeSubject(sight, about)
  const words = describeExpectation(durationType, expected)
  if (value === null) return { verdict: 'error', subject, expected: words, actual: 'not measured', message: unmeasured(sight) }
  const isMet = meets(durationType, expected, value)
  const replies = sight.result.replies.length
  return {
    verdict: isMet ? 'pass' : 'fail',
    subject,
    expected: words,
    actual: `${formatDuration(value)} (${replies === 1 ? '1 reply' : `${replies} replies`})`,
    message: isMet ? '' : otherTime(sight, about),
  }
}

function unmeasured({ result, probe, context }: Sight): string {
  const timed = result.replies.filter(({ rttMs }) => rttMs !== null).length
  if (result.replies.length === 0) return 'There was no reply to time.'
  if (timed === 0) return `The probe on ${context.host.name} (${probe}) does not time such requests; python3 there would.`
  return 'Jitter needs two requests in a row that are both answered: write a larger `count`.'
}

function otherTime({ result, target, context, spec }: Sight, about: string): string {
  const host = target.label ?? result.address ?? target.host
  const all = result.replies.map(({ rttMs }) => (rttMs === null ? '?' : formatDuration(rttMs))).slice(0, 10)
  const more = result.replies.length > all.length ? ', …' : ''
  const first =
    about === 'rtt max' &&
    spec.count !== 1 &&
    (result.replies[0]?.rttMs ?? 0) === Math.max(...result.replies.map(({ rttMs }) => rttMs ?? 0))
      ? ' Only the first is so slow where an address is to be found first (ARP).'
      : ''
  return `The replies took ${all.join(', ')}${more}.${first} Look at the path (\`traceroute -n ${result.address}\` on ${context.host.name}), and at the load of its links and of ${host}.`
}
