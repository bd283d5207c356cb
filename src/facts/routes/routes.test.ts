import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import type { CommandOutput } from '../../model/fact.js'
import type { AddressFamily, RouteTables } from './index.js'
import { linuxSources } from './linux.js'

const directory = new URL('fixtures/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, directory), 'utf8')
const output = (stdout: string, stderr = ''): CommandOutput => ({ exitCode: 0, stdout, stderr })
const slug = (name: string): string => name.replace(/\W+/g, '-').replace(/^-/, '')

const sources = new Map(linuxSources.map((source) => [slug(source.name), source]))

function parse(source: string, family: AddressFamily, text: string): RouteTables | { notUnderstood: string } {
  const found = sources.get(source)
  if (found === undefined) throw new Error(`no source ${source} among ${[...sources.keys()].join(', ')}`)
  try {
    const [value] = found.parse(output(text), [{ family }])
    if (value === undefined) throw new Error('no value')
    return value
  } catch (error) {
    if (error instanceof NotUnderstood) return { notUnderstood: error.message }
    throw error
  }
}

describe('recordings', () => {
  const names = readdirSync(directory).filter((name) => name.endsWith('.out'))

  test('are there, and each has its meaning beside it', () => {
    const meanings = readdirSync(directory).filter((name) => name.endsWith('.expected.json'))
    expect(names.length).toBeGreaterThan(30)
    expect(meanings.sort()).toEqual(names.map((name) => name.replace(/out$/, 'expected.json')).sort())
  })

  test.each(names)('%s', (name) => {
    const [source = '', family = ''] = name.split('.')
    if (family !== 'inet' && family !== 'inet6') throw new Error(`no family in ${name}`)
    expect(parse(source, family, read(name))).toEqual(JSON.parse(read(name.replace(/out$/, 'expected.json'))))
  })
})

/** The same tables through sources of different richness: what all of them show must agree. */
describe('sources agree on the same network', () => {
  const richest = parse('ip-j', 'inet', read('ip-j.inet.debian12.out'))
  if ('notUnderstood' in richest) throw new Error(richest.notUnderstood)

  test('ip -d sees what ip -j sees', () => {
    for (const family of ['inet', 'inet6'] as const) {
      const json = parse('ip-j', family, read(`ip-j.${family}.debian12.out`))
      expect(parse('ip-d', family, read(`ip-d.${family}.debian12.out`))).toEqual(json)
    }
  })

  test.each(['proc', 'route-n', 'busybox-route'])('%s sees table main', (source) => {
    const value = parse(source, 'inet', read(`${source}.inet.debian12.out`))
    if ('notUnderstood' in value) throw new Error(value.notUnderstood)
    const main = richest.routes.filter((route) => route.table === 'main')
    expect(value.routes.map((route) => route.destination)).toEqual(main.map((route) => route.destination))
    for (const [index, route] of value.routes.entries()) {
      const full = main[index]
      expect(route.types).toEqual(expect.arrayContaining([...(full?.types ?? [])]))
      expect(route.metric).toBe(full?.metric)
      const first = full?.nextHops?.[0]
      if (route.nextHops !== null && first !== undefined)
        expect(route.nextHops).toEqual([{ via: first.via, interface: first.interface, weight: 1, flags: [] }])
    }
  })

  test.each(['proc', 'route-n', 'busybox-route'])('%s sees every IPv6 destination', (source) => {
    const full = parse('ip-j', 'inet6', read('ip-j.inet6.debian12.out'))
    const value = parse(source, 'inet6', read(`${source}.inet6.debian12.out`))
    if ('notUnderstood' in full || 'notUnderstood' in value) throw new Error('not understood')
    const destinations = (tables: RouteTables): readonly string[] => [...new Set(tables.routes.map((route) => route.destination))].sort()
    expect(destinations(value)).toEqual(destinations(full))
  })
})

describe('a nexthop object of type blackhole', () => {
  // Linux 6.18, after `ip nexthop add id 7 blackhole` and `ip route add … nhid 7`.
  const rows: readonly [string, AddressFamily, string][] = [
    [
      'proc',
      'inet',
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\nlo\t0000460A\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n',
    ],
    [
      'proc',
      'inet6',
      'fd700000000000000000000000000000 10 00000000000000000000000000000000 00 00000000000000000000000000000000 00000400 00000005 00000000 00000001       lo\n',
    ],
    [
      'route-n',
      'inet',
      'Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n10.70.0.0       0.0.0.0         255.255.0.0     U     0      0        0 lo\n',
    ],
  ]
  test.each(rows)('looks like a route through lo to %s for %s, which may be either', (source, family, text) => {
    const value = parse(source, family, text)
    expect('routes' in value && value.routes.map(({ types }) => types)).toEqual([['unicast', 'blackhole']])
  })
})

describe('what a router prefers itself by (RFC 4191)', () => {
  const json = (pref: string): string =>
    `[{"type":"unicast","dst":"default","gateway":"fe80::2","dev":"eth0","table":"main","protocol":"ra","scope":"global","metric":1024,"flags":[],"expires":1790,"pref":"${pref}"}]`
  const text = (pref: string): string =>
    `unicast default via fe80::2 dev eth0 table main proto ra scope global metric 1024 expires 1790sec mtu 1500 pref ${pref}\n`

  test.each([
    ['ip-j', json],
    ['ip-d', text],
  ] as const)('is read from %s, and medium is nothing to tell', (source, print) => {
    const preferences = ['high', 'medium', 'low'].map((pref) => {
      const value = parse(source, 'inet6', print(pref))
      return 'routes' in value ? value.routes.map(({ metric, preference }) => [metric, preference]) : value
    })
    expect(preferences).toEqual([[[1024, 'high']], [[1024, undefined]], [[1024, 'low']]])
  })
})

describe('refusals', () => {
  test('a dump that the kernel interrupted is not believed', () => {
    const interrupted = output('[]', 'Dump was interrupted and may be inconsistent.\n')
    for (const name of ['ip-j', 'ip-d', 'ip', 'busybox-ip'])
      expect(() => sources.get(name)?.parse(interrupted, [{ family: 'inet' }])).toThrow('expected a whole routing table')
  })

  test.each([
    ['ip-j', '', 'expected a JSON array from ip -j, found nothing'],
    ['ip-j', '[', 'expected a JSON array from ip -j, found "["'],
    ['ip-j', '[{"dst":"10.0.0.0/33"}]', 'expected a destination of family inet, found "10.0.0.0/33"'],
    ['ip-j', '[{"dst":"2001:db8::/32","dev":"eth0"}]', 'expected a destination of family inet, found "2001:db8::/32"'],
    ['ip-j', '[{"dst":"10.0.0.0/8","metric":"1"}]', 'expected a number as metric, found "\\"1\\""'],
    ['ip-d', 'Command line is not complete. Try option "help"', 'expected a destination of family inet, found "Command"'],
    ['ip-d', '\tnexthop via 10.0.0.1', 'expected a route from ip route, found "\\tnexthop via 10.0.0.1"'],
    ['ip-d', 'default via gateway dev eth0', 'expected an address, found "gateway"'],
    ['proc', 'Iface\tDestination\tGateway \tFlags\tRefCnt\neth0\t1\n', 'expected a row of /proc/net/route, found "eth0\\t1"'],
    ['route-n', 'route: command not found', 'expected a routing table from route -n, found "route: command not found"'],
  ])('%s: %j', (source, text, notUnderstood) => {
    expect(parse(source, 'inet', text)).toEqual({ notUnderstood })
  })
})

describe('arbitrary text', () => {
  const words = fc.constantFrom(
    'default',
    'via',
    'dev',
    'nexthop',
    '10.0.0.0/8',
    '::/0',
    'fe80::1',
    '\t',
    '\n',
    'encap',
    'metric',
    '0',
    '-',
    '[',
    '{"dst":"default"}',
    'constructor',
    '0001',
  )
  const noise = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(words).map((list) => list.join(' ')),
    fc.json(),
  )
  const header = fc.constantFrom(
    '',
    'Iface\tDestination\tGateway \tFlags\tX\n',
    'Destination Gateway Genmask Flags Metric Ref\n',
    'Destination Next Hop Flag Met Ref\n',
  )

  test.each([...sources.keys()])('%s throws nothing but NotUnderstood', (source) => {
    fc.assert(
      fc.property(fc.constantFrom('inet' as const, 'inet6' as const), header, noise, (family, top, text) => {
        expect(parse(source, family, top + text)).toBeTypeOf('object')
      }),
    )
  })

  test('recordings with a damaged character are understood or refused, never crash', () => {
    const names = readdirSync(directory).filter((name) => name.includes('debian12.out'))
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), fc.string({ maxLength: 3 }), (name, at, patch) => {
        const [source = '', family] = name.split('.')
        const text = read(name)
        const place = at % text.length
        expect(parse(source, family as AddressFamily, text.slice(0, place) + patch + text.slice(place + 1))).toBeTypeOf('object')
      }),
    )
  })
})

describe('size', () => {
  test('a full table takes time in proportion to its length', () => {
    const line = (index: number): string =>
      `unicast 10.${(index >> 8) & 255}.${index & 255}.0/24 via 10.0.0.1 dev eth0 table main proto bgp scope global metric 20 \n`
    const text = Array.from({ length: 100_000 }, (_, index) => line(index)).join('')
    const started = process.cpuUsage()
    const value = parse('ip-d', 'inet', text)
    const spent = process.cpuUsage(started)
    expect('routes' in value && value.routes.length).toBe(100_000)
    // About 0.5 s where this was written; quadratic reading would take minutes.
    expect((spent.user + spent.system) / 1e6).toBeLessThan(10)
  })

  test.each(['dead', 'encap via x', 'nexthop', 'via'])('a very long line is no trap: %s', (word) => {
    const text = `default dev eth0 ${`${word} `.repeat(300_000)}\n${`\tnexthop via 10.0.0.1 dev eth0\n`.repeat(100_000)}`
    expect(parse('ip-d', 'inet', text)).toBeTypeOf('object')
  })
})
