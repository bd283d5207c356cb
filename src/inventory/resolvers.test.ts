import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { namedResolver } from '../lib/named-resolver.js'
import type { Resolver } from '../model/inventory.js'
import { loadInventory } from './index.js'
import { mergeResolvers } from './resolvers.js'

const resolver = (address: string, ...aliases: string[]): Resolver => ({
  ...{ addresses: [address], port: 53, rate: null, aliases, operator: null, country: null },
  ...{ scope: 'any', filter: 'none', confidence: 'inventory', note: null },
})

const carrier = { 'lgu+': resolver('192.0.2.1', 'lgu', 'uplus') }

/** Which address each name leads to; the first table is the strongest. */
function meanings(...tables: readonly Readonly<Record<string, Resolver>>[]): Record<string, string | undefined> {
  const resolvers = mergeResolvers(tables.map((table) => new Map(Object.entries(table))))
  const names = [...new Set(tables.flatMap((table) => Object.entries(table).flatMap(([name, { aliases }]) => [name, ...aliases])))]
  return Object.fromEntries(names.map((name) => [name, namedResolver({ resolvers }, name)?.resolver.addresses[0]]))
}

it.each([
  ['a name that nobody else has', { office: resolver('10.0.0.1') }, { 'lgu+': '192.0.2.1', lgu: '192.0.2.1', uplus: '192.0.2.1' }],
  ['the name itself', { 'lgu+': resolver('10.0.0.1') }, { 'lgu+': '10.0.0.1', lgu: '10.0.0.1', uplus: '10.0.0.1' }],
  ['an alias, under which it is then replaced', { lgu: resolver('10.0.0.1') }, { 'lgu+': '10.0.0.1', lgu: '10.0.0.1', uplus: '10.0.0.1' }],
  ['its name as an alias', { office: resolver('10.0.0.1', 'lgu+') }, { 'lgu+': '10.0.0.1', lgu: '10.0.0.1', uplus: '10.0.0.1' }],
  ['its alias as an alias', { office: resolver('10.0.0.1', 'lgu') }, { 'lgu+': '192.0.2.1', lgu: '10.0.0.1', uplus: '192.0.2.1' }],
  [
    'its name and an alias for different ones',
    { lgu: resolver('10.0.0.1'), 'lgu+': resolver('10.0.0.2') },
    { 'lgu+': '10.0.0.2', lgu: '10.0.0.1', uplus: '10.0.0.2' },
  ],
])('a stronger table that uses %s', (_, stronger, expected) => {
  expect(meanings(stronger, carrier)).toMatchObject(expected)
})

it('gives each name to one resolver, also of three tables', () => {
  const tables = [
    { a: resolver('10.0.0.1', 'x') },
    { b: resolver('10.0.0.2', 'x', 'y'), x: resolver('10.0.0.3', 'z') },
    { y: resolver('10.0.0.4') },
  ]
  expect(meanings(...tables)).toEqual({ a: '10.0.0.1', x: '10.0.0.1', b: '10.0.0.2', y: '10.0.0.2', z: '10.0.0.1' })
})

it.each([
  ['hosts', 'web1 ansible_host=203.0.113.11\n'],
  ['config', 'Host web1\n  HostName 203.0.113.11\n'],
  ['inventory.yaml', 'version: 1\nhosts: { web1: }\n'],
])('inventories of every format get the resolvers that are given: %s', async (file, text) => {
  const directory = await mkdtemp(join(tmpdir(), 'netproof-resolvers-'))
  try {
    await writeFile(join(directory, file), text)
    const options = { controllerPlatform: 'linux', sshConfig: null, resolvers: new Map(Object.entries(carrier)) } as const
    const { inventory, diagnostics } = await loadInventory([join(directory, file)], options)
    expect(diagnostics).toEqual([])
    expect(namedResolver(inventory, 'lgu')?.resolver.addresses).toEqual(['192.0.2.1'])
  } finally {
    await rm(directory, { recursive: true })
  }
})
