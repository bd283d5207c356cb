import { expect, test } from 'vitest'
import { markLinks, splitCarriers } from './carriers.js'
import type { RouteTables } from './value.js'

test.each<[string, string, string, readonly (readonly [string, boolean])[]]>([
  ['no list', 'default via 10.0.0.1 dev eth0\n', 'default via 10.0.0.1 dev eth0\n', []],
  [
    'signals behind the routes',
    'default via 10.0.0.1 dev eth0\n@ carriers\n1 eth0\n0 eth1\n',
    'default via 10.0.0.1 dev eth0\n',
    [
      ['eth0', true],
      ['eth1', false],
    ],
  ],
  ['signals alone', '@ carriers\n1 lo\n', '', [['lo', true]]],
  ['what is no signal', '@ carriers\nx eth0\n1 a b\n', '', []],
])('%s', (_, stdout, text, carriers) => {
  expect(splitCarriers(stdout)).toEqual({ text, carriers: new Map(carriers) })
})

const tables = (...devices: readonly (string | null)[]): RouteTables => ({
  family: 'inet',
  tables: 'all',
  hides: ['protocol', 'link-state'],
  routes: devices.map((device, index) => ({
    ...{ destination: `10.${index}.0.0/16`, types: ['unicast'], metric: 0, table: 'main', protocol: null, scope: 'global' },
    ...{ source: null, from: null, tos: null },
    nextHops: device === null ? null : [{ via: '10.0.0.1', interface: device, weight: 1, flags: [] }],
  })),
})

test.each<[string, RouteTables, Readonly<Record<string, boolean>>, readonly string[], readonly unknown[]]>([
  ['all are known', tables('eth0', 'eth1'), { eth0: true, eth1: false, eth2: false }, ['protocol'], [[], ['linkdown']]],
  ['next hops that are not shown', tables('eth0', null), { eth0: false }, ['protocol'], [['linkdown'], undefined]],
  ['one is not known', tables('eth0', 'eth1'), { eth0: false }, ['protocol', 'link-state'], [[], []]],
  ['nothing is known', tables('eth0'), {}, ['protocol', 'link-state'], [[]]],
])('links of routes, where %s', (_, before, carriers, hides, flags) => {
  const marked = markLinks(before, new Map(Object.entries(carriers)))
  expect(marked.hides).toEqual(hides)
  expect(marked.routes.map(({ nextHops }) => nextHops?.[0]?.flags)).toEqual(flags)
})
