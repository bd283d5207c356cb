import { interfaces } from '../../facts/interfaces/index.js'
import type { Trace } from '../../facts/trace/index.js'
import { counted } from '../../lib/plural.js'
import type { CheckContext, CheckKind, Learnt } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { type Desk, openDesk } from './desk.js'
import { endsOf } from './ends.js'
import { findingOf } from './findings.js'
import { inquire, protocolsOf } from './inquiry.js'
import { inventoryProblems, pathSymmetryProblems } from './problems.js'
import { type PathSymmetrySpec, pathSymmetrySchema } from './spec.js'
import { firstRequests } from './trips.js'

type Needs = { readonly traces: readonly FactRequest<Trace>[] }

/** Whether packets between two hosts cross the same routers both ways. */
export const pathSymmetry: CheckKind<PathSymmetrySpec, Needs> = {
  kind: 'path-symmetry',
  summary: 'packets between two hosts cross the same routers both ways',
  schema: pathSymmetrySchema,
  problems: pathSymmetryProblems,
  problemsOn: inventoryProblems,
  hostOf: ({ between: [first = ''] }) => first,
  needs: (spec, context) => ({ traces: tracesOf(spec, context) }),
  further: (spec, { traces }, context, learnt) => study(spec, traces, context, learnt, false).desk.wanted,
  evaluate: (spec, { traces }, context, learnt) => {
    const { inquiry, desk } = study(spec, traces, context, learnt, true)
    return [findingOf(spec, endsOf(spec, context), inquiry, unaskedOf(spec, desk))]
  },
}

/** Both ways with the first protocol, at once. */
function tracesOf(spec: PathSymmetrySpec, context: CheckContext): readonly FactRequest<Trace>[] {
  const [protocol = 'tcp'] = protocolsOf(spec)
  return firstRequests(spec, endsOf(spec, context), protocol)
}

function study(spec: PathSymmetrySpec, traces: readonly Trace[], context: CheckContext, learnt: Learnt, final: boolean) {
  const known = tracesOf(spec, context).flatMap((request, index) => {
    const trace = traces[index]
    return trace === undefined ? [] : [[request, trace] as const]
  })
  const desk = openDesk(known, learnt, final)
  return { desk, inquiry: inquire(spec, endsOf(spec, context), context, desk) }
}

/** Hosts that would not say which addresses they have, which may be just the routers in question. */
function unaskedOf({ between }: PathSymmetrySpec, { failures }: Desk): readonly string[] {
  const told = failures.flatMap(({ request, error }) =>
    request.fact === interfaces.name && !between.includes(request.host)
      ? [`${request.host} could not be asked for its addresses: ${error.message}`]
      : [],
  )
  return told.length > mostTold ? [...told.slice(0, mostTold), `Nor could ${counted(told.length - mostTold, 'further host')}.`] : told
}

const mostTold = 5
