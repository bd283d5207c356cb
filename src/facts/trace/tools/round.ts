import { pace } from '../timing.js'
import type { TraceHop, TraceRound } from '../value.js'
import type { Line, LineContext } from './line.js'

/** How often the same router has to answer, with others between, for a loop. */
const turns = 3

/** Joins the first pass and what was asked again: the first answer of a TTL counts. */
export function roundOf(
  lines: readonly Line[],
  context: LineContext,
  hopOf: (line: Line, asks: number, context: LineContext) => TraceHop,
): TraceRound {
  const byTtl = new Map<number, { line: Line; asks: number }>()
  for (const line of lines) {
    const before = byTtl.get(line.ttl)
    if (before === undefined) byTtl.set(line.ttl, { line, asks: 1 })
    else if (before.line.from === null) byTtl.set(line.ttl, { line, asks: before.asks + 1 })
  }
  const hops: TraceHop[] = []
  for (let ttl = 1; ttl <= context.maxHops; ttl += 1) {
    const found = byTtl.get(ttl)
    if (found === undefined) break
    const hop = hopOf(found.line, found.asks, context)
    hops.push(hop)
    if (hop.answer !== null && hop.answer !== 'time-exceeded') {
      return unasked(hops) ? cut(hops) : { hops, end: hop.from === context.target ? 'reached' : 'stopped' }
    }
    if (isLoop(hops)) return unasked(hops) ? cut(hops) : { hops, end: 'loop' }
  }
  const last = hops.findLastIndex(({ from }) => from !== null) + 1
  const counted = hops.slice(0, last)
  if (unasked(counted)) return cut(counted)
  const tail = hops.slice(last, last + pace.tail)
  const enough = Math.min(pace.tail, context.maxHops - last)
  const silent = tail.length >= enough && enough > 0 && !unasked(tail)
  return { hops: counted, end: silent ? 'silent' : 'unfinished' }
}

/** Whether a hop is silent that was not asked again slowly: nothing is known of it. */
const unasked = (hops: readonly TraceHop[]): boolean => hops.some(({ from, asks }) => from === null && asks < 3)

function cut(hops: readonly TraceHop[]): TraceRound {
  return {
    hops: hops.slice(
      0,
      hops.findIndex(({ from, asks }) => from === null && asks < 3),
    ),
    end: 'unfinished',
  }
}

function isLoop(hops: readonly TraceHop[]): boolean {
  const last = hops.at(-1)?.from
  if (last === undefined || last === null) return false
  const at = hops.filter(({ from }) => from === last).map(({ ttl }) => ttl)
  return at.length >= turns && at.slice(1).every((ttl, index) => ttl - (at[index] ?? ttl) > 1)
}
