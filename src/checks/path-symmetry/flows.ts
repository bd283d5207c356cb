import type { Judgement } from './judge.js'
import type { Path } from './path.js'

export interface FlowJudgement extends Judgement {
  /** The first host's port, or the id of ICMP; null when the probe could not hold it constant. */
  readonly flow: number | null
}

export interface Outcome {
  /** `flow-dependent`: load is shared by flow, and not all flows cross the same devices both ways. */
  readonly verdict: Judgement['verdict'] | 'flow-dependent'
  /** null when inconclusive. */
  readonly confidence: Judgement['confidence']
  /** The first is the one that was traced in rounds; others only where load is shared by flow. */
  readonly flows: readonly FlowJudgement[]
  /** Further flows took another way than the first, in one direction at least. */
  readonly shared: boolean
}

type Same = (one: string, other: string) => boolean

/** Whether some flow takes another way than the first. */
export function isShared([first, ...others]: readonly Path[], same: Same): boolean {
  return first !== undefined && others.some((other) => differ(first, other, same))
}

function differ(one: Path, other: Path, same: Same): boolean {
  if (one.arrived && other.arrived && one.hops.length !== other.hops.length) return true
  return one.hops.some((address, index) => {
    const beside = other.hops[index] ?? null
    return address !== null && beside !== null && !same(address, beside)
  })
}

/**
 * One outcome for all flows. That some differ is proven by those; that all flows seen are alike says less of those that were not, and
 * what not even keeps to one way within a flow says nothing.
 */
export function combine(flows: readonly FlowJudgement[], shared: boolean): Outcome {
  const outcome = (verdict: Outcome['verdict'], confidence: Outcome['confidence']): Outcome => ({ verdict, confidence, flows, shared })
  const of = (verdict: Judgement['verdict']): readonly FlowJudgement[] => flows.filter((flow) => flow.verdict === verdict)
  const [first] = flows
  if (first === undefined || first.doubts.includes('changing')) return outcome('inconclusive', null)
  if (!shared) return outcome(first.verdict, first.confidence)
  const [symmetric, asymmetric, open] = [of('symmetric'), of('asymmetric'), of('inconclusive')]
  const high = (some: readonly FlowJudgement[]): boolean => some.some(({ confidence }) => confidence === 'high')
  if (asymmetric.length === 0) return open.length > 0 || flows.length < 2 ? outcome('inconclusive', null) : outcome('symmetric', 'medium')
  if (symmetric.length > 0) return outcome('flow-dependent', high(asymmetric) && high(symmetric) ? 'high' : 'medium')
  // Seven flows of which none was alike leave room for others.
  return outcome(open.length > 0 ? 'flow-dependent' : 'asymmetric', 'medium')
}
