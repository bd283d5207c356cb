import { type TcpConnect, tcpConnect } from '../../facts/tcp-connect/index.js'
import { request } from '../../lib/fact-key.js'
import type { CheckContext, CheckKind } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { findingsOf } from './findings.js'
import { tcpPortProblems } from './problems.js'
import { type TcpPortSpec, tcpPortSchema } from './spec.js'
import { expandTargets } from './targets.js'

export type { TcpPortSpec } from './spec.js'

type Needs = { readonly targets: readonly FactRequest<TcpConnect>[] }

/**
 * How long a first ask waits at most. ARP gives up after 3 s (arp(7)), so that a dead neighbour is known before. Silence is asked
 * again, and longer, whatever this is.
 */
const longestWaitMs = 3_300

/** Whether TCP targets can be reached from a host, and if not, what stands in the way. */
export const tcpPort: CheckKind<TcpPortSpec, Needs> = {
  kind: 'tcp-port',
  summary: 'whether TCP targets can be reached from a host, are closed, or are blocked',
  schema: tcpPortSchema,
  problems: tcpPortProblems,
  needs: (spec, context) => ({
    targets: expandTargets(spec, context.inventory).map(({ host, port }) =>
      request(tcpConnect, context.host.name, { host, port, ...optionsOf(spec, context) }),
    ),
  }),
  evaluate: (spec, { targets: answers }, context) => {
    const sights = expandTargets(spec, context.inventory).flatMap((target, index) => {
      const answer = answers[index]
      return answer === undefined ? [] : answer.addresses.map((result) => ({ target, result, probe: answer.probe, context }))
    })
    return findingsOf(spec, sights)
  },
}

function optionsOf(spec: TcpPortSpec, context: CheckContext) {
  return {
    timeoutMs: Math.min(context.timeoutMs, longestWaitMs),
    ...(spec.source === undefined ? {} : { source: spec.source }),
    ...(spec.family === undefined ? {} : ({ family: spec.family === 'ipv4' ? 4 : 6 } as const)),
  }
}
