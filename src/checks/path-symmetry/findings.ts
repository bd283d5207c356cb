import { counted } from '../../lib/plural.js'
import type { Finding } from '../../model/check.js'
import { doubtWords, whatToDeclare, whereTheyPart } from './advice.js'
import { missingArrivals, whatChanged } from './arrival.js'
import type { Ends } from './ends.js'
import type { FlowJudgement } from './flows.js'
import type { Inquiry } from './inquiry.js'
import type { Doubt } from './judge.js'
import { notOneConversation } from './mismatch.js'
import { describeProtocol } from './requests.js'
import type { PathSymmetrySpec } from './spec.js'
import { sideBySide } from './table.js'

/** One finding: what both ways are, how well that is known, and both of them side by side. */
export function findingOf(spec: PathSymmetrySpec, ends: Ends, inquiry: Inquiry, unasked: readonly string[]): Finding {
  const { protocol } = inquiry
  const what = protocol === null ? '' : ` (${describeProtocol(spec, protocol)})`
  const verdict = verdictOf(spec, inquiry)
  return {
    verdict,
    subject: `paths between ${ends.first.name} and ${ends.second.name}${what}`,
    expected: spec.expect ?? 'symmetric',
    actual: actualOf(inquiry),
    message: messageOf(spec, ends, inquiry, verdict === 'error' ? unasked : []),
  }
}

function verdictOf(spec: PathSymmetrySpec, { outcome }: Inquiry): Finding['verdict'] {
  const isProven = ({ confidence }: { readonly confidence: string | null }): boolean =>
    confidence === 'high' || (confidence === 'medium' && spec.confidence === 'medium')
  const unclear = spec.inconclusive === 'allow' ? 'pass' : 'error'
  // One flow that crosses other devices is enough, whatever is known of the rest.
  const parts =
    !outcome.flows.some(({ doubts }) => doubts.includes('changing')) &&
    outcome.flows.some((flow) => flow.verdict === 'asymmetric' && isProven(flow))
  if ((spec.expect ?? 'symmetric') === 'symmetric') {
    if (parts) return 'fail'
    return outcome.verdict === 'symmetric' && isProven(outcome) ? 'pass' : unclear
  }
  if (!isProven(outcome) || outcome.verdict === 'inconclusive') return unclear
  return outcome.verdict === 'asymmetric' ? 'pass' : 'fail'
}

function actualOf({ outcome }: Inquiry): string {
  const [first] = outcome.flows
  const sure = outcome.confidence === null ? '' : ` (${outcome.confidence} confidence)`
  if (first === undefined) return 'inconclusive'
  switch (outcome.verdict) {
    case 'symmetric':
      return `symmetric, ${routers(first)}${sure}`
    case 'asymmetric':
      return `asymmetric, ${difference(outcome.flows)}${sure}`
    case 'flow-dependent': {
      const apart = outcome.flows.filter(({ verdict }) => verdict === 'asymmetric')
      return `flow-dependent, ${apart.length} of ${counted(outcome.flows.length, 'flow')} asymmetric${sure}`
    }
    case 'inconclusive': {
      const known = first.positions.filter(({ comparison }) => comparison.verdict === 'same').length
      return first.doubts.includes('positions')
        ? `inconclusive, ${known} of ${counted(first.positions.length, 'position')} known`
        : 'inconclusive'
    }
  }
}

function routers({ positions: { length } }: FlowJudgement): string {
  if (length === 0) return 'no router between them'
  return length === 1 ? 'one router, the same both ways' : `the same ${length} routers both ways`
}

function difference(flows: readonly FlowJudgement[]): string {
  const first = flows.find(({ verdict }) => verdict === 'asymmetric')
  const lengths = first?.lengths ?? null
  if (first?.basis !== 'devices' && lengths !== null && lengths.there !== lengths.back) {
    return `${counted(lengths.there, 'router')} there, ${lengths.back} back`
  }
  if (first?.basis === 'lengths') return 'more routers one way than the other'
  if (first?.basis === 'distances') return 'the routers that both cross are not equally far apart'
  const numbers = (first?.positions ?? []).flatMap(({ comparison, number }) => (comparison.verdict === 'different' ? [number] : []))
  return `other routers at ${numbers.length === 1 ? 'position' : 'positions'} ${numbers.join(', ')} of ${first?.positions.length ?? 0}`
}

function messageOf(spec: PathSymmetrySpec, ends: Ends, inquiry: Inquiry, unasked: readonly string[]): string {
  const { outcome, evidence, devices, paths } = inquiry
  const { conversation, trips, lookups } = evidence
  // Of several flows the one that shows most.
  const judged = outcome.flows.find(({ verdict }) => verdict === 'asymmetric') ?? outcome.flows[0]
  const arrivals = missingArrivals(spec, ends, trips, devices)
  if (conversation === null || judged === undefined || paths === null) {
    return [...notOneConversation(spec, ends, trips), ...arrivals].join('\n')
  }
  const isOpen = outcome.verdict === 'inconclusive' || outcome.confidence === 'medium'
  const parts = judged.verdict === 'asymmetric'
  const doubts: readonly Doubt[] = isOpen ? [...new Set(outcome.flows.flatMap((flow) => flow.doubts))] : []
  return [
    judged.positions.length === 0 ? '' : sideBySide(judged.positions, ends, devices),
    ...flowsOf(inquiry),
    parts ? whereTheyPart(judged.positions, { ends, conversation, devices, lookups }) : '',
    ...arrivals,
    ...doubts.map((doubt) => doubtWords[doubt]),
    ...(doubts.includes('changing') ? whatChanged(paths, ends, devices) : []),
    arrivals.length > 0 && isOpen ? 'Let one protocol through both ways, or choose a `port` that is answered.' : '',
    ...(isOpen && !parts ? whatToDeclare(judged.positions) : []),
    outcome.confidence === 'medium' && spec.confidence !== 'medium' ? 'With `confidence: medium` the check takes this for an answer.' : '',
    ...unasked,
  ]
    .filter((line) => line !== '')
    .join('\n')
}

function flowsOf({ outcome: { flows, shared } }: Inquiry): readonly string[] {
  if (!shared) return []
  const ids = (verdict: FlowJudgement['verdict']): string =>
    flows.flatMap((flow) => (flow.verdict === verdict && flow.flow !== null ? [String(flow.flow)] : [])).join(', ')
  const told = (['symmetric', 'asymmetric', 'inconclusive'] as const).flatMap((verdict) =>
    ids(verdict) === '' ? [] : [`${verdict}: ${ids(verdict)}`],
  )
  return [`Load is shared by flow. Of the flows that were traced, by the first host's port or ICMP id, ${told.join('; ')}.`]
}
