import { amount, flag, listOf, mapOf, oneOf, orNull, type Shape, text, whole } from '../../lib/shape.js'
import type { Trace, TraceAnswer, TraceFlow, TraceHop, TraceProtocol, TraceRound } from './value.js'

export type Answer = TraceAnswer
export type Problem = NonNullable<Trace['problem']>

const wordsOf = <Word extends string>(words: Record<Word, 0>): readonly Word[] => Object.keys(words) as Word[]

export const answers = wordsOf<TraceAnswer>({
  'time-exceeded': 0,
  reply: 0,
  open: 0,
  closed: 0,
  'port-unreachable': 0,
  unreachable: 0,
})
export const ends = wordsOf<TraceRound['end']>({ reached: 0, stopped: 0, silent: 0, loop: 0, unfinished: 0 })
export const problems = wordsOf<Problem['kind']>({
  'name-error': 0,
  'source-error': 0,
  'no-route': 0,
  'local-policy': 0,
  'not-permitted': 0,
  unsupported: 0,
})
const protocols = wordsOf<TraceProtocol>({ tcp: 0, icmp: 0, udp: 0 })

const hop = mapOf<TraceHop>({
  ttl: whole,
  from: orNull(text),
  answer: orNull(oneOf(answers)),
  icmp: orNull(mapOf({ type: whole, code: whole })),
  rttMs: orNull(amount),
  asks: whole,
})
const hops = listOf(hop)

/** From TTL 1, without gaps. */
const inOrder: Shape<readonly TraceHop[]> = (value): value is readonly TraceHop[] =>
  hops(value) && value.every(({ ttl }, index) => ttl === index + 1)

const flow = mapOf<TraceFlow>({
  id: orNull(whole),
  rounds: listOf(mapOf<TraceRound>({ hops: inOrder, end: oneOf(ends) })),
})

const fields = mapOf<Trace>({
  probe: text,
  protocol: oneOf(protocols),
  address: orNull(text),
  source: orNull(text),
  port: orNull(whole),
  flows: listOf(flow),
  constantFlow: flag,
  problem: orNull(mapOf<Problem>({ kind: oneOf(problems), detail: text })),
})

/** What a recording must hold to be judged. */
export const traceShape: Shape<Trace> = (value): value is Trace =>
  fields(value) && (value.problem !== null || (value.flows.length > 0 && value.flows.every(({ rounds }) => rounds.length > 0)))
