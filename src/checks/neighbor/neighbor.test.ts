import { describe, expect, test } from 'vitest'
import type { Arp } from '../../facts/arp/index.js'
import type { Interfaces } from '../../facts/interfaces/index.js'
import type { Link, Links } from '../../facts/links/index.js'
import type { Neighbor, Neighbors } from '../../facts/neighbors/index.js'
import type { RouteLookup } from '../../facts/route-lookup/index.js'
import type { RouteTables } from '../../facts/routes/index.js'
import { learntFrom } from '../../lib/learnt.js'
import type { CheckContext, Finding, SpecProblem } from '../../model/check.js'
import type { FactError } from '../../model/fact.js'
import { neighbor } from './index.js'
import type { Spec } from './schema.js'

const context = { host: { name: 'web1' } } as CheckContext

const address = (text: string, prefixLength: number | null) => ({ address: text, prefixLength, peer: null, dynamic: false })
const links: Interfaces = [
  { name: 'lo', addresses: [address('127.0.0.1', 8), address('::1', 128)] },
  { name: 'eth0', addresses: [address('203.0.113.11', 24), address('2001:db8:113::11', 64), address('fe80::11', 64)] },
  { name: 'eth1', addresses: [address('10.10.0.11', 24), address('fe80::12', 64)] },
]

const [router, other] = ['02:00:00:00:00:01', '02:00:00:00:00:99']
const entry = (of: string, state: Neighbor['state'], mac: string | null = router, on = 'eth0'): Neighbor => ({
  ...{ family: of.includes(':') ? 'inet6' : 'inet', address: of, interface: on, mac, state, router: null },
})
const table = (...entries: readonly Neighbor[]): Neighbors => ({ families: ['inet', 'inet6'], complete: true, entries })
const proc = (...entries: readonly Neighbor[]): Neighbors => ({ families: ['inet'], complete: false, entries })

const hop = (via: string | null, on: string) => ({ via, interface: on, weight: 1, flags: [] })
const defaults = (...hops: readonly ReturnType<typeof hop>[]): RouteTables => ({
  ...{ family: 'inet', tables: 'all', hides: [] },
  routes: hops.map((each, index) => ({
    ...{ destination: '0.0.0.0/0', types: ['unicast'], nextHops: [each], metric: index, table: 'main', protocol: 'boot', scope: 'global' },
    ...{ source: null, from: null, tos: null },
  })),
})

const link = (name: string, ...altNames: readonly string[]): Link => ({
  ...{ name, altNames, up: true, carrier: true, operState: 'up', mac: null, mtu: 1500, type: 'ethernet' },
  ...{ vlanId: null, parent: null, master: null, addresses: [] },
})
const names: Links = { hides: [], links: [link('lo'), link('eth0', 'enp0s3'), link('eth1')] }
const hidden: Links = { hides: ['alternative-names'], links: [link('lo'), link('eth0'), link('eth1')] }

type Answer = { readonly value: Arp } | { readonly error: FactError }
const answers = (...macs: readonly string[]): Answer => ({
  value: { interface: 'eth0', asked: 3, answers: macs.map((mac) => ({ mac })), problem: null },
})
const refused: Answer = { value: { interface: 'eth0', asked: 0, answers: [], problem: 'eth0 has no carrier' } }
const notRoot: Answer = { error: { reason: 'permission', message: 'Raw sockets are for root.' } }

interface Facts {
  readonly of?: Neighbors
  readonly routes?: RouteTables
  readonly arp?: Answer
  readonly links?: Interfaces
  /** Where an interface is named. */
  readonly names?: Links
}

const factsOf = ({ of = table(), routes, links: interfaces = links, names }: Facts) => ({
  ...(names === undefined ? {} : { links: names }),
  table: of,
  interfaces,
  routes: routes === undefined ? [] : [routes],
})

function judge(spec: Spec, facts: Facts): readonly string[] {
  const known = learntFrom(() => facts.arp)
  return neighbor.evaluate(spec, factsOf(facts), context, known).map(show)
}

const show = ({ verdict, subject, expected, actual, message }: Finding): string =>
  `${verdict} | ${subject} | ${expected} | ${actual}${message === '' ? '' : ` | ${message}`}`

const asked = (spec: Spec, facts: Facts): unknown =>
  neighbor
    .further?.(
      spec,
      factsOf(facts),
      context,
      learntFrom(() => undefined),
    )
    .map(({ fact, args }) => ({ fact, ...args }))

type Row = readonly [spec: Spec, facts: Facts, ...findings: readonly string[]]
const name = ([spec, { of, arp }]: Row): string =>
  `${JSON.stringify(spec)}, ${of?.entries.map(({ state }) => state).join() || 'no entry'}, ${JSON.stringify(arp)}`
function run(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    test.each(rows.map((row) => [name(row), row] as const))('%s', (_, [spec, facts, ...findings]) => {
      expect(judge(spec, facts)).toEqual(findings)
    })
  })
}

const gateway = '203.0.113.1'
const resolved: Spec = { address: gateway, resolved: true }
const known = 'its MAC address is known'
const subject = `neighbor ${gateway}: resolved`
const askFirst = 'A `ping` check of it, named in `needs`, makes the kernel ask before this one looks; with `retry` this one looks again.'
const down = 'The host asked for it, and nobody answered in time: it is down, has another address, or is in another VLAN.'
const nobody = 'Nobody has that address: the neighbour is down, has another address, or is in another VLAN.'
const look = 'Look at `ip neigh show 203.0.113.1`.'
const lookThere =
  'Look at the neighbour itself, at `ip -s link show eth0`, and at the port of the switch; `arping -I eth0 203.0.113.1` asks again.'
const stale = 'Stale is normal: this host has not sent to it lately, and nothing says whether it still answers.'
const noRoot = 'It could not be asked: Raw sockets are for root.'
const noEntry = 'No entry does not mean that it is down: this host has not sent to it lately.'

run('resolved', [
  [resolved, { of: table(entry(gateway, 'reachable')) }, `pass | ${subject} | ${known} | reachable, ${router}`],
  [
    resolved,
    { of: table(entry(gateway, 'permanent', '00:00:5e:00:01:07')) },
    `pass | ${subject} | ${known} | permanent, 00:00:5e:00:01:07 (VRRP, group 7)`,
  ],
  [
    resolved,
    { of: table(entry(gateway, 'stale')), arp: answers(router) },
    `pass | ${subject} | ${known} | ${router} answers when asked (before: stale, ${router})`,
  ],
  [
    resolved,
    { of: table(entry(gateway, 'failed', null)), arp: answers(router) },
    `pass | ${subject} | ${known} | ${router} answers when asked (before: failed)`,
  ],
  [resolved, { arp: answers(router) }, `pass | ${subject} | ${known} | ${router} answers when asked (no entry before)`],
  [
    resolved,
    { of: table(entry(gateway, 'stale')), arp: answers() },
    `fail | ${subject} | ${known} | no answer to 3 requests on eth0 (before: stale, ${router}) | Nobody has that address any more, and the host sends to ${router} until it notices: the neighbour is down, or in another VLAN. ${lookThere}`,
  ],
  [
    resolved,
    { arp: answers() },
    `fail | ${subject} | ${known} | no answer to 3 requests on eth0 (no entry before) | ${nobody} ${lookThere}`,
  ],
  [
    { address: '2001:db8:113::1', resolved: true },
    { arp: answers() },
    `fail | neighbor 2001:db8:113::1: resolved | ${known} | no answer to 3 requests on eth0 (no entry before) | ${nobody} ${lookThere.replace('arping -I eth0 203.0.113.1', 'ndisc6 2001:db8:113::1 eth0')}`,
  ],
  // Where nobody could be asked the table alone is judged.
  [resolved, { of: table(entry(gateway, 'stale')), arp: notRoot }, `pass | ${subject} | ${known} | stale, ${router} | ${stale} ${noRoot}`],
  [
    resolved,
    { of: proc(entry(gateway, null)), arp: refused },
    `pass | ${subject} | ${known} | in use or stale, ${router} | The host does not show whether it answers now. It could not be asked: eth0 has no carrier.`,
  ],
  [
    resolved,
    { of: table(entry(gateway, 'probe')), arp: notRoot },
    `pass | ${subject} | ${known} | probe, ${router} | The kernel is about to find out whether it still answers. ${noRoot}`,
  ],
  [
    resolved,
    { of: table(entry(gateway, 'failed', null)), arp: notRoot },
    `fail | ${subject} | ${known} | failed | ${down} ${noRoot} ${look}`,
  ],
  [
    resolved,
    { of: proc(entry(gateway, null, null)), arp: notRoot },
    `fail | ${subject} | ${known} | failed or incomplete | ${down} ${noRoot} ${look}`,
  ],
  [resolved, { arp: notRoot }, `error | ${subject} | ${known} | no entry | ${noEntry} ${noRoot} ${askFirst}`],
  [
    resolved,
    { of: { ...table(), complete: false }, arp: notRoot },
    `error | ${subject} | ${known} | no entry | ${noEntry} The host has more entries than are shown here. ${noRoot} ${askFirst}`,
  ],
  [
    { address: '2001:db8:113::1', resolved: true },
    { of: proc(), arp: notRoot },
    `error | neighbor 2001:db8:113::1: resolved | ${known} | not shown by this host | Read without \`ip\`: the host shows its ARP table alone, and no neighbours of IPv6. \`ip\` of iproute2 would show them.`,
  ],
  // What can be no neighbour is not asked for.
  [
    { address: '198.51.100.7', resolved: true },
    {},
    `fail | neighbor 198.51.100.7: resolved | ${known} | no entry | 198.51.100.7 is in none of this host's networks (203.0.113.0/24 on eth0, 10.10.0.0/24 on eth1): packets to it go through a gateway, and it can have no entry. Is the prefix length right? Look at \`ip route get 198.51.100.7\`.`,
  ],
  [
    { address: '203.0.113.11', resolved: true },
    {},
    `fail | neighbor 203.0.113.11: resolved | ${known} | no entry | 203.0.113.11 is this host's own address, on eth0: it is no neighbour of itself.`,
  ],
  [
    { address: 'fe80::1', resolved: true },
    { of: table(entry('fe80::1', 'reachable'), entry('fe80::1', 'stale', other, 'eth1')) },
    `error | neighbor fe80::1 | one neighbour | eth0: reachable, ${router}; eth1: stale, ${other} | fe80::1 is known on several interfaces: name the one that is meant with \`interface\`.`,
  ],
  [
    { address: 'fe80::1', interface: 'eth0', resolved: true },
    { of: table(entry('fe80::1', 'reachable'), entry('fe80::1', 'stale', other, 'eth1')) },
    `pass | neighbor fe80::1 dev eth0: resolved | ${known} | reachable, ${router}`,
  ],
])

run('gateway', [
  [
    { gateway: true, resolved: true },
    {
      routes: defaults(hop(gateway, 'eth0'), hop('10.10.0.1', 'eth1')),
      of: table(entry(gateway, 'reachable'), entry('10.10.0.1', 'delay', other, 'eth1')),
      arp: answers(other),
    },
    `pass | neighbor ${gateway} dev eth0 (gateway): resolved | ${known} | reachable, ${router}`,
    `pass | neighbor 10.10.0.1 dev eth1 (gateway): resolved | ${known} | ${other} answers when asked (before: delay, ${other})`,
  ],
  // A gateway that no prefix of the interface holds, as clouds have them (onlink).
  [
    { gateway: true, resolved: true },
    { routes: defaults(hop('169.254.1.1', 'eth0')), of: table(entry('169.254.1.1', 'reachable')) },
    `pass | neighbor 169.254.1.1 dev eth0 (gateway): resolved | ${known} | reachable, ${router}`,
  ],
  [
    { gateway: true, interface: 'eth0', mac: '0200.0000.0001' },
    { routes: defaults(hop(gateway, 'eth0'), hop('10.10.0.1', 'eth1')), of: table(entry(gateway, 'reachable')) },
    `pass | neighbor ${gateway} dev eth0 (gateway): mac | ${router} | reachable, ${router}`,
  ],
  [
    { gateway: true, resolved: true },
    { routes: defaults() },
    'fail | neighbor: gateway | a gateway | no default route | The host has no way to other networks. Look at `ip route show default table all`.',
  ],
  [
    { gateway: true, interface: 'eth9', resolved: true },
    { routes: defaults(hop(gateway, 'eth0')) },
    'fail | neighbor: gateway | a gateway on eth9 | gateways on eth0 | No default route has a gateway on that interface. Look at `ip route show default table all`.',
  ],
  [
    { gateway: true, family: 'inet6', resolved: true },
    { routes: { ...defaults(), family: 'inet6' } },
    'fail | neighbor: gateway | a gateway for IPv6 | no default route | The host has no way to other networks. Look at `ip -6 route show default table all`.',
  ],
  [
    { gateway: true, resolved: true },
    { routes: defaults(hop(null, 'ppp0')) },
    'fail | neighbor: gateway | a gateway | a default route onto ppp0 | It leads onto a link and not to a gateway, as on point-to-point links: there is no neighbour to be known. Look at `ip route show default table all`.',
  ],
  [
    { gateway: true, resolved: true },
    { routes: { ...defaults(), routes: defaults(hop(gateway, 'eth0')).routes.map((route) => ({ ...route, nextHops: null })) } },
    'error | neighbor: gateway | a gateway | a default route without its gateways | The tools of this host do not show all next hops of a default route; `ip route show default table all` of iproute2 would.',
  ],
])

const stateIs = (state: NonNullable<Spec['state']>): Spec => ({ address: gateway, state })
const states = `neighbor ${gateway}: state`
run('state', [
  [stateIs('reachable'), { of: table(entry(gateway, 'reachable')) }, `pass | ${states} | reachable | reachable, ${router}`],
  [
    stateIs({ not: ['failed', 'incomplete'] }),
    { of: proc(entry(gateway, null)) },
    `pass | ${states} | not failed or incomplete | in use or stale, ${router}`,
  ],
  [
    stateIs('reachable'),
    { of: table(entry(gateway, 'stale')) },
    `fail | ${states} | reachable | stale, ${router} | Stale is normal: this host has not sent to it lately. It turns reachable once something is sent and answered. ${look}`,
  ],
  [
    stateIs({ 'one-of': ['reachable', 'stale'] }),
    { of: table(entry(gateway, 'failed', null)) },
    `fail | ${states} | one of reachable, stale | failed | Nobody answered when the host asked last; that says nothing of now, unless it was a moment ago. ${look}`,
  ],
  [
    stateIs('reachable'),
    { of: table(entry(gateway, 'incomplete', null)) },
    `fail | ${states} | reachable | incomplete | The host is asking, and nobody has answered so far. ${look}`,
  ],
  [
    stateIs('reachable'),
    { of: table(entry(gateway, 'delay')) },
    `fail | ${states} | reachable | delay, ${router} | The host is finding out whether it still answers; in some seconds it is reachable or failed. ${look}`,
  ],
  [
    stateIs({ not: 'permanent' }),
    { of: table(entry(gateway, 'permanent')) },
    `fail | ${states} | not permanent | permanent, ${router} | Somebody set it for good: it stays as it is when the neighbour changes. \`ip neigh del\` removes it. ${look}`,
  ],
  [
    stateIs('reachable'),
    { of: table(entry(gateway, 'noarp')) },
    `fail | ${states} | reachable | noarp, ${router} | Nobody is asked for it: it was set so, or the link needs no MAC addresses. ${look}`,
  ],
  [
    stateIs('reachable'),
    { of: proc(entry(gateway, null)) },
    `error | ${states} | reachable | in use or stale, ${router} | Read without \`ip\`: the host shows only whether there is a MAC address. \`ip\` of iproute2 would show the state.`,
  ],
  [stateIs({ not: 'failed' }), {}, `error | ${states} | not failed | no entry | ${noEntry} ${askFirst}`],
])

const macIs = (mac: NonNullable<Spec['mac']>): Spec => ({ address: gateway, mac })
const macs = `neighbor ${gateway}: mac`
const another =
  'Another device has that address: a new network card, a failover to another router, a double address, or somebody who pretends to be it.'
run('mac', [
  [macIs('02-00-00-00-00-01'), { of: table(entry(gateway, 'reachable')) }, `pass | ${macs} | ${router} | reachable, ${router}`],
  [
    macIs({ 'one-of': ['0200.0000.0001', other] }),
    { of: table(entry(gateway, 'stale')), arp: answers(other) },
    `pass | ${macs} | one of ${router}, ${other} | ${other}`,
  ],
  [macIs(router), { of: table(entry(gateway, 'stale')), arp: notRoot }, `pass | ${macs} | ${router} | stale, ${router}`],
  [
    macIs(router),
    { of: table(entry(gateway, 'reachable', '00:00:5e:00:01:0a')) },
    `fail | ${macs} | ${router} | reachable, 00:00:5e:00:01:0a (VRRP, group 10) | ${another} ${look}`,
  ],
  // Who answers now counts, whatever the table remembers.
  [
    macIs(router),
    { of: table(entry(gateway, 'stale')), arp: answers(other) },
    `fail | ${macs} | ${router} | ${other} | The table of the host still has stale, ${router}. ${another}`,
  ],
  [
    macIs(router),
    { arp: answers(router, other) },
    `fail | ${macs} | ${router} | ${router} and ${other} | Several devices answer for one address: see \`duplicates: none\`. ${another}`,
  ],
  [
    macIs(router),
    { of: table(entry(gateway, 'stale')), arp: answers() },
    `fail | ${macs} | ${router} | no answer to 3 requests on eth0 | Nobody has that address now. The table remembers stale, ${router}.`,
  ],
  [
    macIs(router),
    { of: table(entry(gateway, 'failed', null)), arp: notRoot },
    `error | ${macs} | ${router} | failed | The host has no MAC address for it: nobody answered when it asked last. ${look}`,
  ],
  [macIs({ not: other }), { arp: notRoot }, `error | ${macs} | not ${other} | no entry | ${noEntry} ${noRoot} ${askFirst}`],
])

const absent: Spec = { address: gateway, absent: true }
const gone = `neighbor ${gateway} | not known to this host`
run('absent', [
  [absent, {}, `pass | ${gone} | no entry`],
  [absent, { of: table(entry(gateway, 'failed', null)) }, `pass | ${gone} | failed on eth0`],
  [
    absent,
    { of: table(entry(gateway, 'stale')) },
    `fail | ${gone} | stale, ${router} on eth0 | It was there when this host sent to it last, or somebody set it. \`ip neigh del ${gateway} dev eth0\` forgets it; it comes back when something is sent and it answers.`,
  ],
  [
    absent,
    { of: table(entry(gateway, 'incomplete', null)) },
    `error | ${gone} | incomplete on eth0 | The host is asking for it at this moment: look again in some seconds.`,
  ],
  [
    absent,
    { of: proc() },
    `error | ${gone} | no entry | The host has more entries than are shown here, or may have: only the whole table of \`ip neigh show nud all\` would prove it.`,
  ],
  [
    { address: '2001:db8:113::1', absent: true },
    { of: proc() },
    'error | neighbor 2001:db8:113::1 | not known to this host | not shown by this host | Read without `ip`: the host shows its ARP table alone, and no neighbours of IPv6. `ip` of iproute2 would show them.',
  ],
])

const duplicates: Spec = { address: gateway, duplicates: 'none' }
const doubles = `neighbor ${gateway}: duplicates | one MAC address answers for it`
const find =
  'Find them by their MAC addresses in the tables of the switch (`show mac address-table`). A router that answers for others (proxy_arp) looks the same.'
const lost = 'traffic goes to whichever answered last, and connections hang or break at random.'
run('duplicates', [
  [duplicates, { of: table(entry(gateway, 'reachable')), arp: answers(router) }, `pass | ${doubles} | ${router} on eth0`],
  [
    duplicates,
    { of: table(entry(gateway, 'reachable')), arp: answers(router, other) },
    `fail | ${doubles} | ${router} and ${other} on eth0 | Two answer for ${gateway}: ${lost} ${find}`,
  ],
  [
    duplicates,
    { arp: answers() },
    `error | ${doubles} | no answer on eth0 | Nobody has that address now, so that nothing is known of doubles: the neighbour is down, or is in another VLAN.`,
  ],
  [
    duplicates,
    { arp: notRoot },
    `error | ${doubles} | nobody was asked | Who has the address could not be asked: Raw sockets are for root. It takes root (\`become: sudo\` in the inventory) and Python.`,
  ],
  [duplicates, { arp: refused }, `error | ${doubles} | nobody was asked | Who has the address could not be asked: eth0 has no carrier.`],
  [
    { address: '203.0.113.11', duplicates: 'none' },
    { arp: answers() },
    'pass | neighbor 203.0.113.11: duplicates | nobody else answers for it | no answer on eth0',
  ],
  [
    { address: '203.0.113.11', duplicates: 'none' },
    { arp: answers(other) },
    `fail | neighbor 203.0.113.11: duplicates | nobody else answers for it | ${other} on eth0 | One other than this host answers for 203.0.113.11: ${lost} ${find}`,
  ],
  [
    { address: '198.51.100.7', duplicates: 'none' },
    {},
    "error | neighbor 198.51.100.7: duplicates | one MAC address answers for it | nobody was asked | 198.51.100.7 is in none of this host's networks (203.0.113.0/24 on eth0, 10.10.0.0/24 on eth1): packets to it go through a gateway, and it can have no entry. Is the prefix length right? Look at `ip route get 198.51.100.7`.",
  ],
])

const typo = 'The host has no interface eht0. Did you mean eth0? There are: lo, eth0, eth1.'
const hides = 'The host shows no interface enp0s3. There are: lo, eth0, eth1. Alternative names of interfaces are not shown by this host.'
const nowhere = 'an interface of that name | no such interface'

run('names of interfaces', [
  [
    { address: gateway, interface: 'enp0s3', absent: true },
    { of: table(entry(gateway, 'reachable')), names },
    `fail | neighbor ${gateway} dev enp0s3 | not known to this host | reachable, ${router} on eth0 | It was there when this host sent to it last, or somebody set it. \`ip neigh del ${gateway} dev eth0\` forgets it; it comes back when something is sent and it answers.`,
  ],
  [
    { address: gateway, interface: 'enp0s3', resolved: true },
    { of: table(entry(gateway, 'reachable')), names },
    `pass | neighbor ${gateway} dev enp0s3: resolved | ${known} | reachable, ${router}`,
  ],
  [
    { gateway: true, interface: 'enp0s3', resolved: true },
    { of: table(entry(gateway, 'reachable')), names, routes: defaults(hop(gateway, 'eth0')) },
    `pass | neighbor ${gateway} dev eth0 (gateway): resolved | ${known} | reachable, ${router}`,
  ],
  [
    { address: gateway, interface: 'eht0', absent: true },
    { names },
    `error | neighbor ${gateway} dev eht0 | not known to this host | no such interface | ${typo} Absence from it proves nothing.`,
  ],
  [{ address: gateway, interface: 'eht0', resolved: true }, { names }, `fail | neighbor ${gateway} dev eht0 | ${nowhere} | ${typo}`],
  [{ address: gateway, interface: 'eht0', duplicates: 'none' }, { names }, `error | neighbor ${gateway} dev eht0 | ${nowhere} | ${typo}`],
  [
    { gateway: true, interface: 'eht0', resolved: true },
    { names, routes: defaults(hop(gateway, 'eth0')) },
    `fail | neighbor: gateway | ${nowhere} | ${typo}`,
  ],
  [
    { address: gateway, interface: 'enp0s3', resolved: true },
    { names: hidden },
    `error | neighbor ${gateway} dev enp0s3 | ${nowhere} | ${hides}`,
  ],
  [
    { address: gateway, interface: 'enp0s3', absent: true },
    { names: hidden },
    `error | neighbor ${gateway} dev enp0s3 | not known to this host | no such interface | ${hides} Absence from it proves nothing.`,
  ],
])

const isBroadcast =
  '203.0.113.255 is the broadcast address of 203.0.113.0/24 on eth0: what is sent to it is for every host there, and no neighbour has it. Is the prefix length right?'

run('addresses that nobody can have there', [
  [
    { address: '203.0.113.3', interface: 'eth1', resolved: true },
    { arp: answers(router) },
    `fail | neighbor 203.0.113.3 dev eth1: resolved | ${known} | no entry | 203.0.113.3 is in none of the networks of eth1 (10.10.0.0/24 on eth1): packets to it go through a gateway, and it can have no entry. Is the prefix length right? Look at \`ip route get 203.0.113.3\`.`,
  ],
  [
    { address: '203.0.113.255', resolved: true },
    { arp: answers() },
    `fail | neighbor 203.0.113.255: resolved | ${known} | no entry | ${isBroadcast}`,
  ],
  [
    { address: '203.0.113.255', duplicates: 'none' },
    { arp: answers() },
    `error | neighbor 203.0.113.255: duplicates | one MAC address answers for it | nobody was asked | ${isBroadcast}`,
  ],
  [
    { address: '203.0.113.3', interface: 'eth1', duplicates: 'none' },
    { arp: answers(router) },
    `pass | neighbor 203.0.113.3 dev eth1: duplicates | one MAC address answers for it | ${router} on eth0`,
  ],
  // Two hosts of a point-to-point network have both its addresses (RFC 3021), and a wider network may have that address for one host.
  [
    { address: '192.0.2.1', resolved: true },
    { links: [{ name: 'eth0', addresses: [address('192.0.2.0', 31)] }], arp: answers(router) },
    `pass | neighbor 192.0.2.1: resolved | ${known} | ${router} answers when asked (no entry before)`,
  ],
  [
    { address: '203.0.113.255', resolved: true },
    { links: [...links, { name: 'eth2', addresses: [address('203.0.0.1', 16)] }], arp: answers(router) },
    `pass | neighbor 203.0.113.255: resolved | ${known} | ${router} answers when asked (no entry before)`,
  ],
])

describe('a route onto the link that is named', () => {
  const spec: Spec = { address: '203.0.113.3', interface: 'eth1', resolved: true }
  const way = (via: string | null, on: string): RouteLookup => ({
    ...{ failure: null, type: 'unicast', via, interface: on, source: null, table: 'main', metric: 0, protocol: null, matched: null },
  })
  test.each<readonly [string, RouteLookup, 'pass' | 'fail']>([
    ['makes it a neighbour', way(null, 'eth1'), 'pass'],
    ['through a gateway does not', way('10.10.0.1', 'eth1'), 'fail'],
    ['onto another link does not', way(null, 'eth0'), 'fail'],
    ['that is missing does not', { failure: 'unreachable', message: 'Network is unreachable' }, 'fail'],
  ])('%s', (_, value, verdict) => {
    const known = learntFrom((key) => (key.includes('route-lookup') ? { value } : answers(router)))
    expect(neighbor.evaluate(spec, factsOf({}), context, known).map((finding) => finding.verdict)).toEqual([verdict])
  })
})

test('links are asked for only where an interface is named', () => {
  const facts = (spec: Spec): readonly string[] =>
    Object.values(neighbor.needs(spec, context)).flatMap((wish) => [wish].flat().map(({ fact }) => fact))
  expect(facts(resolved)).toEqual(['neighbors', 'interfaces'])
  expect(facts({ ...resolved, interface: 'eth0' })).toEqual(['neighbors', 'interfaces', 'links'])
})

describe('who is asked', () => {
  const arp = (of: string, on: string | null) => [{ fact: 'arp', address: of, interface: on }]

  test.each<readonly [string, Spec, Facts, unknown]>([
    ['nobody, where the table proves it', resolved, { of: table(entry(gateway, 'reachable')) }, []],
    ['nobody, for a state', stateIs('reachable'), {}, []],
    ['nobody, for what is to be absent', absent, {}, []],
    ['nobody, about the host itself', { address: '203.0.113.11', resolved: true }, {}, []],
    ['the neighbour, where there is no entry', resolved, {}, arp(gateway, 'eth0')],
    ['the neighbour, in IPv6 too', { address: '2001:db8:113::1', mac: router }, {}, arp('2001:db8:113::1', 'eth0')],
    ['the neighbour, where nobody knows on which link', { address: 'fe80::1', resolved: true }, {}, arp('fe80::1', null)],
    ['the neighbour, on the link that is named by its other name', { ...resolved, interface: 'enp0s3' }, { names }, arp(gateway, 'eth0')],
    [
      'the kernel for its route, of what is in no network of the link that is named',
      { address: '203.0.113.3', interface: 'eth1', resolved: true },
      {},
      [{ fact: 'route-lookup', destination: '203.0.113.3' }],
    ],
    [
      'the neighbour, on a link that has another network, where it is in the table',
      { address: '203.0.113.3', interface: 'eth1', resolved: true },
      { of: table(entry('203.0.113.3', 'stale', router, 'eth1')) },
      arp('203.0.113.3', 'eth1'),
    ],
    [
      'everybody, for duplicates, on the link that is named',
      { address: '198.51.100.7', interface: 'eth1', duplicates: 'none' },
      {},
      arp('198.51.100.7', 'eth1'),
    ],
    ['nobody, about a broadcast address', { address: '203.0.113.255', resolved: true }, {}, []],
    ['everybody, for duplicates', duplicates, { of: table(entry(gateway, 'reachable')) }, arp(gateway, 'eth0')],
    ['everybody, about an address of the host', { address: '203.0.113.11', duplicates: 'none' }, {}, arp('203.0.113.11', 'eth0')],
    [
      'the neighbour, where an address of its own says nothing of the link',
      { address: '2001:db8:9::1', resolved: true },
      { links: [{ name: 'eth0', addresses: [address('2001:db8:9::77', 128)] }] },
      arp('2001:db8:9::1', null),
    ],
    ['each gateway', { gateway: true, resolved: true }, { routes: defaults(hop('169.254.1.1', 'eth0')) }, arp('169.254.1.1', 'eth0')],
  ])('%s', (_, spec, facts, wishes) => {
    expect(asked(spec, facts)).toEqual(wishes)
  })
})

test.each([
  ['00:00:5e:00:01:ff', '00:00:5e:00:01:ff (VRRP, group 255)'],
  ['00:00:5e:00:02:01', '00:00:5e:00:02:01 (VRRP for IPv6, group 1)'],
  ['00:00:0c:07:ac:0a', '00:00:0c:07:ac:0a (HSRP, group 10)'],
  ['00:00:0c:9f:f1:2c', '00:00:0c:9f:f1:2c (HSRP version 2, group 300)'],
  ['00:05:73:a0:00:01', '00:05:73:a0:00:01 (HSRP for IPv6, group 1)'],
  ['00:07:b4:00:0a:02', '00:07:b4:00:0a:02 (GLBP, group 10, forwarder 2)'],
])('a virtual MAC address has a name: %s', (mac, shown) => {
  expect(judge(resolved, { of: table(entry(gateway, 'reachable', mac)) })).toEqual([`pass | ${subject} | ${known} | reachable, ${shown}`])
})

describe('refuses', () => {
  const nothing = 'add one of resolved, state, mac, absent, duplicates'
  const both = 'is about a neighbour that is there, and it is to be absent'
  const write = 'write it like 52:54:00:12:34:56'

  const rows: readonly (readonly [Spec, ...SpecProblem[]])[] = [
    [{ resolved: true }, { path: [], message: 'no neighbour is named', hint: 'add `address`, or `gateway: true`' }],
    [{ address: gateway }, { path: [], message: 'nothing is expected of the neighbour', hint: nothing }],
    [
      { address: gateway, gateway: true, resolved: true },
      { path: ['gateway'], message: '`gateway` stands instead of `address`', hint: 'drop one of them' },
    ],
    [
      { address: gateway, family: 'inet', resolved: true },
      { path: ['family'], message: '`family` is about `gateway`: an address has its own', hint: 'drop it' },
    ],
    [
      { address: 'web2', resolved: true },
      { path: ['address'], message: 'expected an address, found "web2"', hint: 'write it like 203.0.113.1 or fe80::1' },
    ],
    [
      { address: 'fe80::1%eth0', resolved: true },
      {
        path: ['address'],
        message: 'the interface stands beside the address, not in it: "fe80::1%eth0"',
        hint: 'write `address: "fe80::1"` and `interface: eth0`',
      },
    ],
    [
      { address: 'ff02::1', resolved: true },
      { path: ['address'], message: 'ff02::1 is no address of a neighbour (multicast, broadcast, loopback or unspecified)' },
    ],
    [
      { address: gateway, absent: true, resolved: true, mac: router },
      { path: ['resolved'], message: `\`resolved\` ${both}`, hint: 'drop one of them' },
      { path: ['mac'], message: `\`mac\` ${both}`, hint: 'drop one of them' },
    ],
    [
      { address: gateway, mac: { 'one-of': ['fritz'] } },
      { path: ['mac', 'one-of', 0], message: 'expected a MAC address, found "fritz"', hint: write },
    ],
    [
      { address: gateway, mac: { min: router } },
      { path: ['mac', 'min'], message: '`min` needs numbers, and mac is none', hint: 'use one-of or matches' },
    ],
    [
      { address: gateway, resolved: true, state: { 'one-of': ['failed', 'none'] } },
      { path: ['state'], message: 'a neighbour that is resolved is not failed or none', hint: 'drop one of them' },
    ],
    [
      { address: gateway, state: { matches: 'dead' } },
      {
        path: ['state'],
        message: 'no state is as expected',
        hint: 'states are reachable, stale, delay, probe, permanent, noarp, failed, incomplete, none',
      },
    ],
    [
      { address: gateway, state: { matches: '.' } },
      { path: ['state'], message: 'every state is as expected, so that this proves nothing' },
    ],
  ]
  test.each(rows.map((row) => [JSON.stringify(row[0]), row] as const))('%s', (_, [spec, ...problems]) => {
    expect(neighbor.problems?.(spec)).toEqual(problems)
  })
})
