import { type Interfaces, interfaces } from '../../facts/interfaces/index.js'
import { type Neighbors, neighbors } from '../../facts/neighbors/index.js'
import { type RouteTables, routes } from '../../facts/routes/index.js'
import { request } from '../../lib/fact-key.js'
import type { CheckContext, CheckKind, FactsOf } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { askedOf, question } from './ask.js'
import { judge } from './judge.js'
import { placeOf } from './place.js'
import { problems } from './problems.js'
import { type Spec, schema } from './schema.js'
import type { Sight } from './sight.js'
import { type Obstacle, targetsOf } from './targets.js'

type Needs = {
  readonly table: FactRequest<Neighbors>
  readonly interfaces: FactRequest<Interfaces>
  /** Only where the gateways are meant. */
  readonly routes: readonly FactRequest<RouteTables>[]
}

export const neighbor: CheckKind<Spec, Needs> = {
  kind: 'neighbor',
  summary: 'a neighbour on the link is known by its MAC address, is who it should be, and has no double',
  schema,
  problems,
  needs: ({ gateway, family = 'inet' }, { host }) => ({
    table: request(neighbors, host.name, {}),
    interfaces: request(interfaces, host.name, {}),
    routes: gateway === true ? [request(routes, host.name, { family })] : [],
  }),
  further: (spec, facts, context) => {
    const sights = sightsOf(spec, facts, context)
    return 'verdict' in sights ? [] : sights.flatMap((sight) => question(sight) ?? [])
  },
  evaluate: (spec, facts, context, learnt) => {
    const sights = sightsOf(spec, facts, context)
    if ('verdict' in sights) return [{ subject: 'neighbor: gateway', expected: expectedGateway(spec), ...sights }]
    return sights.flatMap((sight) => judge({ ...sight, asked: askedOf(sight, learnt) }))
  },
}

function sightsOf(spec: Spec, facts: FactsOf<Needs>, { host }: CheckContext): readonly Sight[] | Obstacle {
  const targets = targetsOf(spec, facts.routes[0] ?? null)
  if ('verdict' in targets) return targets
  return targets.map((target) => ({ spec, target, table: facts.table, place: placeOf(target, facts.interfaces), host: host.name }))
}

const expectedGateway = ({ family = 'inet', interface: name }: Spec): string =>
  `a gateway${family === 'inet' ? '' : ' for IPv6'}${name === undefined ? '' : ` on ${name}`}`
