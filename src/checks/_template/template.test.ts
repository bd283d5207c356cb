import { describe, expect, test } from 'vitest'
import type { RouteTables } from '../../facts/routes/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext } from '../../model/check.js'
import { template } from './index.js'

// Facts are literals here: a check needs no host, no network and no mock.
const context = { host: { name: 'web1' } } as CheckContext
const route = { types: ['unicast'], metric: 0, protocol: null, scope: null, source: null, from: null, tos: null } as const
const via = (address: string) => [{ via: address, interface: 'eth0', weight: 1, flags: [] }] as const
const two: RouteTables = {
  family: 'inet',
  tables: 'all',
  hides: [],
  routes: [
    { ...route, destination: '0.0.0.0/0', table: 'main', nextHops: via('10.10.0.1') },
    { ...route, destination: '0.0.0.0/0', table: '99', nextHops: via('10.10.0.9') },
    { ...route, destination: '10.0.0.0/8', table: 'main', nextHops: via('10.10.0.1') },
  ],
}

// One table of accepted and rejected cases, each with its exact message.
describe('template', () => {
  const mainAlone = 'This host shows table main alone: there may be more. `ip` of iproute2 or BusyBox would show them.'

  test.each([
    [{ count: 2 }, two, 'pass', '2', '2', ''],
    [{ count: { max: 2 } }, two, 'pass', 'at most 2', '2', ''],
    [{ count: 1 }, two, 'fail', '1', '2', 'There are: 10.10.0.1 in table main, 10.10.0.9 in table 99.'],
    [{ count: 1 }, { ...two, routes: [] }, 'fail', '1', '0', 'Look at `ip route show table all`.'],
    [{ count: 2 }, { ...two, tables: 'main' as const }, 'error', '2', '2', mainAlone],
  ])('%j', (spec, tables, verdict, expected, actual, message) => {
    expect(template.evaluate(spec, { tables }, context, nothingLearnt)).toEqual([
      { subject: 'default routes', verdict, expected, actual, message },
    ])
  })

  test('asks for one fact, of the family that is meant', () => {
    expect(template.needs({ count: 1, family: 'inet6' }, context)).toEqual({
      tables: { fact: 'routes', host: 'web1', args: { family: 'inet6' } },
    })
  })

  test('refuses bounds that nothing can meet', () => {
    expect(template.problems?.({ count: { min: 3, max: 2 } })).toEqual([
      { path: ['count', 'min'], message: '`min` 3 is more than `max` 2' },
    ])
  })
})
