import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { result, sampleReport } from '../../../test/contracts/sample-report.js'
import { displayWidth } from '../../lib/display-width.js'
import type { RunEvent } from '../../model/report.js'
import { consoleReporter } from './index.js'
import { progressLine } from './progress.js'
import type { Tally } from './tally.js'

const tally = (differs: Partial<Tally> = {}): Tally => ({
  hosts: 20,
  hostsDone: 12,
  checks: 148,
  totals: { pass: 70, fail: 1, error: 14, skip: 0 },
  judged: new Map(),
  kept: { pass: [], fail: [], error: [], skip: [] },
  waiting: 0,
  interruption: null,
  ...differs,
})

describe('progressLine', () => {
  it.each([
    [120, 3_149, {}, ' ⣿⣿⣿⣿⣿⣀⣀⣀⣀⣀  85/148 checks  12/20 hosts  70 passed  1 failed  14 undetermined  3.1 s'],
    [79, 3_149, {}, ' 85/148 checks  12/20 hosts  70 passed  1 failed  14 undetermined  3.1 s'],
    [60, 125_900, {}, ' 85/148 checks  1 failed  14 undetermined  2 m 05 s'],
    [30, 3_149, {}, ' 85/148 checks  1 failed'],
    [10, 3_149, {}, ' 85/148 ch'],
    [0, 3_149, {}, ''],
    [
      120,
      0,
      { totals: { pass: 0, fail: 0, error: 0, skip: 0 }, waiting: 3 },
      ' ⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀  0/148 checks  12/20 hosts  0 passed  3 to try again  0.0 s',
    ],
    [120, 0, { checks: 0, totals: { pass: 0, fail: 0, error: 0, skip: 0 } }, ' ⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀  0/0 checks  12/20 hosts  0 passed  0.0 s'],
  ])('in %d columns after %d ms', (columns, ms, differs, line) => {
    expect(progressLine(tally(differs), ms, columns)).toBe(line)
  })

  it('never needs more than the columns there are', () => {
    for (let columns = 0; columns <= 130; columns += 1)
      expect(displayWidth(progressLine(tally(), 3_149, columns))).toBeLessThanOrEqual(columns)
  })
})

describe('progress', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const start: RunEvent = { type: 'start', at: sampleReport.startedAt, hosts: 1, checks: 2_000, runbooks: [] }
  const { results: _, ...summary } = sampleReport
  const one: RunEvent = { type: 'result', result: result({ name: 'check', host: 'web1' }) }

  function followed(columns: number | null, verbosity: 'quiet' | 'normal' = 'normal') {
    const writes: string[] = []
    const progress = { write: (text: string) => void writes.push(text), columns, color: true }
    const follower = consoleReporter.follow({ results: { write: () => {}, columns, color: true }, progress }, { verbosity })
    return { writes, follower, progress }
  }

  it('is redrawn in place ten times a second at most, and erased at the end', () => {
    const { writes, follower } = followed(80)
    follower.event(start)
    for (let index = 0; index < 2_000; index += 1) {
      follower.event(one)
      vi.advanceTimersByTime(1)
    }
    expect(writes.length).toBeGreaterThan(15)
    expect(writes.length).toBeLessThanOrEqual(22)
    expect(writes.every((text) => text.startsWith('\r\u001b[K ') && !text.includes('\n'))).toBe(true)
    follower.event({ type: 'end', summary })
    expect(writes.at(-1)).toBe('\r\u001b[K')
    const count = writes.length
    follower.close()
    vi.advanceTimersByTime(60_000)
    expect(writes).toHaveLength(count)
  })

  it('goes on while nothing happens', () => {
    const { writes, follower } = followed(80)
    follower.event(start)
    vi.advanceTimersByTime(1_050)
    expect(writes.at(-1)).toBe('\r\u001b[K ⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀  0/2000 checks  0/1 hosts  0 passed  1.0 s')
    follower.close()
  })

  it('follows a window that is made smaller', () => {
    const { writes, follower, progress } = followed(80)
    follower.event(start)
    progress.columns = 24
    vi.advanceTimersByTime(500)
    expect(writes.at(-1)).toBe('\r\u001b[K 0/2000 checks  0.5 s')
    follower.close()
  })

  it('is erased when a run breaks off without an end', () => {
    const { writes, follower } = followed(80)
    follower.event(start)
    follower.close()
    vi.advanceTimersByTime(60_000)
    expect(writes.at(-1)).toBe('\r\u001b[K')
  })

  it('makes room for what it says', () => {
    const { writes, follower } = followed(80)
    follower.event(start)
    follower.event({ type: 'interrupt', reason: 'SIGINT' })
    expect(writes.slice(-2)).toEqual(['\r\u001b[K', ' Interrupted: SIGINT. Ending what still runs, then reporting what is known.\n'])
    follower.close()
  })

  it('is a line every ten seconds where there is no terminal', () => {
    const { writes, follower } = followed(null)
    follower.event(start)
    follower.event(one)
    vi.advanceTimersByTime(25_000)
    follower.event({ type: 'end', summary })
    follower.close()
    vi.advanceTimersByTime(60_000)
    expect(writes).toEqual([' 1/2000 checks  0/1 hosts  1 passed  10.0 s\n', ' 1/2000 checks  0/1 hosts  1 passed  20.0 s\n'])
  })

  it('is nothing when quiet', () => {
    const { writes, follower } = followed(80, 'quiet')
    follower.event(start)
    follower.event(one)
    vi.advanceTimersByTime(60_000)
    follower.event({ type: 'interrupt', reason: 'SIGINT' })
    follower.event({ type: 'end', summary })
    follower.close()
    expect(writes).toEqual([])
  })
})
