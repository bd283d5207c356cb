import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import type { CheckContext } from '../../model/check.js'
import { route } from './index.js'
import type { Spec } from './schema.js'

const context = { host: { name: 'web1' } } as CheckContext

describe('needs', () => {
  test.each<[Spec, object]>([
    [{ destination: 'default' }, { tables: { fact: 'routes', host: 'web1', args: { family: 'inet' } } }],
    [{ destination: '10.0.0.0/8', table: 99, via: '10.0.0.1' }, { tables: { fact: 'routes', host: 'web1', args: { family: 'inet' } } }],
    [{ destination: 'default', family: 'inet6' }, { tables: { fact: 'routes', host: 'web1', args: { family: 'inet6' } } }],
    [
      { destination: '2001:DB8::1/128', lookup: true, from: '2001:db8:0::2' },
      { lookup: { fact: 'route-lookup', host: 'web1', args: { destination: '2001:db8::1', from: '2001:db8::2' } }, source: [] },
    ],
  ])('%j', (spec, needs) => {
    expect(route.needs(spec, context)).toEqual(needs)
  })
})

describe('schema', () => {
  const validate = new Ajv2020({ strict: true, formats: { regex: true } }).compile(route.schema)
  test.each([
    {},
    { destination: '' },
    { destination: 'default', gateway: '10.0.0.1' },
    { destination: 'default', metric: -1 },
    { destination: 'default', metric: {} },
    { destination: 'default', 'next-hops': [] },
    { destination: 'default', 'next-hops': [{}] },
    { destination: 'default', type: 'drop' },
    { destination: 'default', link: 'down' },
  ])('refuses %j', (spec) => expect(validate(spec)).toBe(false))
  test.each([
    { destination: 'default' },
    { destination: 'default', via: { not: ['10.0.0.1'] }, metric: { min: 1, max: 5 } },
    { destination: '::/0', 'next-hops': [{ weight: 3 }] },
  ])('accepts %j', (spec) => expect(validate(spec)).toBe(true))
})

describe('problems', () => {
  const problem = (spec: Spec): readonly string[] =>
    (route.problems?.(spec) ?? []).map(
      ({ path, message, hint }) => `${path.join('.')}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
    )

  test.each<[Spec, ...string[]]>([
    [
      { destination: '10.0.0.300' },
      'destination: expected a prefix, an address or "default", found "10.0.0.300" (write it like 10.20.0.0/16, 192.0.2.1, 2001:db8::/32 or default)',
    ],
    [
      { destination: 'fe80::%eth0/64' },
      'destination: expected a prefix, an address or "default", found "fe80::%eth0/64" (write it like 10.20.0.0/16, 192.0.2.1, 2001:db8::/32 or default)',
    ],
    [
      { destination: '10.0.0.1/8' },
      'destination: 10.0.0.1/8 has bits set beyond its length (write 10.0.0.0/8 for the network, or 10.0.0.1 for the one address)',
    ],
    [{ destination: '10.0.0.0/8', family: 'inet6' }, 'family: 10.0.0.0/8 is not of family inet6 (leave `family` out: it is for "default")'],
    [{ destination: 'default', via: 'router1' }, 'via: expected an address, found "router1"'],
    [{ destination: 'default', via: '10.0.0.1/24' }, 'via: expected an address, found "10.0.0.1/24" (write 10.0.0.1)'],
    [{ destination: 'default', via: { not: ['10.0.0.1', 'x'] } }, 'via.not.1: expected an address, found "x"'],
    [{ destination: 'default', via: { not: 'x' } }, 'via.not: expected an address, found "x"'],
    [{ destination: '2001:db8::/32', via: '10.0.0.1' }, 'via: 10.0.0.1 is an IPv4 address, and the destination is not'],
    [
      { destination: '2001:db8::/32', 'next-hops': [{ via: 'fe80::1' }, { via: '10.0.0.1' }] },
      'next-hops.1.via: 10.0.0.1 is an IPv4 address, and the destination is not',
    ],
    [{ destination: '10.0.0.0/8', source: '2001:db8::1' }, 'source: 2001:db8::1 is an IPv6 address, and the destination is not'],
    [
      { destination: 'default', interface: { min: 'eth0' } },
      'interface.min: `min` needs numbers, and interface is none (use one-of or matches)',
    ],
    [{ destination: 'default', from: '10.0.0.1' }, 'from: `from` is for lookups alone (add `lookup: true`)'],
    [
      { destination: 'default', table: { not: 99 } },
      'table: one table is looked into, so that it must be named (operators on `table` are for lookups)',
    ],
    [
      { destination: '10.0.0.0/8', lookup: true },
      'destination: a lookup is about one address, found "10.0.0.0/8" (name one that lies behind it)',
    ],
    [
      { destination: 'default', lookup: true },
      'destination: a lookup is about one address, found "default" (name one that lies behind it)',
    ],
    [
      { destination: '10.0.0.1', lookup: true, from: '224.0.0.1' },
      'from: no packet has the source 224.0.0.1 (name an address of the host)',
    ],
    [
      { destination: '10.0.0.1', lookup: true, from: '10.0.0.2', source: '10.0.0.2' },
      'source: `from` already says which source the packet has (drop one of the two)',
    ],
    [{ destination: '10.0.0.1', lookup: true, link: 'any' }, 'link: a lookup gives one way: `link` has no meaning'],
    [
      { destination: 'default', via: '10.0.0.1', 'next-hops': [{ via: '10.0.0.1' }] },
      'next-hops: `next-hops` says it all: `via` and `interface` belong inside it',
    ],
    [{ destination: 'default', type: 'blackhole', via: '10.0.0.1' }, 'via: a route of type blackhole has no next hop'],
    [{ destination: 'default', absent: true, backup: true }, 'backup: `backup` has no meaning with `absent`'],
  ])('%j', (spec, ...messages) => {
    expect(problem(spec)).toEqual(messages)
  })

  test.each<[Spec]>([
    [{ destination: 'default', family: 'inet6', via: 'fe80::1' }],
    [{ destination: '10.0.0.0/8', via: 'fe80::1' }],
    [{ destination: '10.0.0.1', lookup: true, table: { 'one-of': [99] } }],
    [{ destination: 'default', absent: false, lookup: false }],
  ])('nothing wrong with %j', (spec) => {
    expect(problem(spec)).toEqual([])
  })
})
