import { firewallRules, type Ruleset } from '../../facts/firewall-rules/index.js'
import { type Interfaces, interfaces } from '../../facts/interfaces/index.js'
import { type Links, links } from '../../facts/links/index.js'
import { canonicalAddress } from '../../lib/address.js'
import { parseDuration } from '../../lib/duration.js'
import { request } from '../../lib/fact-key.js'
import { isLoopback } from '../../lib/sockets/bound.js'
import type { CheckContext, CheckKind, Finding, Learnt } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { judgeCounters } from './counters.js'
import { judgeTraffic } from './judge.js'
import { type Family, familiesOf } from './packet.js'
import type { Direction, Surroundings } from './path.js'
import { defaultOf, judgePolicy } from './policy.js'
import { firewallProblems } from './problems.js'
import { type Spec, schema } from './schema.js'

/** `links` holds a request where the traffic names an interface, `addresses` where it is for the host itself; otherwise none. */
type Needs = {
  readonly rules: FactRequest<Ruleset>
  readonly links: readonly FactRequest<Links>[]
  readonly addresses: readonly FactRequest<Interfaces>[]
}

const directions: readonly Direction[] = ['input', 'forward', 'output']

/** Those that are asked about: by `family`, by the addresses in the traffic, or all that this kernel speaks. */
function familiesIn({ family, traffic }: Spec, ruleset: Ruleset | null): readonly Family[] {
  if (family === 'inet') return [4]
  if (family === 'inet6') return [6]
  const named = traffic === undefined ? [] : familiesOf(traffic)
  if (named.length > 0) return named
  return ruleset?.ipv6 === false && family === undefined ? [4] : [4, 6]
}

const ownAddresses = (context: CheckContext): FactRequest<Interfaces> => request(interfaces, context.host.name, {})

function learntAddresses(context: CheckContext, learnt: Learnt): Interfaces | null {
  const answer = learnt.of(ownAddresses(context))
  return answer !== undefined && 'value' in answer ? answer.value : null
}

/** What is known of the host, with its addresses; null: those are not known. */
function surroundings(addresses: Interfaces | null, known: Links | undefined): Surroundings {
  const own = addresses?.flatMap((link) => link.addresses.map(({ address }) => canonicalAddress(address) ?? address)) ?? null
  const isOwn = (address: string): boolean | null => (isLoopback(address) ? true : own === null ? null : own.includes(address))
  return { isOwn, own, links: known ?? null }
}

function judge(spec: Spec, ruleset: Ruleset, host: Surroundings): readonly Finding[] {
  const families = familiesIn(spec, ruleset)
  const { traffic, verdict, policy = {}, counters } = spec
  const ofTraffic =
    traffic === undefined || verdict === undefined ? [] : families.map((family) => judgeTraffic(traffic, verdict, family, ruleset, host))
  const ofPolicy = directions.flatMap((direction) => {
    const wanted = policy[direction]
    if (wanted === undefined) return []
    return families.map((family) => judgePolicy(ruleset, direction, wanted, family, defaultOf(ruleset, direction, family === 4 ? 6 : 4)))
  })
  return [...ofTraffic, ...ofPolicy, ...(counters === undefined ? [] : judgeCounters(counters, ruleset, families))]
}

export const firewall: CheckKind<Spec, Needs> = {
  kind: 'firewall',
  summary: "the host's own nft or iptables rules accept or block this traffic",
  schema,
  problems: firewallProblems,
  needs: ({ counters, traffic }, { host }) => ({
    rules: request(firewallRules, host.name, { overMs: counters === undefined ? null : parseDuration(counters.over) }),
    links: traffic?.interface === undefined && traffic?.['out-interface'] === undefined ? [] : [request(links, host.name, {})],
    addresses: traffic === undefined || (traffic.direction ?? 'input') !== 'input' ? [] : [request(interfaces, host.name, {})],
  }),
  // Where a rule gives packets another destination it matters whether that is the host itself.
  further: (spec, { rules, links: [known], addresses: [own] }, context) => {
    if (own !== undefined) return []
    let matters = false
    const isOwn = (address: string): null => {
      matters = matters || !isLoopback(address)
      return null
    }
    judge(spec, rules, { ...surroundings(null, known), isOwn })
    return matters ? [ownAddresses(context)] : []
  },
  evaluate: (spec, { rules, links: [known], addresses: [own] }, context, learnt) =>
    judge(spec, rules, surroundings(own ?? learntAddresses(context, learnt), known)),
}
