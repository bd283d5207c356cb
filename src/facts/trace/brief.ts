import type { Trace, TraceRound } from './value.js'

function briefRound({ hops, end }: TraceRound): string {
  const words = hops.map(({ from, answer, icmp }) => {
    if (from === null) return '*'
    if (answer === 'time-exceeded') return from
    return `${from}:${answer === 'unreachable' && icmp !== null ? `${icmp.type}/${icmp.code}` : answer}`
  })
  return [...words, end].join(' ')
}

/** For tests. A line a round, `10.0.0.1 * 10.0.0.9:open reached`: `*` for silence, answers but for time-exceeded; or the problem. */
export function brief({ flows, problem }: Trace): readonly string[] {
  return problem === null ? flows.flatMap(({ rounds }) => rounds.map(briefRound)) : [`${problem.kind}: ${problem.detail}`]
}
