import { describe, expect, it } from 'vitest'
import { generate } from '../../../bench/symmetry/generate.js'
import { drive, type Setting } from '../../../test/support/symmetry/drive.js'

const seed = 20
const worlds = 150

interface Tally {
  /** Verdicts of high confidence, and which of them are not true. */
  high: number
  readonly wrong: string[]
  medium: number
  mediumWrong: number
  inconclusive: number
  mostSteps: number
}

function tallyOf(setting: Setting): Tally {
  const tally: Tally = { high: 0, wrong: [], medium: 0, mediumWrong: 0, inconclusive: 0, mostSteps: 0 }
  for (let index = 0; index < worlds; index += 1) {
    const world = generate(seed, index)
    const { inquiry, truth, steps } = drive(world, setting)
    const { verdict, confidence } = inquiry.outcome
    tally.mostSteps = Math.max(tally.mostSteps, steps)
    if (confidence === 'high') tally.high += 1
    if (confidence === 'high' && verdict !== truth) tally.wrong.push(`#${index} ${world.shape}: ${verdict}, but ${truth}`)
    if (confidence === 'medium') tally.medium += 1
    if (confidence === 'medium' && verdict !== truth) tally.mediumWrong += 1
    if (verdict === 'inconclusive') tally.inconclusive += 1
  }
  return tally
}

/** Networks with known truth: both answering policies, silent routers, firewalls, virtual addresses, balancing by flow and by packet. */
describe('in simulated networks', () => {
  const share = (count: number): number => count / worlds

  it.each<[string, Setting, { readonly inconclusive: number; readonly high: number }]>([
    ['nothing known, options dropped', { declared: 0, asked: 0, recordRoute: false }, { inconclusive: 0.9, high: 0.1 }],
    ['half declared, options dropped', { declared: 0.5, asked: 0, recordRoute: false }, { inconclusive: 0.65, high: 0.2 }],
    ['all declared, options dropped', { declared: 1, asked: 0, recordRoute: false }, { inconclusive: 0.15, high: 0.8 }],
    ['all asked, options dropped', { declared: 0, asked: 1, recordRoute: false }, { inconclusive: 0.15, high: 0.8 }],
    ['nothing known', { declared: 0, asked: 0, recordRoute: true }, { inconclusive: 0.45, high: 0.4 }],
    ['half declared', { declared: 0.5, asked: 0, recordRoute: true }, { inconclusive: 0.3, high: 0.5 }],
    ['half asked', { declared: 0, asked: 0.5, recordRoute: true }, { inconclusive: 0.3, high: 0.6 }],
    ['all declared', { declared: 1, asked: 0, recordRoute: true }, { inconclusive: 0.15, high: 0.8 }],
  ])('%s: what is said with high confidence is true', (_, setting, bounds) => {
    const tally = tallyOf(setting)
    expect(tally.wrong).toEqual([])
    expect(share(tally.high)).toBeGreaterThan(bounds.high)
    expect(share(tally.inconclusive)).toBeLessThan(bounds.inconclusive)
    if (tally.medium > 20) expect(tally.mediumWrong / tally.medium).toBeLessThan(0.5)
    expect(tally.mostSteps).toBeLessThanOrEqual(5)
  })
})
