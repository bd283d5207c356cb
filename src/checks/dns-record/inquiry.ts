import { type DnsQuery, type DnsQueryArgs, dnsQuery } from '../../facts/dns-query/index.js'
import { factKey, request } from '../../lib/fact-key.js'
import type { CheckContext, Learnt } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import type { Json } from '../../model/json.js'
import type { Outcome } from './answer.js'
import { type Question, questionOf } from './question.js'
import type { Server } from './resolver-words.js'
import type { DnsRecordSpec } from './spec.js'

/**
 * What one check finds out, step by step. Everything that needs a fact asks `of` for it, and gives up for now where it is not known
 * yet; then the check asks for what was missed, and all starts again, until nothing is missing.
 */
export interface Inquiry {
  readonly spec: DnsRecordSpec
  readonly question: Question
  readonly context: CheckContext
  /** undefined: not known yet. */
  of<Value extends Json>(request: FactRequest<Value>): Outcome<Value> | undefined
}

/** Of one check: a zone whose servers lead to ever more servers must end somewhere. */
const mostQuestions = 1_000

/** @param missing receives each request that was asked for and is not known. */
export function inquiry(spec: DnsRecordSpec, context: CheckContext, known: Learnt, missing: Map<string, FactRequest>): Inquiry {
  const asked = new Set<string>()
  return {
    spec,
    context,
    question: questionOf(spec),
    of: (wanted) => {
      const key = factKey(wanted)
      asked.add(key)
      if (asked.size > mostQuestions) return { error: { reason: 'not-understood', message: `more than ${mostQuestions} questions` } }
      const outcome = known.of(wanted)
      if (outcome === undefined) missing.set(key, wanted)
      return outcome
    },
  }
}

/**
 * How often a question is asked, and how long each try waits at most; together they fit into the check's `timeout`. A resolver that looks
 * a name up far away takes a second or two. On the way down a delegation the next server is asked soon: there are many, and they know
 * their answers.
 */
const patience = { full: { tries: 3, longestMs: 3_000 }, short: { tries: 2, longestMs: 1_500 } } as const

export interface QueryOptions {
  readonly recurse: boolean
  /** Queries a second; null for no bound. */
  readonly rate?: number | null
  readonly dnssec?: boolean
  /** Default `full`. */
  readonly patience?: keyof typeof patience
}

/** The request that puts a question to a server. */
export function queryTo(
  { spec, context }: Pick<Inquiry, 'spec' | 'context'>,
  server: Server,
  { name, type }: Pick<Question, 'name' | 'type'>,
  { recurse, rate = null, dnssec = false, ...options }: QueryOptions,
): FactRequest<DnsQuery> {
  const { tries, longestMs } = patience[options.patience ?? 'full']
  const args: DnsQueryArgs = {
    server: server.address,
    port: server.port,
    name,
    type,
    recurse,
    timeoutMs: Math.max(1, Math.min(longestMs, Math.floor(context.timeoutMs / tries))),
    tries,
    ...(dnssec ? { dnssec } : {}),
    ...(spec.transport === undefined ? {} : { transport: spec.transport }),
    ...(spec.source === undefined ? {} : { source: spec.source }),
    ...(rate === null ? {} : { rate }),
  }
  return request(dnsQuery, context.host.name, args)
}

/** Every outcome, or undefined while one of them is not known; all are asked for at once. */
export function allOf<Value extends Json>(
  inquiry: Inquiry,
  requests: readonly FactRequest<Value>[],
): readonly Outcome<Value>[] | undefined {
  return known(requests.map((each) => inquiry.of(each)))
}

/** All of these, or undefined when one is undefined. */
export function known<Value>(values: readonly (Value | undefined)[]): readonly Value[] | undefined {
  const there = values.filter((value): value is Value => value !== undefined)
  return there.length === values.length ? there : undefined
}
