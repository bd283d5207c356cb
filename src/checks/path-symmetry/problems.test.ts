import { describe, expect, it } from 'vitest'
import { contextOf, host } from './fixtures.js'
import { pathSymmetry } from './index.js'
import type { PathSymmetrySpec } from './spec.js'

const spec = (more: Partial<PathSymmetrySpec> = {}): PathSymmetrySpec => ({ between: ['web1', 'db1'], ...more })

describe('problems of a specification', () => {
  it.each<[Partial<PathSymmetrySpec>, unknown]>([
    [{}, []],
    [{ addresses: { web1: '10.1.0.11' }, protocol: 'udp', port: 53 }, []],
    [{ between: ['web1', 'web1'] }, [{ path: ['between', 1], message: 'a path has two ends, and both are "web1"' }]],
    [
      { addresses: { web2: '10.1.0.11', dns: '10.1.0.12' } },
      [
        { path: ['addresses', 'web2'], message: '"web2" is not an end of the path', hint: 'did you mean "web1"?' },
        { path: ['addresses', 'dns'], message: '"dns" is not an end of the path', hint: 'the ends are web1 and db1' },
      ],
    ],
    [
      { addresses: { web1: '10.1', db1: '127.0.0.1' } },
      [
        { path: ['addresses', 'web1'], message: 'expected an address that others reach, found "10.1"' },
        { path: ['addresses', 'db1'], message: 'expected an address that others reach, found "127.0.0.1"' },
      ],
    ],
    [
      { addresses: { web1: '10.1.0.11', db1: '2001:db8::1' } },
      [{ path: ['addresses'], message: 'an IPv4 address and an IPv6 address do not talk to each other' }],
    ],
    [{ protocol: 'icmp', port: 443 }, [{ path: ['port'], message: 'ICMP has no ports', hint: 'leave it out, or choose `protocol: tcp`' }]],
  ])('%j', (more, expected) => {
    expect(pathSymmetry.problems?.(spec(more))).toEqual(expected)
  })
})

describe('problems that the inventory shows', () => {
  const others = [host('core1', '10.0.0.1'), host('six', '2001:db8::6'), host('lost', '10.0.0.9', { unusable: 'no command is given' })]
  const context = contextOf({}, others)

  it.each<[Partial<PathSymmetrySpec>, unknown]>([
    [{}, []],
    [{ between: ['controller', 'db1'] }, []],
    [{ ask: ['core1', 'routers', 'c*'] }, []],
    [{ between: ['web1', 'db2'] }, [{ path: ['between', 1], message: 'no inventory has a host "db2"', hint: 'did you mean "db1"?' }]],
    [{ between: ['routers', 'db1'] }, [{ path: ['between', 0], message: '"routers" is a group: a path has two ends, each one host' }]],
    [{ between: ['web1', 'lost'] }, [{ path: ['between', 1], message: 'lost cannot be reached: no command is given' }]],
    [
      { between: ['web1', 'six'] },
      [
        {
          path: ['between'],
          message: 'web1 has the address 10.1.0.10 and six 2001:db8::6: one is IPv4, the other IPv6',
          hint: 'write the addresses that talk: `addresses: { web1: …, six: … }`',
        },
      ],
    ],
    [
      { ask: ['core2', 'x*'] },
      [{ path: ['ask', 0], message: 'no inventory has a host or a group "core2"', hint: 'did you mean "core1"?' }],
    ],
  ])('%j', (more, expected) => {
    expect(pathSymmetry.problemsOn?.(spec(more), context)).toEqual(expected)
  })

  it('two hosts of which none has an address for the other', () => {
    const local = contextOf({}, [host('box', '127.0.0.1', { transport: 'local' })])
    expect(pathSymmetry.problemsOn?.(spec({ between: ['controller', 'box'] }), local)).toEqual([
      {
        path: ['between'],
        message: 'the inventory has no address at which controller and box reach each other',
        hint: 'write `addresses: { box: 192.0.2.2 }` with its own address',
      },
    ])
  })

  it('an address of two routers', () => {
    const wrong = contextOf({ v1: ['10.0.0.2', '10.0.0.1'], v2: ['10.0.0.3', '010.0.0.1', '10.0.0.1'] })
    expect(pathSymmetry.problemsOn?.(spec(), wrong)).toEqual([
      {
        path: ['between'],
        message: 'the inventory declares 10.0.0.1 for the routers v1 and v2, which makes them one device',
        hint: 'leave out an address that two routers share (VRRP, HSRP, anycast): it tells neither from the other',
      },
    ])
  })
})

describe('what is asked first', () => {
  const asked = (more: Partial<PathSymmetrySpec>) =>
    pathSymmetry.needs(spec(more), contextOf()).traces.map(({ host: name, args }) => ({ name, ...args }))

  it('is both ways at once, the ports swapped, the same ones in every run', () => {
    const usual = { protocol: 'tcp', maxHops: 30, rounds: 3, flows: 6, timeoutMs: 1_000 }
    expect(asked({})).toEqual([
      { ...usual, name: 'web1', host: '10.2.0.10', sourcePort: 61_897, port: 443 },
      { ...usual, name: 'db1', host: '10.1.0.10', sourcePort: 443, port: 61_897 },
    ])
    expect(asked({ protocol: 'icmp', 'max-hops': 5 })[1]).toEqual({
      ...usual,
      name: 'db1',
      host: '10.1.0.10',
      protocol: 'icmp',
      sourcePort: 61_897,
      maxHops: 5,
    })
  })

  it('is from the addresses that are given, and to them', () => {
    expect(asked({ addresses: { web1: '10.1.0.11' }, port: 5432 })).toMatchObject([
      { name: 'web1', host: '10.2.0.10', source: '10.1.0.11', port: 5432 },
      { name: 'db1', host: '10.1.0.11', port: 61_897, sourcePort: 5432 },
    ])
  })

  it('is the way that has an address, where the other is the controller', () => {
    expect(asked({ between: ['controller', 'db1'] })).toMatchObject([{ name: 'controller', host: '10.2.0.10' }])
    expect(asked({ between: ['db1', 'controller'] })).toMatchObject([{ name: 'controller', host: '10.2.0.10' }])
  })

  it('is the first host’s, whatever `on` says', () => {
    expect(pathSymmetry.hostOf?.(spec())).toBe('web1')
  })
})
