import { type Interfaces, interfaces } from '../../facts/interfaces/index.js'
import { type NetworkConfig, networkConfig } from '../../facts/network-config/index.js'
import { type RouteTables, routes } from '../../facts/routes/index.js'
import { type Rules, rules } from '../../facts/rules/index.js'
import { request } from '../../lib/fact-key.js'
import type { CheckKind } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { judgeWritten } from './judge.js'
import { problems } from './problems.js'
import { judgeRunning } from './running.js'
import { type Spec, schema } from './schema.js'

type Needs = {
  readonly config: FactRequest<NetworkConfig>
  /** What runs; none where it is not compared. */
  readonly interfaces: readonly FactRequest<Interfaces>[]
  readonly tables: readonly FactRequest<RouteTables>[]
  /** Only where the whole host is compared: a rule belongs to no interface. */
  readonly policy: readonly FactRequest<Rules>[]
}

const families = ['inet', 'inet6'] as const

export const networkConfigCheck: CheckKind<Spec, Needs> = {
  kind: 'network-config',
  summary: 'what is configured to survive a reboot, and whether that is what runs now',
  schema,
  problems,
  needs: (spec, { host }) => {
    const compares = spec['matches-running'] === true
    return {
      config: request(networkConfig, host.name, {}),
      interfaces: compares ? [request(interfaces, host.name, {})] : [],
      tables: compares ? families.map((family) => request(routes, host.name, { family })) : [],
      policy: compares && spec.interface === undefined ? families.map((family) => request(rules, host.name, { family })) : [],
    }
  },
  evaluate: (spec, { config, interfaces, tables, policy }, { host }) => {
    const [running] = interfaces
    const written = judgeWritten(spec, config, host.name)
    if (running === undefined) return written
    const compared = judgeRunning(config, { interfaces: running, tables, policy }, spec.interface ?? null, host.name)
    // What stands in the way of the one stands in the way of the other, and is told once.
    const isTold = written.some(({ verdict, message }) => verdict === 'error' && compared.some((finding) => finding.message === message))
    const isAsked = Object.keys(spec).some((key) => !['interface', 'family', 'matches-running'].includes(key))
    return [...(isAsked ? written : []), ...(isTold && isAsked ? [] : compared)]
  },
}
