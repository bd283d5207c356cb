import { type Conntrack, conntrack as conntrackFact } from '../../facts/conntrack/index.js'
import { parseDuration } from '../../lib/duration.js'
import { request } from '../../lib/fact-key.js'
import type { CheckKind } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { judge } from './judge.js'
import { problems } from './problems.js'
import { type Spec, schema } from './schema.js'

type Needs = { readonly table: FactRequest<Conntrack> }

export const conntrack: CheckKind<Spec, Needs> = {
  kind: 'conntrack',
  summary: 'how full the table of tracked connections is, and what it could not track',
  schema,
  problems,
  needs: ({ over }, { host }) => ({
    table: request(conntrackFact, host.name, { overMs: over === undefined ? 0 : Math.round(parseDuration(over) ?? 0) }),
  }),
  evaluate: (spec, { table }) => judge(spec, table),
}
