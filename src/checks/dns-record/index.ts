import { factKey } from '../../lib/fact-key.js'
import { learntFrom, nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext, CheckKind, FactsOf, Finding, Learnt } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { describeExpected } from './describe.js'
import { findingsOf } from './findings.js'
import { gather } from './gather.js'
import { inquiry } from './inquiry.js'
import { problems } from './problems.js'
import { problemsOn } from './problems-on.js'
import { type DnsNamesSpec, type DnsRecordSpec, dnsRecordSchema, eachName } from './spec.js'

export type { DnsNamesSpec } from './spec.js'

/** What can be asked for at once, before anything is known; `further` asks for what follows from it. */
type Needs = { readonly first: readonly FactRequest[] }

/** What a name, or each of several names, resolves to, at each of several resolvers. */
export const dnsRecord: CheckKind<DnsNamesSpec, Needs> = {
  kind: 'dns-record',
  summary: 'what a name resolves to, at each of several resolvers',
  schema: dnsRecordSchema,
  problems,
  problemsOn,
  needs: (spec, context) => ({ first: missing(spec, context, nothingLearnt) }),
  further: (spec, facts, context, learnt) => missing(spec, context, together(spec, context, facts, learnt)),
  evaluate: (spec, facts, context, learnt) => {
    const known = together(spec, context, facts, learnt)
    return eachName(spec).flatMap((one) => {
      const gathered = gather(inquiry(one, context, known, new Map()))
      return gathered === undefined ? [unfinished(one)] : findingsOf(one, context, gathered)
    })
  },
}

/** Whoever judges has stopped asking before the end. */
function unfinished(spec: DnsRecordSpec): Finding {
  return {
    verdict: 'error',
    subject: `dns ${spec.name} ${spec.type ?? 'A'}`,
    expected: describeExpected(spec, spec.type ?? 'A', []),
    actual: 'not everything was found out',
    message: 'More questions followed from every answer than are asked. Name the servers of the zone in `authoritative`.',
  }
}

function missing(spec: DnsNamesSpec, context: CheckContext, known: Learnt): readonly FactRequest[] {
  const requests = new Map<string, FactRequest>()
  for (const one of eachName(spec)) gather(inquiry(one, context, known, requests))
  return [...requests.values()]
}

/** Needs and what was learnt beside them, by one way. */
function together(spec: DnsNamesSpec, context: CheckContext, { first }: FactsOf<Needs>, learnt: Learnt): Learnt {
  const values = new Map(missing(spec, context, nothingLearnt).map((request, index) => [factKey(request), first[index]]))
  const needs = learntFrom((key) => {
    const value = values.get(key)
    return value === undefined ? undefined : { value }
  })
  return { of: (request) => needs.of(request) ?? learnt.of(request) }
}
