import type { Trace, TraceHop, TraceRound } from '../../facts/trace/index.js'
import { addressFamily, canonicalAddress } from '../../lib/address.js'

/** One line of a trace; `from` is canonical. */
export type Hop = TraceHop

/** Where packets ended. */
export type Outcome =
  | { readonly kind: 'reached'; readonly hop: Hop }
  /** A device said that it goes no further. `host-down`: nobody answers ARP or neighbour discovery there. */
  | { readonly kind: 'stopped'; readonly hop: Hop; readonly why: 'prohibited' | 'unreachable' | 'host-down' }
  /** The addresses that answered in turn. */
  | { readonly kind: 'loop'; readonly between: readonly string[] }
  | { readonly kind: 'silent' }
  /** The probe was out of time, or what it said makes no sense. */
  | { readonly kind: 'unfinished' }

/** What one flow of packets crossed, as one trace saw it. */
export interface Way {
  /** Source port, or the id of ICMP. */
  readonly flow: number | null
  readonly hops: readonly Hop[]
  /** The address that each router answered from, by distance; null for one that is not known. */
  readonly routers: readonly (string | null)[]
  /** More routers may follow, unseen. */
  readonly open: boolean
  readonly outcome: Outcome
}

/** More than any path has. Whatever a host sends is read up to here. */
const most = { hops: 64, rounds: 20, flows: 32 }

/** Every trace of every flow; those of the first flow come first. */
export function waysOf(trace: Trace): readonly Way[] {
  return trace.flows
    .slice(0, most.flows)
    .flatMap(({ id, rounds }) => rounds.slice(0, most.rounds).map((round) => wayOf(id, round, trace.address)))
}

function wayOf(flow: number | null, round: TraceRound, target: string | null): Way {
  const hops = round.hops.slice(0, most.hops).map((hop) => ({ ...hop, from: hop.from === null ? null : canonicalAddress(hop.from) }))
  const outcome = outcomeOf(hops, round.end, target)
  return {
    flow,
    hops,
    routers: routersOf(hops, outcome, target),
    open: outcome.kind === 'silent' || outcome.kind === 'unfinished',
    outcome,
  }
}

function outcomeOf(hops: readonly Hop[], end: TraceRound['end'], target: string | null): Outcome {
  const last = hops.at(-1)
  if (end === 'silent') return { kind: 'silent' }
  if (last === undefined || last.from === null) return { kind: 'unfinished' }
  if (isOfTarget(last, target)) return { kind: 'reached', hop: last }
  if (end === 'loop') return loopOf(hops)
  // A device on the way may reject with "port unreachable" too: that is an answer of the target from its own address alone.
  const refusal = last.answer === 'unreachable' || last.answer === 'port-unreachable'
  return refusal && (end === 'stopped' || end === 'reached') ? { kind: 'stopped', hop: last, why: whyOf(last) } : { kind: 'unfinished' }
}

/** Whether the target itself answered: an ICMP error from its address, or an answer that only the target gives. */
function isOfTarget({ from, answer }: Hop, target: string | null): boolean {
  if (answer === 'reply' || answer === 'open' || answer === 'closed') return true
  return (answer === 'unreachable' || answer === 'port-unreachable') && from !== null && from === target
}

/** RFC 792, RFC 1812 section 5.2.7.1, RFC 4443 section 3.1. */
const hostDown = { 4: ['3/1', '3/7'], 6: ['1/3'] } as const
const noRoute = { 4: ['3/0', '3/5', '3/6', '3/8', '3/11', '3/12'], 6: ['1/0', '1/2', '1/6'] } as const

function whyOf({ from, icmp }: Hop): 'prohibited' | 'unreachable' | 'host-down' {
  const family = addressFamily(from ?? '') ?? 4
  const key = icmp === null ? '' : `${icmp.type}/${icmp.code}`
  const isIn = (list: readonly string[]): boolean => list.includes(key)
  return isIn(hostDown[family]) ? 'host-down' : isIn(noRoute[family]) ? 'unreachable' : 'prohibited'
}

/** The routers from one answer of the last one to its next, each once. */
function loopOf(hops: readonly Hop[]): Outcome {
  const answers = hops.flatMap(({ from, answer }) => (answer === 'time-exceeded' && from !== null ? [from] : []))
  const last = answers.at(-1)
  const before = answers.slice(0, -1).lastIndexOf(last ?? '')
  if (last === undefined || before === -1) return { kind: 'unfinished' }
  return { kind: 'loop', between: [...new Set(answers.slice(before, -1))] }
}

/**
 * Only a router whose answer is "time exceeded" is at that distance for sure. One address at two distances in a row: a router let
 * packets through whose time to live had run out, and the next answered for it (Augustin et al., IMC 2006), so the first is unknown.
 */
function routersOf(hops: readonly Hop[], outcome: Outcome, target: string | null): readonly (string | null)[] {
  const end = outcome.kind === 'reached' || outcome.kind === 'stopped' ? outcome.hop.ttl : Number.POSITIVE_INFINITY
  const seen: (string | null)[] = []
  for (const { ttl, from, answer } of hops) {
    if (ttl < 1 || ttl > most.hops || ttl >= end) continue
    // No router answers in the name of the target; what does so translates addresses, and says nothing of itself.
    seen[ttl - 1] = answer === 'time-exceeded' && from !== target ? from : null
  }
  const length = Math.max(seen.length, Number.isFinite(end) ? Math.min(end, most.hops) - 1 : 0)
  const routers = Array.from({ length }, (_, index) => seen[index] ?? null)
  const known = routers.map((address, index) => (address !== null && address === routers[index + 1] ? null : address))
  if (outcome.kind !== 'stopped') return known
  // Linux looks at the time to live first: the device that stops packets is then seen once more, one hop further.
  const stopper = outcome.hop.from
  return stopper === known.at(-1) ? known : [...known, stopper]
}
