import type { FactKind } from '../../model/fact.js'
import { packetFilters } from './linux.js'
import { rulesetShape } from './shape.js'
import type { FirewallArgs, Ruleset } from './value.js'

export type * from './value.js'
export { anyCounter } from './value.js'

/** The rules of all packet filters of a host: one command for all checks, and one for each window in which counters are watched. */
export const firewallRules: FactKind<FirewallArgs, Ruleset> = {
  name: 'firewall-rules',
  summary: 'The rules of nft and iptables: tables, chains, conditions, verdicts, counters',
  active: false,
  group: ({ overMs }) => String(overMs),
  isValue: rulesetShape,
  sources: { linux: [packetFilters] },
}
