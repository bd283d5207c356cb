import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Host, Inventory } from '../model/inventory.js'
import { selectHosts } from './selection.js'

const host = (name: string, unusable?: string): Host => ({
  ...{ name, address: name, platform: 'linux', transport: 'ssh', ssh: {}, become: 'none', groups: [], vars: {} },
  ...(unusable === undefined ? {} : { unusable }),
})

const listed = ['web1', 'web2', 'web10', 'db1', '2001:db8::1', 'win1']
const inventory: Inventory = {
  hosts: new Map(
    [
      ...listed.map((name) => host(name, name === 'win1' ? 'netproof has no connection "winrm" (hosts:9)' : undefined)),
      host('laptop'),
      host('controller'),
    ].map((each) => [each.name, each]),
  ),
  groups: new Map([
    ['all', listed],
    ['web', ['web1', 'web2', 'web10']],
    ['db', ['db1']],
    ['seoul', ['web2', 'db1']],
    ['empty', []],
  ]),
  routers: {},
  resolvers: new Map(),
}

const names = (...patterns: string[]) => selectHosts(inventory, patterns).hosts.map(({ name }) => name)
const problems = (...patterns: string[]) => selectHosts(inventory, patterns).problems

// Beside what fixtures/*.recorded.json hold: several patterns, and hosts that stand outside of all.
const selected: readonly (readonly [patterns: readonly string[], expected: readonly string[]])[] = [
  [['web'], ['web1', 'web2', 'web10']],
  [
    ['seoul', 'web'],
    ['web2', 'db1', 'web1', 'web10'],
  ],
  [
    ['!web2', 'web'],
    ['web1', 'web10'],
  ],
  [['&seoul', 'web'], ['web2']],
  [['web:db:&seoul:!db1'], ['web2']],
  [[' web1 , db1 '], ['web1', 'db1']],
  [['2001:db8::1'], ['2001:db8::1']],
  [['2001:db8::1,db1'], ['2001:db8::1', 'db1']],
  [['web?'], ['web1', 'web2']],
  [['~web\\d$'], ['web1', 'web2']],
  [['~(?P<kind>db|web1)'], ['db1', 'web1', 'web10']],
  [['web[-2]'], ['web2']],
  [['web[1:]'], ['web2', 'web10']],
  [['controller'], ['controller']],
  [['laptop'], ['laptop']],
  [
    ['controller', 'db'],
    ['controller', 'db1'],
  ],
  [['*:!win1'], ['web1', 'web2', 'web10', 'db1', '2001:db8::1']],
  [['~.*:!win1'], ['web1', 'web2', 'web10', 'db1', '2001:db8::1']],
  [['!win1'], ['web1', 'web2', 'web10', 'db1', '2001:db8::1']],
]

describe('selectHosts', () => {
  it.each(selected)('%j', (patterns, expected) => {
    expect({ names: names(...patterns), problems: problems(...patterns) }).toEqual({ names: expected, problems: [] })
  })

  const wrong: readonly (readonly [patterns: readonly string[], pattern: string, message: string, hint?: string])[] = [
    [['wbe'], 'wbe', 'no inventory has a host or a group "wbe"', 'did you mean "web"?'],
    [['web:!bd'], '!bd', 'no inventory has a host or a group "bd"', 'did you mean "db"?'],
    [['web:&nowhere'], '&nowhere', 'no inventory has a host or a group "nowhere"'],
    [['localhost'], 'localhost', 'no inventory has a host or a group "localhost"', 'the machine netproof runs on is called controller'],
    [['c*'], 'c*', 'no host and no group matches "c*"', 'netproof list hosts shows all of them'],
    [['~(x'], '~(x', 'expected a regular expression behind "~", found "(x": unterminated group'],
    [['web[0'], 'web[0', 'no host and no group matches "web[0"', 'netproof list hosts shows all of them'],
    [['web[3]'], 'web[3]', 'there is no host at position 3: 3 hosts match', 'positions count from 0, and from -1 backwards'],
    [['db[1:2]'], 'db[1:2]', 'there is no host from position 1 on: 1 host matches', 'positions count from 0, and from -1 backwards'],
    [['web[2:1]'], 'web[2:1]', 'expected a first position before the last, found [2:1]', 'positions count from 0, and from -1 backwards'],
    [
      ['empty'],
      'empty',
      '"empty" selects no host',
      'netproof list hosts shows hosts and groups; controller is the machine netproof runs on',
    ],
    [
      ['web', '!web'],
      'web,!web',
      '"web,!web" selects no host',
      'netproof list hosts shows hosts and groups; controller is the machine netproof runs on',
    ],
    [['win*'], 'win1', 'win1 cannot be reached: netproof has no connection "winrm" (hosts:9)'],
  ]
  it.each(wrong.map(([patterns, ...problem]) => ({ patterns, problem })))(
    '$patterns is wrong',
    ({ patterns, problem: [pattern, message, hint] }) => {
      expect(problems(...patterns)).toEqual([{ pattern, message, ...(hint === undefined ? {} : { hint }) }])
    },
  )

  it('reports every part that is wrong', () => {
    expect(problems('wbe,bd', 'web').map(({ pattern }) => pattern)).toEqual(['wbe', 'bd'])
  })

  it('never throws, and has a problem wherever it selects nothing', () => {
    const pattern = fc.string({ unit: fc.constantFrom(...'web1dall*?[]!&:,~-0()|\\ '), maxLength: 12 })
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 3 }), (patterns) => {
        const { hosts, problems: found } = selectHosts(inventory, patterns)
        expect(hosts.length + found.length).toBeGreaterThan(0)
      }),
    )
  })
})
