import type { FactKind } from '../../model/fact.js'
import type { ResolverConfig, ResolverConfigArgs } from './value.js'

export type * from './value.js'

/** The DNS servers that a host is configured with. */
export const resolverConfig: FactKind<ResolverConfigArgs, ResolverConfig> = {
  name: 'resolver-config',
  summary: 'The DNS servers that a host is configured with',
  active: false,
  isValue: (_value): _value is ResolverConfig => false,
  sources: {},
}
