import { type SysctlValues, sysctl as sysctlFact } from '../../facts/sysctl/index.js'
import { type SysctlConfig, sysctlConfig } from '../../facts/sysctl-config/index.js'
import { request } from '../../lib/fact-key.js'
import { pathOf } from '../../lib/sysctl-key.js'
import type { CheckKind } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { judgeBoot } from './boot.js'
import { asksForwarding, combinationOf } from './combination.js'
import { devicesOf, judge } from './judge.js'
import { pathFor, perInterface } from './key.js'
import { problems } from './problems.js'
import { type Spec, schema } from './schema.js'

type Needs = {
  readonly values: FactRequest<SysctlValues>
  /** Where what is in effect depends on it. */
  readonly forwarding: readonly FactRequest<SysctlValues>[]
  /** Where the next boot matters. */
  readonly config: readonly FactRequest<SysctlConfig>[]
}

export const sysctl: CheckKind<Spec, Needs> = {
  kind: 'sysctl',
  summary: 'a setting of the kernel is as expected, or what it makes of it on an interface',
  schema,
  problems,

  // Of a setting of interfaces all are read: they are combined, and checks of several interfaces share what was read.
  needs: ({ key, persistent }, { host }) => {
    const path = pathOf(key)
    const setting = perInterface(path)
    const combination = setting === null ? null : combinationOf(setting)
    return {
      config: persistent === true ? [request(sysctlConfig, host.name, {})] : [],
      values: request(sysctlFact, host.name, { path: setting === null ? path : pathFor(setting, '*') }),
      forwarding:
        setting === null || combination === null || !asksForwarding(combination)
          ? []
          : [request(sysctlFact, host.name, { path: pathFor({ ...setting, setting: 'forwarding' }, '*') })],
    }
  },

  evaluate: (spec, { values, forwarding, config }) => [
    ...judge(spec, { values, forwarding: forwarding[0] ?? null }),
    ...config.flatMap((files) => judgeBoot(spec, devicesOf(spec, values), files)),
  ],
}
