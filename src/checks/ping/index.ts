import { type Ping, ping as pingFact } from '../../facts/ping/index.js'
import { request } from '../../lib/fact-key.js'
import type { CheckContext, CheckKind, Learnt } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { findingsOf } from './findings.js'
import { pathMtuRequest } from './path-mtu.js'
import { pingProblems } from './problems.js'
import type { Sight } from './sight.js'
import { type PingSpec, pingSchema } from './spec.js'
import { pingArgs, targetsOf } from './targets.js'

export type { PingSpec } from './spec.js'

type Needs = { readonly pings: readonly FactRequest<Ping>[] }

/** Whether targets answer echo requests: how many, how fast, how evenly, and how large. */
export const ping: CheckKind<PingSpec, Needs> = {
  kind: 'ping',
  summary: 'whether targets answer echo requests: loss, round-trip times, jitter, path MTU',
  schema: pingSchema,
  problems: pingProblems,
  needs: (spec, context) => ({
    pings: targetsOf(spec, context.inventory).map((target) => request(pingFact, context.host.name, pingArgs(spec, target, context))),
  }),
  further: (spec, { pings }, context) => {
    const expected = spec['path-mtu']
    if (expected === undefined) return []
    // What answers no ping cannot answer the search.
    const answering = pings.flatMap(({ addresses }) => addresses.filter(({ replies }) => replies.length > 0))
    return [...new Set(answering.flatMap(({ address }) => address ?? []))].map((address) =>
      pathMtuRequest(spec, expected, address, context),
    )
  },
  evaluate: (spec, { pings }, context, learnt) => findingsOf(sightsOf(spec, pings, context, learnt)),
}

function sightsOf(spec: PingSpec, pings: readonly Ping[], context: CheckContext, learnt: Learnt): readonly Sight[] {
  return targetsOf(spec, context.inventory).flatMap((target, index) => {
    const answer = pings[index]
    return answer === undefined ? [] : answer.addresses.map((result) => ({ spec, target, result, probe: answer.probe, context, learnt }))
  })
}
