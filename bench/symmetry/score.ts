import type { Said } from './said.js'
import type { Truth } from './truth.js'

/** Something said beside what is true. */
export interface Judged {
  readonly truth: Truth
  readonly said: Pick<Said, 'verdict' | 'confidence'>
}

export interface Share {
  readonly of: number
  readonly count: number
}

/** Of those of which this was said with this confidence: how many are so. */
export function precision(all: readonly Judged[], verdict: Truth, confidence: Said['confidence']): Share {
  const told = all.filter(({ said }) => said.verdict === verdict && said.confidence === confidence)
  return { of: told.length, count: told.filter(({ truth }) => truth === verdict).length }
}

/** Where nothing was said, or nothing that is trusted by default: only high confidence is. */
export function inconclusive(all: readonly Judged[], least: 'high' | 'medium'): Share {
  const open = all.filter(({ said }) => said.confidence === null || (least === 'high' && said.confidence !== 'high'))
  return { of: all.length, count: open.length }
}

export const isWrong = ({ truth, said }: Judged): boolean => said.verdict !== 'inconclusive' && said.verdict !== truth

export const ratio = ({ of, count }: Share): number | null => (of === 0 ? null : count / of)

/** `99.5 % (199 of 200)` */
export function percent(share: Share): string {
  const value = ratio(share)
  return value === null ? 'none said' : `${(value * 100).toFixed(1)} % (${share.count} of ${share.of})`
}
