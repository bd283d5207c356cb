import { type SocketSummary, sockets } from '../../facts/sockets/index.js'
import { request } from '../../lib/fact-key.js'
import type { CheckKind } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { countFinding, measureFinding } from './findings.js'
import { meaningOf } from './meaning.js'
import { measuresOf } from './measures.js'
import { problems } from './problems.js'
import { type Spec, schema } from './schema.js'

type Needs = { readonly sockets: FactRequest<SocketSummary> }

export const connections: CheckKind<Spec, Needs> = {
  kind: 'connections',
  summary: 'how many connections there are by state, peer, port and process, and how well they run',
  schema,
  problems,
  needs: (spec, { host }) => ({ sockets: request(sockets, host.name, meaningOf(spec)) }),
  evaluate: (spec, { sockets: summary }, { host }) => [
    countFinding(spec, summary, host),
    ...measuresOf(spec).flatMap((measure) => {
      const measured = summary.details.find(({ name }) => name === measure.name)
      return measured === undefined ? [] : [measureFinding(spec, measure, summary, measured)]
    }),
  ],
}
