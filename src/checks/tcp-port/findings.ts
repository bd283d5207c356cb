import { formatDuration } from '../../lib/duration.js'
import { describeExpectation } from '../../lib/expectation.js'
import { durationType } from '../../lib/value-types.js'
import type { Finding } from '../../model/check.js'
import { likelyCause } from './causes.js'
import { type Judgement, judge } from './judge.js'
import { describeActual, describeSubject, type Sight } from './sight.js'
import { expectedOf, type TcpPortSpec } from './spec.js'

/** Up to so many of a kind get a finding each; more are told together. */
const eachOnItsOwn = { pass: 10, others: 50 }

interface Judged {
  readonly sight: Sight
  readonly judgement: Judgement
}

/** One finding for each address that is not as expected; passes are told together when they are many. */
export function findingsOf(spec: TcpPortSpec, sights: readonly Sight[]): readonly Finding[] {
  const judged = sights.map((sight) => ({ sight, judgement: judge(expectedOf(spec), spec.within, sight.result) }))
  const passed = judged.filter(({ judgement }) => judgement.verdict === 'pass')
  const others = judged.filter(({ judgement }) => judgement.verdict !== 'pass')
  return [
    ...(others.length > eachOnItsOwn.others ? byAddress(others) : others.map((each) => [each])).map((group) => findingOf(spec, group)),
    ...(passed.length > eachOnItsOwn.pass ? byAddress(passed) : passed.map((each) => [each])).map((group) => findingOf(spec, group)),
  ]
}

/** Targets that differ in nothing but the port and the time. */
function byAddress(judged: readonly Judged[]): readonly (readonly Judged[])[] {
  const groups = new Map<string, Judged[]>()
  for (const each of judged) {
    const { target, result } = each.sight
    const key = JSON.stringify([
      each.judgement,
      target.label,
      result.address ?? target.host,
      result.possible,
      result.icmp,
      result.errno,
      result.confirmed,
    ])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [each])
    else group.push(each)
  }
  return [...groups.values()]
}

function findingOf(spec: TcpPortSpec, group: readonly Judged[]): Finding {
  const [first] = group
  if (first === undefined) throw new Error('a finding is about at least one target')
  const { sight, judgement } = first
  const times = group.flatMap(({ sight: { result } }) => result.answerMs ?? [])
  const sameWords = { ...sight, result: { ...sight.result, answerMs: group.length > 1 ? null : sight.result.answerMs } }
  const ports = group.map(({ sight: { target } }) => target.port)
  return {
    verdict: judgement.verdict,
    subject: describeSubject(sight, describePorts(ports)),
    expected: describeExpected(spec),
    actual: group.length > 1 ? `${describeActual(sameWords)}${describeTimes(times)} (${group.length} ports)` : describeActual(sight),
    message: messageOf(sight, judgement),
  }
}

function messageOf(sight: Sight, judgement: Judgement): string {
  if (judgement.verdict === 'pass') return ''
  switch (judgement.why) {
    case 'slow':
      return slow(sight)
    case 'unmeasured':
      return `It is open, but the probe on ${sight.context.host.name} (${sight.probe}) cannot time it; python3, perl or curl there could.`
    case 'status':
    case 'untested':
    case 'ambiguous':
      return likelyCause(sight)
  }
}

/** RFC 6298 section 2.1: a SYN that is lost is sent again after one second. */
function slow({ result, target }: Sight): string {
  const lost = (result.answerMs ?? 0) >= 1_000 ? ' A second or more means that the first packet was lost.' : ''
  return `The service answers, but not in time: look at the path (\`ping ${result.address ?? target.host}\`) and at the load of ${target.label ?? target.host}.${lost}`
}

/** `open within 50 ms`, `closed or filtered`. */
function describeExpected(spec: TcpPortSpec): string {
  const expected = expectedOf(spec).join(' or ')
  if (spec.within === undefined) return expected
  const within = describeExpectation(durationType, spec.within)
  return typeof spec.within === 'string' ? `${expected} within ${within}` : `${expected} after ${within}`
}

function describeTimes(times: readonly number[]): string {
  if (times.length === 0) return ''
  const [least, most] = times.reduce(([low, high], time) => [Math.min(low, time), Math.max(high, time)], [Infinity, 0])
  return ` after ${formatDuration(least)} to ${formatDuration(most)}`
}

/** Ports in their order, runs joined: `80,443,8000-8010`. */
export function describePorts(ports: readonly number[]): string {
  const runs: [number, number][] = []
  for (const port of [...new Set(ports)].sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last !== undefined && last[1] === port - 1) last[1] = port
    else runs.push([port, port])
  }
  return runs.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(',')
}
