import { describe, expect, test } from 'vitest'
import type { Links } from '../../facts/links/index.js'
import type { RouteLookup } from '../../facts/route-lookup/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext } from '../../model/check.js'
import { busyBoxLinks, evaluate, inet, inet6, links, show } from './cases.js'
import { route } from './index.js'
import type { Spec } from './schema.js'

const context = { host: { name: 'web1' } } as CheckContext
const there = 'There are: lo, eth0, eth1, tun0, tap0, br0, pair1, pair0.'
const hides = 'Alternative names of interfaces are not shown by this host.'
const other = 'front-end-of-the-house is another name of eth0.'
const typo = `The host has no interface eht0. Did you mean eth0? ${there}`
const unknown = `The host shows no interface front-end-of-the-house. ${there} ${hides}`
const nothing = 'Absence from it proves nothing.'
const name = 'front-end-of-the-house'

describe('names of interfaces in tables', () => {
  test.each<readonly [Partial<Spec>, Links, string]>([
    [{ interface: name }, links, `pass route 10.50.0.7: interface | ${name} | 203.0.113.2 dev eth0 | ${other}`],
    [
      { via: '203.0.113.2', interface: { not: name } },
      links,
      `fail route 10.50.0.7: via | 203.0.113.2 dev not ${name} | 203.0.113.2 dev eth0 | ${other} It was set by hand or by a script (protocol boot).`,
    ],
    [{ interface: 'eht0' }, links, `fail route 10.50.0.7: interface | eht0 | 203.0.113.2 dev eth0 | ${typo}`],
    [
      { interface: name, absent: true },
      links,
      `fail route 10.50.0.7 | no route with interface ${name} | 203.0.113.2 dev eth0 | The route is there. It was set by hand or by a script (protocol boot).`,
    ],
    [
      { interface: 'eht0', absent: true },
      links,
      `error route 10.50.0.7 | no route with interface eht0 | 203.0.113.2 dev eth0 | ${typo} ${nothing}`,
    ],
    [
      { destination: '10.51.0.0/16', interface: 'eht0', absent: true },
      links,
      `error route 10.51.0.0/16 | no route with interface eht0 | no such route | ${typo} ${nothing}`,
    ],
    [
      { interface: name, absent: true },
      busyBoxLinks,
      `error route 10.50.0.7 | no route with interface ${name} | 203.0.113.2 dev eth0 | ${unknown} Whether this route is the unwanted one, the tools of this host do not show; \`ip\` of iproute2 would.`,
    ],
    [
      { interface: name },
      busyBoxLinks,
      `error route 10.50.0.7: interface | ${name} | 203.0.113.2 dev eth0 | ${unknown} The tools of this host do not show it; \`ip\` of iproute2 would.`,
    ],
    [
      { destination: '10.30.0.0/16', 'next-hops': [{ interface: name }, { interface: 'eth1' }] },
      links,
      `pass route 10.30.0.0/16: next-hops | dev ${name}, dev eth1 | 203.0.113.1 dev eth0 weight 1, 10.10.0.1 dev eth1 weight 5 | ${other}`,
    ],
    [
      { destination: '10.30.0.0/16', 'next-hops': [{ interface: name }, { interface: 'eht0' }] },
      links,
      `fail route 10.30.0.0/16: next-hops | dev ${name}, dev eht0 | 203.0.113.1 dev eth0 weight 1, 10.10.0.1 dev eth1 weight 5 | ${typo}`,
    ],
    [
      { destination: '10.30.0.0/16', 'next-hops': [{ interface: name }, { interface: 'eth1' }] },
      busyBoxLinks,
      `error route 10.30.0.0/16: next-hops | dev ${name}, dev eth1 | 203.0.113.1 dev eth0 weight 1, 10.10.0.1 dev eth1 weight 5 | ${unknown} The tools of this host do not show it; \`ip\` of iproute2 would.`,
    ],
  ])('%j', (spec, known, finding) => {
    expect(evaluate({ destination: '10.50.0.7', ...spec }, inet, known).map((each) => `${each.verdict} ${show(each)}`)).toEqual([finding])
  })

  test('choose among link-local networks', () => {
    const findings = evaluate({ destination: 'fe80::/64', interface: name }, inet6, links)
    expect(findings.map((each) => `${each.verdict} ${show(each)}`)).toEqual([
      `pass route fe80::/64: interface | ${name} | dev eth0 metric 256 | ${other}`,
    ])
  })
})

describe('names of interfaces in lookups', () => {
  const found: RouteLookup = {
    ...{ failure: null, type: 'unicast', via: '203.0.113.1', interface: 'eth0', source: '203.0.113.11' },
    ...{ table: 'main', metric: 0, protocol: 'static', matched: '0.0.0.0/0' },
  }
  const decides = 'The route to 0.0.0.0/0 of table main (protocol static) decides it.'
  const refused: RouteLookup = { failure: 'unreachable', message: 'Network is unreachable' }

  test.each<readonly [Omit<Spec, 'destination'>, Links, RouteLookup, string]>([
    [{ interface: name }, links, found, `pass lookup 8.8.8.8: interface | ${name} | 203.0.113.1 dev eth0 | ${other}`],
    [
      { interface: { not: name } },
      links,
      found,
      `fail lookup 8.8.8.8: interface | not ${name} | 203.0.113.1 dev eth0 | ${other} ${decides}`,
    ],
    [{ interface: 'eht0' }, links, found, `fail lookup 8.8.8.8: interface | eht0 | 203.0.113.1 dev eth0 | ${typo}`],
    [
      { interface: name, absent: true },
      links,
      found,
      `fail lookup 8.8.8.8 | no way with interface ${name} | 203.0.113.1 dev eth0 | The kernel would send the packet. ${decides}`,
    ],
    [{ interface: 'eth1', absent: true }, links, found, 'pass lookup 8.8.8.8 | no way with interface eth1 | 203.0.113.1 dev eth0'],
    [
      { interface: 'eht0', absent: true },
      links,
      found,
      `error lookup 8.8.8.8 | no way with interface eht0 | 203.0.113.1 dev eth0 | ${typo} ${nothing}`,
    ],
    [
      { interface: 'eht0', absent: true },
      links,
      refused,
      `error lookup 8.8.8.8 | no way with interface eht0 | unreachable (Network is unreachable) | ${typo} ${nothing}`,
    ],
    [
      { interface: name, absent: true },
      busyBoxLinks,
      found,
      `error lookup 8.8.8.8 | no way with interface ${name} | 203.0.113.1 dev eth0 | ${unknown} ${nothing}`,
    ],
    [{ interface: name }, busyBoxLinks, found, `error lookup 8.8.8.8: interface | ${name} | 203.0.113.1 dev eth0 | ${unknown}`],
    [
      { interface: { not: name } },
      busyBoxLinks,
      found,
      `error lookup 8.8.8.8: interface | not ${name} | 203.0.113.1 dev eth0 | The host shows no interface ${name}. ${hides}`,
    ],
  ])('%j, %j', (spec, known, lookup, finding) => {
    const facts = { links: known, lookup, source: [] }
    const [first] = route.evaluate({ destination: '8.8.8.8', lookup: true, ...spec }, facts, context, nothingLearnt)
    expect(first === undefined ? '' : `${first.verdict} ${show(first)}`).toBe(finding)
  })
})

test('interfaces are asked for only where one is named', () => {
  const facts = (spec: Spec): readonly string[] =>
    Object.values(route.needs(spec, context)).flatMap((wish) => [wish].flat().map(({ fact }) => fact))
  expect(facts({ destination: 'default', via: '10.0.0.1' })).toEqual(['routes'])
  expect(facts({ destination: 'default', 'next-hops': [{ via: '10.0.0.1' }] })).toEqual(['routes'])
  expect(facts({ destination: 'default', 'next-hops': [{ interface: 'eth0' }] })).toEqual(['routes', 'links'])
  expect(facts({ destination: '10.0.0.1', lookup: true, interface: 'eth0' })).toEqual(['route-lookup', 'links'])
})
