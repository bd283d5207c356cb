import { type Bond, bonds } from '../../facts/bonds/index.js'
import { type InterfaceCounters, interfaceCounters } from '../../facts/interface-counters/index.js'
import { type LinkSpeed, linkSpeed } from '../../facts/link-speed/index.js'
import { explainNamed, hiddenNames, type Link, type Links, linkNamed, links, namingOf, otherLinks } from '../../facts/links/index.js'
import { type Comparison, findingOf } from '../../lib/comparison.js'
import { request } from '../../lib/fact-key.js'
import type { CheckKind, Finding } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { judgeAddresses } from './addresses.js'
import { judgeCounters, windowOf } from './counters.js'
import { judgeBond, judgeMembers } from './members.js'
import { problems } from './problems.js'
import { compareProperties } from './properties.js'
import { type Spec, schema } from './schema.js'
import { explainState, stateOf } from './state.js'

/** Beside `links` each list holds one request, or none where nothing is expected of it. */
type Needs = {
  readonly links: FactRequest<Links>
  readonly speeds: readonly FactRequest<readonly LinkSpeed[]>[]
  readonly bonds: readonly FactRequest<readonly Bond[]>[]
  readonly counters: readonly FactRequest<InterfaceCounters>[]
}

export const interfaceCheck: CheckKind<Spec, Needs> = {
  kind: 'interface',
  summary: "a network interface's state, addresses, place and counters are as expected, or it is absent",
  schema,
  problems,

  needs: (spec, { host }) => {
    const overMs = windowOf(spec)
    return {
      links: request(links, host.name, {}),
      speeds: spec.speed === undefined && spec.duplex === undefined ? [] : [request(linkSpeed, host.name, {})],
      bonds: spec['bond-mode'] === undefined && spec.lacp === undefined ? [] : [request(bonds, host.name, {})],
      counters: overMs === null ? [] : [request(interfaceCounters, host.name, { overMs })],
    }
  },

  evaluate: (spec, facts) => {
    const label = `interface ${spec.name}`
    const link = linkNamed(facts.links, spec.name)
    if (link === undefined) return [judgeMissing(spec, facts.links, label)]
    if (spec.absent === true) {
      const comparison = { property: '', outcome: 'unmet', expected: 'no such interface', actual: describe(link) } as const
      return [findingOf(label, comparison, `Look at \`ip -d link show ${link.name}\`.`)]
    }
    const speeds = facts.speeds[0]
    const found = [
      ...compareProperties(spec, link, facts.links, speeds).map((comparison) =>
        findingOf(label, comparison, explain(comparison, link, spec, facts.links)),
      ),
      ...judgeAddresses(spec, link, facts.links, label),
      ...judgeMembers(spec, link, facts.links, label),
      ...judgeBond(spec, link, facts.bonds[0], label),
      ...judgeCounters(spec, link.name, facts.counters[0], label),
    ]
    return found.length > 0
      ? found
      : [findingOf(label, { property: '', outcome: 'met', expected: 'an interface', actual: describe(link) }, '')]
  },
}

/** `veth, up`. */
const describe = (link: Link): string => [link.type ?? '', stateOf(link).words].filter((word) => word !== '').join(', ')

function judgeMissing(spec: Spec, all: Links, label: string): Finding {
  const actual = 'no such interface'
  if (spec.absent === true) return findingOf(label, { property: '', outcome: 'met', expected: actual, actual }, hiddenNames(all))
  // What is shown under no name may be shown under another.
  const outcome = hiddenNames(all) === '' ? 'unmet' : 'unknown'
  return findingOf(label, { property: '', outcome, expected: 'an interface', actual }, otherLinks(all, spec.name))
}

function explain(comparison: Comparison, link: Link, spec: Spec, all: Links): string {
  const { property, outcome } = comparison
  const why = outcome === 'met' ? '' : explainDifference(comparison, link, spec)
  return property === 'parent' || property === 'master' ? explainNamed(namingOf(all, spec[property]), outcome, why) : why
}

function explainDifference({ property, outcome }: Comparison, link: Link, spec: Spec): string {
  const { name } = link
  if (property === 'state' || property === 'carrier') return outcome === 'unknown' ? 'Set it up to see.' : explainState(link)
  if (outcome === 'unknown') {
    return property === 'speed' || property === 'duplex'
      ? `The driver does not tell it (/sys/class/net/${name}/${property}): virtual interfaces often do not.`
      : 'The tools of this host do not show it; `ip` of iproute2 would.'
  }
  if (property === 'mtu')
    return `All hosts of a LAN must have one MTU: larger packets vanish. \`ip link set ${name} mtu NUMBER\` holds until the next boot: set it in the network configuration, too.`
  if (property === 'speed' || property === 'duplex') {
    return stateOf(link).state === 'down'
      ? explainState(link)
      : `Look at \`ethtool ${name}\`: autonegotiation must be the same at both ends, and cable and SFP good for it.`
  }
  if (property === 'mac') return 'Another card, another virtual machine, or a MAC that was set by hand or by a bond.'
  if (property === 'master') return `Look at \`ip link show master ${typeof spec.master === 'string' ? spec.master : name}\`.`
  return `Look at \`ip -d link show ${name}\`.`
}
