import type { Report, Result } from '../../src/model/report.js'
import { labName } from './topology.js'
import type { Truth } from './truth.js'
import type { World } from './world.js'

/** What was said of a topology. */
export interface Said {
  readonly verdict: Truth | 'inconclusive'
  readonly confidence: 'high' | 'medium' | null
  /** For a reader: subject, verdict and evidence as printed. */
  readonly text: string
}

/** What netproof said of each topology, by its number. @throws Error for a result that is none of path-symmetry's. */
export function saidOf(report: Report, worlds: readonly World[]): ReadonlyMap<number, Said> {
  const byId = new Map(report.results.map((result) => [result.id, result]))
  return new Map(worlds.map((world) => [world.index, read(byId.get(labName(world, 'check')))]))
}

function read(result: Result | undefined): Said {
  const [finding] = result?.findings ?? []
  // Facts that could not be learnt leave a reason and no finding of the check's own.
  if (result === undefined || finding === undefined)
    return { verdict: 'inconclusive', confidence: null, text: result?.reason ?? 'no result' }
  const text = `${finding.subject}: ${finding.actual}\n${finding.message}`
  const found = /^(?<verdict>symmetric|asymmetric|flow-dependent|inconclusive)\b(?:.*\((?<confidence>high|medium) confidence\))?/.exec(
    finding.actual,
  )
  const verdict = verdicts.find((one) => one === found?.groups?.verdict)
  if (verdict === undefined) return { verdict: 'inconclusive', confidence: null, text }
  const confidence = confidences.find((one) => one === found?.groups?.confidence) ?? null
  if ((confidence === null) !== (verdict === 'inconclusive')) throw new Error(`a verdict without its confidence: ${finding.actual}`)
  return { verdict, confidence, text }
}

const verdicts = ['symmetric', 'asymmetric', 'flow-dependent', 'inconclusive'] as const
const confidences = ['high', 'medium'] as const
