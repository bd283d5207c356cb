import type { Trace, TraceFlow, TraceHop, TraceRound } from '../../facts/trace/index.js'
import { canonicalAddress } from '../../lib/address.js'

/** One way between the ends, as the rounds of one flow tell it. */
export interface Path {
  /** Source port, or the id of ICMP; null when the probe could not hold it constant. */
  readonly flow: number | null
  /** The address that each router answered from, the nearest to the sender first; null where none did. */
  readonly hops: readonly (string | null)[]
  /** Places where no router answered, but something else tells who stands there. */
  readonly inferred: ReadonlySet<number>
  /** The target answered, so that there are as many routers as `hops` has entries. */
  readonly arrived: boolean
  /** How many rounds arrived at this distance. */
  readonly arrivals: number
  /** Rounds of this flow contradict each other: packets of one conversation take more than one path, or the path changed meanwhile. */
  readonly changing: boolean
  /** Where: the addresses that answered at one distance, from 1. */
  readonly changes: readonly { readonly distance: number; readonly addresses: readonly string[] }[]
  /**
   * One address answered at two distances in a row: a router let packets through whose time to live had run out, and the next one
   * answered for it (Augustin et al., IMC 2006). Its place is empty here, and distances may be short by one.
   */
  readonly shifted: boolean
  /** How the last round ended. */
  readonly end: TraceRound['end']
}

/** More than any path has. Whatever a host sends is read up to here. */
const most = { hops: 64, rounds: 20, flows: 20 }

type Same = (one: string, other: string) => boolean

/** The paths of all flows; the first is the one that was traced in rounds. */
export function pathsOf(trace: Trace, same: Same): readonly Path[] {
  return trace.flows.slice(0, most.flows).map((flow) => pathOf(flow, trace.address, same))
}

function pathOf(flow: TraceFlow, target: string | null, same: Same): Path {
  const rounds = flow.rounds.slice(0, most.rounds)
  const lengths = rounds.flatMap((round) => lengthOf(round, target) ?? [])
  // A target that did not answer where it stands answers further on: the nearest answer is the one that counts.
  const length = lengths.length === 0 ? null : Math.min(...lengths)
  const answers = rounds.map((round) => routersOf(round, target))
  const longest = Math.min(most.hops, Math.max(0, ...answers.map((routers) => routers.length)))
  const merged = Array.from({ length: length ?? longest }, (_, index) => {
    const here = [...new Set(answers.flatMap((routers) => routers[index] ?? []))]
    return { address: here[0] ?? null, others: here.filter((address) => address !== here[0] && !same(address, here[0] ?? '')) }
  })
  const changes = merged.flatMap(({ address, others }, index) =>
    address === null || others.length === 0 ? [] : [{ distance: index + 1, addresses: [address, ...others] }],
  )
  const hops = merged.map(({ address }) => address)
  const repeated = hops.map((address, index) => address !== null && address === hops[index + 1])
  return {
    flow: flow.id,
    hops: hops.map((address, index) => (repeated[index] === true ? null : address)),
    inferred: new Set(),
    arrived: length !== null,
    arrivals: lengths.filter((other) => other === length).length,
    changing:
      changes.length > 0 || (length !== null && answers.some((routers) => routers.slice(length).some((address) => address !== null))),
    changes,
    shifted: repeated.includes(true),
    end: rounds.at(-1)?.end ?? 'unfinished',
  }
}

/** How many routers a round crossed before the target answered; null when it did not. */
function lengthOf(round: TraceRound, target: string | null): number | null {
  const last = round.hops.find((hop) => isTarget(hop, target)) ?? (round.end === 'reached' ? round.hops.at(-1) : undefined)
  return last === undefined || last.ttl > most.hops ? null : last.ttl - 1
}

const isTarget = ({ from, answer }: TraceHop, target: string | null): boolean =>
  answer !== null &&
  answer !== 'time-exceeded' &&
  from !== null &&
  (target === null ? answer !== 'unreachable' : canonicalAddress(from) === target)

/**
 * Only who lets the time to live run out is at that distance. Any other ICMP error at it is sent by the router before (Linux looks at
 * the time to live first, in `ip_forward`) or by the target.
 */
function routersOf({ hops }: TraceRound, target: string | null): readonly (string | null)[] {
  const routers: (string | null)[] = []
  for (const { ttl, from, answer } of hops.slice(0, most.hops)) {
    const address = answer === 'time-exceeded' && from !== null ? canonicalAddress(from) : null
    // No router answers in the name of the target; what does so translates addresses, and says nothing of itself.
    if (address !== null && address !== target && ttl >= 1 && ttl <= most.hops) routers[ttl - 1] = address
  }
  return Array.from(routers, (address) => address ?? null)
}
