import { type SysctlValues, sysctl as sysctlFact } from '../../facts/sysctl/index.js'
import { request } from '../../lib/fact-key.js'
import type { CheckKind } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { asksForwarding, combinationOf } from './combination.js'
import { judge } from './judge.js'
import { pathFor, pathOf, perInterface } from './key.js'
import { problems } from './problems.js'
import { type Spec, schema } from './schema.js'

type Needs = {
  readonly values: FactRequest<SysctlValues>
  /** Where what is in effect depends on it. */
  readonly forwarding: readonly FactRequest<SysctlValues>[]
}

export const sysctl: CheckKind<Spec, Needs> = {
  kind: 'sysctl',
  summary: 'a setting of the kernel is as expected, or what it makes of it on an interface',
  schema,
  problems,

  // Of a setting of interfaces all are read: they are combined, and checks of several interfaces share what was read.
  needs: ({ key }, { host }) => {
    const path = pathOf(key)
    const setting = perInterface(path)
    const combination = setting === null ? null : combinationOf(setting)
    return {
      values: request(sysctlFact, host.name, { path: setting === null ? path : pathFor(setting, '*') }),
      forwarding:
        setting === null || combination === null || !asksForwarding(combination)
          ? []
          : [request(sysctlFact, host.name, { path: pathFor({ ...setting, setting: 'forwarding' }, '*') })],
    }
  },

  evaluate: (spec, { values, forwarding }) => judge(spec, { values, forwarding: forwarding[0] ?? null }),
}
