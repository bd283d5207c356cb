import { type Interfaces, interfaces } from '../../facts/interfaces/index.js'
import { type TcpConnect, tcpConnect } from '../../facts/tcp-connect/index.js'
import { type Trace, trace } from '../../facts/trace/index.js'
import { request } from '../../lib/fact-key.js'
import type { CheckContext, CheckKind, Finding, Learnt } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { knowDevices } from './devices.js'
import { findingsOf } from './findings.js'
import { candidates } from './on-way.js'
import { pathInventoryProblems, pathProblems } from './problems.js'
import type { Sight } from './sight.js'
import { type PathSpec, pathSchema, placesOf } from './spec.js'
import { sendingFrom, targetOf, traceArgs, waitMs } from './target.js'
import { findingsWithout } from './untraced.js'
import { waysOf } from './way.js'

export type { PathSpec } from './spec.js'

type Needs = { readonly trace: FactRequest<Trace> }

/** The path that packets take to a target: where it leads, what it crosses, where it stops. */
export const path: CheckKind<PathSpec, Needs> = {
  kind: 'path',
  summary: 'the path to a target: whether it arrives, via which routers, how far, and where it stops',
  schema: pathSchema,
  problems: pathProblems,
  problemsOn: pathInventoryProblems,
  needs: (spec, context) => ({ trace: request(trace, context.host.name, traceArgs(spec, context)) }),
  further: (spec, facts, context, learnt) => {
    const sight = sightOf(spec, facts.trace, context, learnt)
    if (facts.trace.problem !== null) return []
    return [...connectWanted(sight), ...interfacesWanted(sight)]
  },
  evaluate: (spec, facts, context, learnt): readonly Finding[] => {
    const sight = sightOf(spec, facts.trace, context, learnt)
    const { problem } = facts.trace
    return problem === null ? findingsOf(sight) : findingsWithout(sight, problem)
  },
}

function sightOf(spec: PathSpec, traced: Trace, context: CheckContext, learnt: Learnt): Sight {
  const target = targetOf(spec, context)
  const devices = knowDevices(context.inventory, (host) => learnt.of(interfacesOf(host)))
  const sight = { spec, target, trace: traced, ways: waysOf(traced), devices, context, connect: null }
  const connect = connectRequest(sight)
  // So that names learnt from hosts are shown wherever an address is.
  for (const { text } of placesOf(spec)) devices.place(text)
  return { ...sight, connect: connect === null ? null : (learnt.of(connect) ?? null) }
}

const interfacesOf = (host: string): FactRequest<Interfaces> => request(interfaces, host, {})

/** A silent end of a TCP path: the probe of `tcp-port` knows how to tell a dropped connection from a slow one. */
function connectWanted(sight: Sight): readonly FactRequest[] {
  const wanted = connectRequest(sight)
  const arrived = sight.ways.some(({ outcome }) => outcome.kind === 'reached')
  const lost = sight.ways.some(({ open }) => open)
  return wanted !== null && lost && !arrived ? [wanted] : []
}

function connectRequest({
  spec,
  target,
  trace: traced,
  context,
}: Pick<Sight, 'spec' | 'target' | 'trace' | 'context'>): FactRequest<TcpConnect> | null {
  if (target.protocol !== 'tcp' || target.port === null || traced.address === null) return null
  const args = { host: traced.address, port: target.port, timeoutMs: waitMs(context), ...sendingFrom(spec) }
  return request(tcpConnect, context.host.name, args)
}

/** Hosts whose other addresses would tell whether they are on the path. */
function interfacesWanted({ spec, devices, ways }: Sight): readonly FactRequest[] {
  const asked = placesOf(spec).flatMap(({ text }) => {
    const place = devices.place(text)
    return place.askable !== null && ways.some((way) => candidates(place, way).length > 0) ? [place.askable] : []
  })
  return [...new Set(asked)].map(interfacesOf)
}
