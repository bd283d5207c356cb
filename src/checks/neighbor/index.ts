import { type Interfaces, interfaces } from '../../facts/interfaces/index.js'
import { absenceWithout, type Links, linkNamed, links, namingOf } from '../../facts/links/index.js'
import { type Neighbors, neighbors } from '../../facts/neighbors/index.js'
import { type RouteTables, routes } from '../../facts/routes/index.js'
import { canonicalAddress } from '../../lib/address.js'
import { request } from '../../lib/fact-key.js'
import type { CheckContext, CheckKind, FactsOf, Finding } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { askedOf, question, wayTo } from './ask.js'
import { judge } from './judge.js'
import { placeOf } from './place.js'
import { problems } from './problems.js'
import { type Spec, schema } from './schema.js'
import type { Sight } from './sight.js'
import { labelOf, targetsOf } from './targets.js'

type Needs = {
  readonly table: FactRequest<Neighbors>
  readonly interfaces: FactRequest<Interfaces>
  /** Only where an interface is named. */
  readonly links?: FactRequest<Links>
  /** Only where the gateways are meant. */
  readonly routes: readonly FactRequest<RouteTables>[]
}

export const neighbor: CheckKind<Spec, Needs> = {
  kind: 'neighbor',
  summary: 'a neighbour on the link is known by its MAC address, is who it should be, and has no double',
  schema,
  problems,
  needs: ({ gateway, family = 'inet', interface: device }, { host }) => ({
    table: request(neighbors, host.name, {}),
    interfaces: request(interfaces, host.name, {}),
    ...(device === undefined ? {} : { links: request(links, host.name, {}) }),
    routes: gateway === true ? [request(routes, host.name, { family })] : [],
  }),
  further: (spec, facts, context, learnt) => {
    const sights = sightsOf(spec, facts, context)
    return 'verdict' in sights ? [] : sights.flatMap((sight) => [wayTo(sight) ?? [], question(sight, learnt) ?? []].flat())
  },
  evaluate: (spec, facts, context, learnt) => {
    const sights = sightsOf(spec, facts, context)
    if ('verdict' in sights) return [sights]
    return sights.flatMap((sight) => judge({ ...sight, asked: askedOf(sight, learnt) }))
  },
}

function sightsOf(spec: Spec, facts: FactsOf<Needs>, { host }: CheckContext): readonly Sight[] | Finding {
  const missing = missingInterface(spec, facts.links)
  if (missing !== null) return missing
  const own = facts.links === undefined ? undefined : linkNamed(facts.links, spec.interface ?? '')?.name
  const targets = targetsOf(spec, own ?? spec.interface ?? null, facts.routes[0] ?? null)
  if ('verdict' in targets) return { subject: 'neighbor: gateway', expected: expectedGateway(spec), ...targets }
  return targets.map((target) => ({ spec, target, table: facts.table, place: placeOf(target, facts.interfaces), host: host.name }))
}

/** Where nobody can be a neighbour; that nobody is, or that nobody answers twice, is no proof of anything. */
function missingInterface(spec: Spec, known: Links | undefined): Finding | null {
  const { missing, names } = namingOf(known, spec.interface)
  if (missing === null) return null
  const sure = names.possible === null && spec.absent === undefined && spec.duplicates === undefined
  return {
    verdict: sure ? 'fail' : 'error',
    subject: spec.gateway === true ? 'neighbor: gateway' : labelOf(canonicalAddress(spec.address ?? '') ?? '', spec.interface ?? null),
    expected: spec.absent === true ? 'not known to this host' : 'an interface of that name',
    actual: 'no such interface',
    message: spec.absent === true ? absenceWithout(missing) : missing,
  }
}

const expectedGateway = ({ family = 'inet', interface: name }: Spec): string =>
  `a gateway${family === 'inet' ? '' : ' for IPv6'}${name === undefined ? '' : ` on ${name}`}`
