import type { TcpAddressResult, TcpStatus } from '../../facts/tcp-connect/index.js'
import { type Expectation, meets } from '../../lib/expectation.js'
import { durationType } from '../../lib/value-types.js'
import type { Expected } from './spec.js'

export type Judgement =
  | { readonly verdict: 'pass' }
  | { readonly verdict: 'fail'; readonly why: 'status' | 'slow' }
  /** `untested`: nothing was asked. `ambiguous`: the evidence allows both. `unmeasured`: this probe has no clock. */
  | { readonly verdict: 'error'; readonly why: 'untested' | 'ambiguous' | 'unmeasured' }

/** What proves each expectation. */
export const proofs: Readonly<Record<Expected, readonly TcpStatus[]>> = {
  open: ['open'],
  closed: ['refused'],
  filtered: ['timeout'],
  rejected: ['rejected'],
  unreachable: ['no-route', 'host-unreachable'],
  blocked: ['refused', 'rejected', 'timeout'],
}

/** No packet went to the target: this says nothing about it, and can satisfy no expectation. */
const untested: ReadonlySet<TcpStatus> = new Set(['local-policy', 'source-error', 'name-error', 'unsupported'])
/** Of these, what nevertheless proves that the host cannot connect. */
const disproveOpen: ReadonlySet<TcpStatus> = new Set(['local-policy', 'name-error'])

/** Whether one address is as expected. Without proof it is neither met nor unmet. */
export function judge(expected: readonly Expected[], within: Expectation<string> | undefined, result: TcpAddressResult): Judgement {
  const verdicts = new Set(result.possible.map((status) => judgeStatus(expected, status)))
  if (verdicts.size > 1) return { verdict: 'error', why: 'ambiguous' }
  if (verdicts.has('untested')) return { verdict: 'error', why: 'untested' }
  if (verdicts.has('fail')) return { verdict: 'fail', why: 'status' }
  if (result.status !== 'open' || within === undefined) return { verdict: 'pass' }
  if (result.answerMs === null) return { verdict: 'error', why: 'unmeasured' }
  return isWithin(within, result.answerMs) ? { verdict: 'pass' } : { verdict: 'fail', why: 'slow' }
}

function judgeStatus(expected: readonly Expected[], status: TcpStatus): 'pass' | 'fail' | 'untested' {
  if (untested.has(status)) return disproveOpen.has(status) && expected.every((word) => word === 'open') ? 'fail' : 'untested'
  return expected.some((word) => proofs[word].includes(status)) ? 'pass' : 'fail'
}

/** A plain duration is the most it may take; operators are what they say. */
function isWithin(within: Expectation<string>, ms: number): boolean {
  return meets(durationType, typeof within === 'string' ? { max: within } : within, ms)
}
