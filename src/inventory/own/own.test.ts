import { expect, test } from 'vitest'
import { parseYaml } from '../../documents/index.js'
import { isOwnInventory, readOwnInventory } from './index.js'

function read(text: string) {
  const { document } = parseYaml('inventory.yaml', text, new Uint8Array())
  if (document === null) throw new Error('not YAML')
  return readOwnInventory(document, 'darwin')
}

test('the example of the documentation', () => {
  const { inventory, diagnostics } = read(`
version: 1
defaults: { user: ops, vars: { site: daegu } }
hosts:
  web1: { address: 203.0.113.11, platform: linux, groups: [web], vars: { rack: a } }
  db1:  { address: 10.20.0.5, groups: db, port: 2222, identity-file: ~/.ssh/db, ssh-args: ["-4"], become: sudo }
  win1: { platform: windows, user: admin }
  box:  { transport: exec, command: [ip, netns, exec, box] }
  bare:
routers:
  core1: [203.0.113.1, 10.10.0.1]
resolvers:
  office: [10.0.0.53]
`)
  expect(diagnostics).toEqual([])
  const common = { platform: 'linux', transport: 'ssh', become: 'none', groups: [], vars: { site: 'daegu' }, ssh: { user: 'ops' } }
  expect([...inventory.hosts.values()]).toEqual([
    { ...common, name: 'web1', address: '203.0.113.11', groups: ['web'], vars: { site: 'daegu', rack: 'a' } },
    {
      ...common,
      name: 'db1',
      address: '10.20.0.5',
      groups: ['db'],
      become: 'sudo',
      ssh: { user: 'ops', port: 2222, identityFile: '~/.ssh/db', args: ['-4'] },
    },
    { ...common, name: 'win1', address: 'win1', platform: 'windows', ssh: { user: 'admin' } },
    { ...common, name: 'box', address: 'box', transport: 'exec', command: ['ip', 'netns', 'exec', 'box'] },
    { ...common, name: 'bare', address: 'bare' },
    { ...common, name: 'controller', address: 'localhost', platform: 'darwin', transport: 'local', ssh: {}, vars: {} },
  ])
  expect([...inventory.groups]).toEqual([
    ['web', ['web1']],
    ['db', ['db1']],
    ['all', ['web1', 'db1', 'win1', 'box', 'bare']],
  ])
  expect(inventory.routers).toEqual({ core1: ['203.0.113.1', '10.10.0.1'] })
  const plain = {
    addresses: ['10.0.0.53'],
    port: 53,
    rate: null,
    aliases: [],
    operator: null,
    country: null,
    scope: 'any',
    filter: 'none',
    confidence: 'inventory',
    note: null,
  }
  expect(inventory.resolvers).toEqual(new Map([['office', plain]]))
})

test('groups of groups, and variables from the widest group to the host itself', () => {
  const { inventory, diagnostics } = read(`
version: 1
hosts:
  web1: { groups: [web], vars: { own: host } }
  db1:
groups:
  all: { vars: { everywhere: all, level: all } }
  front: { children: [web], vars: { level: front, own: front } }
  web: { vars: { level: web } }
  back: { hosts: db1, vars: { level: back } }
`)
  expect(diagnostics).toEqual([])
  expect(inventory.hosts.get('web1')).toMatchObject({ groups: ['front', 'web'], vars: { everywhere: 'all', level: 'web', own: 'host' } })
  expect(inventory.hosts.get('db1')).toMatchObject({ groups: ['back'], vars: { everywhere: 'all', level: 'back' } })
  expect(inventory.groups.get('front')).toEqual(['web1'])
  expect(inventory.groups.get('all')).toEqual(['web1', 'db1'])
})

test('groups that hold each other are one group', () => {
  const { inventory } = read(
    'version: 1\nhosts: { a: { groups: x }, b: { groups: y } }\ngroups: { x: { children: y }, y: { children: x } }\n',
  )
  expect(inventory.groups.get('x')).toEqual(['a', 'b'])
  expect(inventory.groups.get('y')).toEqual(['a', 'b'])
})

test('an inventory may name the controller itself; it is then one of all', () => {
  const { inventory } = read('version: 1\ndefaults: { transport: ssh, user: ops }\nhosts: { controller: { vars: { a: 1 } } }\n')
  expect(inventory.hosts.get('controller')).toMatchObject({ transport: 'local', platform: 'darwin', vars: { a: 1 } })
  expect(inventory.groups.get('all')).toEqual(['controller'])
})

test('names from the file never reach a prototype', () => {
  const { inventory, diagnostics } = read('version: 1\nhosts: { __proto__: { groups: constructor }, toString: }\n')
  expect(diagnostics).toEqual([])
  expect(inventory.groups.get('constructor')).toEqual(['__proto__'])
  expect(inventory.hosts.get('toString')).toMatchObject({ address: 'toString' })
})

test.each([
  [{ version: 1, hosts: {} }, true],
  [{ all: { hosts: {} } }, false],
  [{ hosts: {} }, false],
  [null, false],
  [[], false],
])('%j is of the own format: %s', (data, expected) => {
  expect(isOwnInventory(data)).toBe(expected)
})

test('a resolver with all that can be said of it', () => {
  const { inventory, diagnostics } = read(`
version: 1
hosts: {}
resolvers:
  office:
    addresses: [FD00:0::53, "fe80::53%eth0", 10.0.0.53]
    port: 5353
    rate: 50
    aliases: [hq, main]
    operator: us
    scope: on-net
    filter: ads
`)
  expect(diagnostics).toEqual([])
  expect(inventory.resolvers.get('office')).toMatchObject({
    addresses: ['10.0.0.53', 'fd00::53', 'fe80::53%eth0'],
    port: 5353,
    rate: 50,
    aliases: ['hq', 'main'],
    operator: 'us',
    scope: 'on-net',
    filter: 'ads',
  })
})

test.each([
  ['{ a: [10.0.0.53, nowhere] }', 'expected an IP address, found "nowhere"'],
  ['{ a: { addresses: [nowhere] } }', 'expected an IP address, found "nowhere"'],
  ['{ a: ["FD00::1", "fd00:0::1"] }', '"fd00:0::1" and "FD00::1" are the same address'],
  ['{ system: [10.0.0.53] }', '"system" means what a host itself is configured with: no resolver can be called so'],
  ['{ a: { addresses: [10.0.0.1], aliases: authoritative } }', '"authoritative" means the servers of a zone: no resolver can be called so'],
  ['{ 10.0.0.53: [10.0.0.53] }', 'expected a name that cannot be taken for an address, without ":" and "/", found "10.0.0.53"'],
  ['{ "kt:53": [10.0.0.53] }', 'expected a name that cannot be taken for an address, without ":" and "/", found "kt:53"'],
  ['{ a: [10.0.0.1], b: { addresses: [10.0.0.2], aliases: a } }', '"a" already means the resolver a'],
  ['{ a: { addresses: [10.0.0.1], aliases: x }, b: { addresses: [10.0.0.2], aliases: [y, x] } }', '"x" already means the resolver a'],
])('resolvers that cannot be: %s', (resolvers, message) => {
  const { diagnostics } = read(`version: 1\nhosts: {}\nresolvers: ${resolvers}\n`)
  expect(diagnostics.map((diagnostic) => diagnostic.message)).toEqual([message])
})
