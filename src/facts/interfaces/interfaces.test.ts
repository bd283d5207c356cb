import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type Interfaces, interfaces } from './index.js'

const directory = new URL('fixtures/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, directory), 'utf8')
const slug = (name: string): string => name.replace(/\W+/g, '-').replace(/^-/, '')
const sources = new Map(interfaces.sources.linux?.map((source) => [slug(source.name), source]))

function parse(source: string, stdout: string, stderr = ''): Interfaces | { readonly notUnderstood: string } {
  try {
    const value = sources.get(source)?.parse({ exitCode: 0, stdout, stderr }, [{}])[0]
    if (value === undefined) throw new Error(`no value from ${source}`)
    return value
  } catch (error) {
    if (error instanceof NotUnderstood) return { notUnderstood: error.message }
    throw error
  }
}

describe('recordings', () => {
  const names = readdirSync(directory).filter((name) => name.endsWith('.out'))

  it('there is one for each source', () => {
    expect(new Set(names.map((name) => name.split('.')[0]))).toEqual(new Set(sources.keys()))
  })

  it.each(names)('%s', (name) => {
    const value = parse(name.split('.')[0] ?? '', read(name))
    expect(value).toEqual(JSON.parse(read(name.replace(/out$/, 'expected.json'))))
    expect(interfaces.isValue(value)).toBe(true)
  })

  it('all sources know the same addresses', () => {
    const addresses = (name: string): readonly string[] => {
      const value = parse(name.split('.')[0] ?? '', read(name))
      return 'notUnderstood' in value ? [value.notUnderstood] : value.flatMap((each) => each.addresses.map(({ address }) => address)).sort()
    }
    for (const name of names) expect(addresses(name)).toEqual(addresses('ip-j.debian12.out'))
  })
})

describe('what versions do differently', () => {
  it.each([
    ['a peer with the same address', '2: ppp0: <UP> mtu 1\n    inet 10.0.0.1 peer 10.0.0.1/32 scope global ppp0\n', null, 32],
    ['a peer, and a length at each', '2: ppp0: <UP> mtu 1\n    inet 10.0.0.1/32 peer 10.0.0.2/24 scope global ppp0\n', '10.0.0.2', 24],
    ['no length', '2: ppp0@NONE: <UP> mtu 1\n    inet 10.0.0.1 scope global ppp0\n', null, 32],
  ])('%s', (_, text, peer, prefixLength) => {
    expect(parse('ip', text)).toEqual([{ name: 'ppp0', addresses: [{ address: '10.0.0.1', prefixLength, peer, dynamic: false }] }])
  })

  it.each([
    ['ip', '2: eth0: <UP> mtu 1\n    inet 10.0.0.1/24 brd 10.0.0.255 scope global dynamic eth0\n'],
    ['ip', '2: eth0: <UP> mtu 1\n    inet 10.0.0.1/24 metric 100 brd 10.0.0.255 scope global dynamic noprefixroute eth0\n'],
    [
      'ip-j',
      '[{"ifname":"eth0","addr_info":[{"family":"inet","local":"10.0.0.1","prefixlen":24,"scope":"global","dynamic":true,"label":"eth0"}]}]',
    ],
  ])('an address that was leased: %s %j', (source, text) => {
    expect(parse(source, text)).toEqual([
      { name: 'eth0', addresses: [{ address: '10.0.0.1', prefixLength: 24, peer: null, dynamic: true }] },
    ])
  })

  it('an address of a router advertisement, in /proc', () => {
    expect(parse('proc', '20010db8000000000000000000000001 02 40 00 00 eth0\nend\n')).toEqual([
      { name: 'eth0', addresses: [{ address: '2001:db8::1', prefixLength: 64, peer: null, dynamic: true }] },
    ])
  })

  it('addresses of unknown families are left out', () => {
    expect(parse('ip-j', '[{"ifname":"mctp0","addr_info":[{"family":"mctp","local":"8"}]}]')).toEqual([{ name: 'mctp0', addresses: [] }])
  })

  it('a name may hold what regular expressions and objects care about', () => {
    expect(parse('ip', '2: a.$b@if7: <UP> mtu 1\n')).toEqual([{ name: 'a.$b', addresses: [] }])
    expect(parse('proc', '00000000000000000000000000000001 01 80 10 80 __proto__\nend\n')).toEqual([
      { name: '__proto__', addresses: [{ address: '::1', prefixLength: 128, peer: null, dynamic: false }] },
    ])
  })
})

describe('refusals', () => {
  it.each([
    ['ip-j', '', 'expected a JSON array from ip -j, found nothing'],
    ['ip-j', '1: lo: <LOOPBACK> mtu 65536\n', 'expected a JSON array from ip -j, found "1: lo: <LOOPBACK> mtu 65536\\n"'],
    ['ip-j', '[]', 'expected at least one interface, found "[]"'],
    ['ip-j', '[{},{}]', 'expected an interface of ip -j address, found "{}"'],
    ['ip-j', '[{"ifname":"lo"}]', 'expected an interface of ip -j address, found "{\\"ifname\\":\\"lo\\"}"'],
    ['ip-j', '[{"ifname":"lo","addr_info":[{}]}]', 'expected an address of ip -j address, found "{}"'],
    ['ip-j', '[{"ifname":"lo","addr_info":[{"family":"inet","local":"10.0.0.1","prefixlen":33}]}]', 'expected a prefix length, found "33"'],
    ['ip', '', 'expected at least one interface, found nothing'],
    ['ip', 'Command line is not complete.\n', 'expected an interface of ip address, found "Command line is not complete."'],
    ['ip', '    inet 10.0.0.1/8 scope host lo\n', 'expected an interface of ip address, found "    inet 10.0.0.1/8 scope host lo"'],
    ['ip', '1: lo: <UP> mtu 1\n    inet 10.0.0.300/8\n', 'expected an address of an interface, found "10.0.0.300"'],
    ['proc', 'inet 127.0.0.1\n', 'expected the addresses of /proc/net, found "inet 127.0.0.1\\n"'],
    ['proc', 'end\n', 'expected at least one interface, found "end\\n"'],
    ['proc', 'fe80 eth0\nend\n', 'expected a row of /proc/net/if_inet6, found "fe80 eth0"'],
  ])('%s: %j', (source, text, notUnderstood) => {
    expect(parse(source, text)).toEqual({ notUnderstood })
  })

  it('addresses that changed while they were read are not believed', () => {
    const stderr = 'Dump was interrupted and may be inconsistent.\n'
    expect(parse('ip-j', read('ip-j.debian12.out'), stderr)).toHaveProperty('notUnderstood')
  })

  it.each([
    [null],
    [[{ name: 'lo' }]],
    [[{ name: 'lo', addresses: [{ address: '010.0.0.1', prefixLength: 8, peer: null, dynamic: null }] }]],
  ])('a recording with %j is none', (value) => {
    expect(interfaces.isValue(value)).toBe(false)
  })
})

it('a recording with any damage gives a value of the right shape or is refused', () => {
  const names = readdirSync(directory).filter((name) => name.endsWith('.out'))
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.nat(), fc.string({ maxLength: 6 }), fc.nat({ max: 40 }), (name, at, patch, cut) => {
      const text = read(name)
      const place = at % text.length
      const value = parse(name.split('.')[0] ?? '', text.slice(0, place) + patch + text.slice(place + cut))
      expect('notUnderstood' in value || interfaces.isValue(value)).toBe(true)
    }),
  )
})
