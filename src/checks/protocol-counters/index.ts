import { protocolCounters as countersFact, type ProtocolCounters } from '../../facts/protocol-counters/index.js'
import { parseDuration } from '../../lib/duration.js'
import { request } from '../../lib/fact-key.js'
import type { CheckKind } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { judge } from './judge.js'
import { problems } from './problems.js'
import { type Spec, schema } from './schema.js'

type Needs = { readonly counters: FactRequest<ProtocolCounters> }

export const protocolCounters: CheckKind<Spec, Needs> = {
  kind: 'protocol-counters',
  summary: "a counter of the kernel's IP, ICMP, TCP or UDP stands, grows or compares as expected",
  schema,
  problems,
  needs: ({ over }, { host }) => ({
    counters: request(countersFact, host.name, { overMs: over === undefined ? 0 : Math.round(parseDuration(over) ?? 0) }),
  }),
  evaluate: (spec, { counters }) => judge(spec, counters),
}
