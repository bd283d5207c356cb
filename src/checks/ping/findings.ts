import { formatDuration } from '../../lib/duration.js'
import type { Finding } from '../../model/check.js'
import { noReplyFinding } from './answer.js'
import { lossFinding, timeFindings } from './measures.js'
import { pathMtuFinding } from './path-mtu.js'
import type { Judged, Sight } from './sight.js'
import { expectedOf } from './spec.js'
import { unsentFinding } from './unsent.js'

/** Up to so many addresses get findings of their own; beyond, those that say the same are told together. */
const eachOnItsOwn = { pass: 10, others: 50 }
const namedInFold = 5

/** A finding for each address and expectation. */
export function findingsOf(sights: readonly Sight[]): readonly Finding[] {
  const judged = sights.flatMap(judge)
  const others = judged.filter(({ finding }) => finding.verdict !== 'pass')
  const passed = judged.filter(({ finding }) => finding.verdict === 'pass')
  const many = sights.length > eachOnItsOwn.pass
  return [
    ...(others.length > eachOnItsOwn.others ? fold(others) : others.map(({ finding }) => finding)),
    ...(many ? fold(passed) : passed.map(({ finding }) => finding)),
  ]
}

function judge(sight: Sight): readonly Judged[] {
  const { problem, replies } = sight.result
  const one = (about: string, finding: Finding): Judged => ({ about, finding, sight })
  if (problem !== null) return [one('', unsentFinding(sight, problem))]
  if (!expectedOf(sight.spec).includes('replies')) return [one('', noReplyFinding(sight))]
  const loss = lossFinding(sight)
  // Of what was not answered the lost requests say enough.
  if (replies.length === 0 && loss.verdict === 'fail') return [one('loss', loss)]
  const mtu = sight.spec['path-mtu']
  return [
    one('loss', loss),
    ...timeFindings(sight).map(({ about, finding }) => one(about, finding)),
    ...(mtu === undefined ? [] : [one('path-mtu', pathMtuFinding(sight, mtu))]),
  ]
}

/** Addresses of which the same is said, but for their own name and their times. */
function fold(judged: readonly Judged[]): readonly Finding[] {
  const groups = new Map<string, Judged[]>()
  for (const each of judged) {
    const { finding, about } = each
    const key = JSON.stringify([finding.verdict, about, finding.expected, withoutTimes(finding.actual)])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [each])
    else group.push(each)
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined || group.length === 1) return group.map(({ finding }) => finding)
    const { about, finding } = first
    const names = group.slice(0, namedInFold).map(({ sight: { target, result } }) => target.label ?? result.address ?? target.host)
    const rest = group.length > names.length ? ', …' : ''
    const subject = `ping ${names.join(', ')}${rest} (${group.length} addresses)${about === '' ? '' : `: ${about}`}`
    return [{ ...finding, subject, actual: spanOf(group) }]
  })
}

const time = /^([\d.]+) (ms|s) /
const withoutTimes = (actual: string): string => actual.replace(time, '')

/** `0.3 ms to 4 ms (5 replies)` where the times differ. */
function spanOf(group: readonly Judged[]): string {
  const [first] = group
  const times = group.flatMap(({ finding: { actual } }) => {
    const [, number, unit] = time.exec(actual) ?? []
    return number === undefined ? [] : [Number(number) * (unit === 's' ? 1_000 : 1)]
  })
  const actual = first?.finding.actual ?? ''
  if (times.length < group.length) return actual
  const [least, most] = times.reduce(([low, high], each) => [Math.min(low, each), Math.max(high, each)], [Infinity, 0])
  return `${formatDuration(least)} to ${formatDuration(most)} ${withoutTimes(actual)}`
}
