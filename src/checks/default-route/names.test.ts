import { describe, expect, test } from 'vitest'
import type { Links } from '../../facts/links/index.js'
import type { CheckContext } from '../../model/check.js'
import { evaluate, front, hidden, links, show, tables } from './cases.js'
import { defaultRoute } from './index.js'
import type { Spec } from './schema.js'

const there = 'There are: lo, eth0, eth1.'
const hides = 'Alternative names of interfaces are not shown by this host.'
const typo = `The host has no interface eht0. Did you mean eth0? ${there}`
const unknown = `The host shows no interface enp0s3. ${there} ${hides}`
const origin = 'It was set by hand or by a script (protocol boot).'
const iproute2 = 'The tools of this host do not show it; `ip` of iproute2 would.'
const isFront = '203.0.113.1 dev eth0 metric 200'
const remove = 'Take the gateway out of the network configuration of that interface, or the default route out of what DHCP may set.'

/** What is said beside the number of routes, where one is there. */
const rows: readonly (readonly [Spec, Links, string])[] = [
  [{ interface: 'enp0s3' }, links, `pass | default-route: interface | enp0s3 | ${isFront} | enp0s3 is another name of eth0.`],
  [{ interface: 'eth0' }, links, `pass | default-route: interface | eth0 | ${isFront}`],
  [
    { interface: { 'one-of': ['eth1', 'front'] } },
    links,
    `pass | default-route: interface | one of eth1, front | ${isFront} | front is another name of eth0.`,
  ],
  [{ interface: { matches: '^enp' } }, links, `pass | default-route: interface | matching /^enp/ | ${isFront}`],
  [{ interface: { contains: 'ron' } }, links, `pass | default-route: interface | containing ron | ${isFront}`],
  [{ interface: { not: 'eht0' } }, links, `pass | default-route: interface | not eht0 | ${isFront} | The host has no interface eht0.`],
  [
    { interface: { not: ['eth1', 'enp0s3'] } },
    links,
    `fail | default-route: interface | not eth1 or enp0s3 | ${isFront} | enp0s3 is another name of eth0. ${origin}`,
  ],
  [{ interface: 'eht0' }, links, `fail | default-route: interface | eht0 | ${isFront} | ${typo}`],
  [{ via: '10.0.0.1', interface: 'enp0s3' }, hidden, `fail | default-route: via | 10.0.0.1 dev enp0s3 | ${isFront} | ${unknown}`],
  [{ interface: 'enp0s3' }, hidden, `error | default-route: interface | enp0s3 | ${isFront} | ${unknown} ${iproute2}`],
  [
    { interface: { not: 'enp0s3' } },
    hidden,
    `error | default-route: interface | not enp0s3 | ${isFront} | The host shows no interface enp0s3. ${hides} ${iproute2}`,
  ],
  [{ interface: 'eth1' }, hidden, `fail | default-route: interface | eth1 | ${isFront} | ${origin}`],
  [{ interface: { matches: '^eth' } }, hidden, `pass | default-route: interface | matching /^eth/ | ${isFront} | ${hides}`],
  [
    { interface: 'enp0s3', absent: true },
    links,
    `fail | default-route | no default route with interface enp0s3 | ${isFront} | The default route is there. ${origin} ${remove}`,
  ],
  [{ interface: 'eth1', absent: true }, links, `pass | default-route | no default route with interface eth1 | ${isFront}`],
  [
    { interface: 'eht0', absent: true },
    links,
    `error | default-route | no default route with interface eht0 | ${isFront} | ${typo} Absence from it proves nothing.`,
  ],
  [
    { interface: { 'one-of': ['eth1', 'wwan0'] }, absent: true },
    links,
    `pass | default-route | no default route with interface one of eth1, wwan0 | ${isFront} | The host has no interface wwan0.`,
  ],
  [
    { interface: 'enp0s3', absent: true },
    hidden,
    `error | default-route | no default route with interface enp0s3 | ${isFront} | ${unknown} Whether this route is the unwanted one, the tools of this host do not show; \`ip\` of iproute2 would.`,
  ],
]

describe('names of interfaces', () => {
  test.each(rows)('%j', (spec, known, finding) => {
    expect(evaluate(spec, tables(front), known).map(show).at(-1)).toBe(finding)
  })

  test('a missing interface is named where there is no default route, too', () => {
    const expected = 'error | default-route | no default route with interface eht0 | no default route'
    expect(evaluate({ interface: 'eht0', absent: true }, tables(), links).map(show)).toEqual([
      `${expected} | ${typo} Absence from it proves nothing.`,
    ])
  })

  test('are asked for only where one is named', () => {
    const facts = (spec: Spec): readonly string[] =>
      Object.values(defaultRoute.needs(spec, { host: { name: 'web1' } } as CheckContext)).map(({ fact }) => fact)
    expect(facts({})).toEqual(['routes', 'rules'])
    expect(facts({ interface: { not: 'eth1' } })).toEqual(['routes', 'rules', 'links'])
  })
})
