import { describe, expect, it } from 'vitest'
import { nothingLearnt } from '../../lib/learnt.js'
import type { SpecProblem } from '../../model/check.js'
import { context, core1, edge1, round, traced } from './fixtures.js'
import { path } from './index.js'
import type { PathSpec } from './spec.js'
import { parseTarget } from './target.js'

describe('targets', () => {
  it.each([
    ['db1', { host: 'db1', port: null }],
    ['db1:5432', { host: 'db1', port: 5432 }],
    ['10.0.0.5:80', { host: '10.0.0.5', port: 80 }],
    ['2001:db8::5', { host: '2001:db8::5', port: null }],
    ['[2001:db8::5]:443', { host: '2001:db8::5', port: 443 }],
    ['[2001:db8::5]', { host: '2001:db8::5', port: null }],
    ['bücher.example', { host: 'xn--bcher-kva.example', port: null }],
    ['db1:0', null],
    ['db1:65536', null],
    ['db1:http', null],
    ['https://db1', null],
    ['10.1', null],
    ['-x', null],
    ['a b', null],
    ['[db1]:80', null],
  ])('%s', (text, parsed) => {
    expect(parseTarget(text)).toEqual(parsed)
  })
})

describe('what is asked for', () => {
  const argsOf = (spec: PathSpec): unknown => path.needs(spec, context).trace.args

  it('TCP where a port is given, otherwise ICMP', () => {
    const common = { maxHops: 30, rounds: 1, flows: 3, timeoutMs: 3_300 }
    expect(argsOf({ target: 'db1:5432' })).toEqual({ host: '10.20.0.5', protocol: 'tcp', port: 5432, ...common })
    expect(argsOf({ target: 'db1', port: 443 })).toEqual({ host: '10.20.0.5', protocol: 'tcp', port: 443, ...common })
    expect(argsOf({ target: 'www.example.com' })).toEqual({ host: 'www.example.com', protocol: 'icmp', ...common })
    expect(argsOf({ target: '10.0.0.7', protocol: 'udp' })).toEqual({ host: '10.0.0.7', protocol: 'udp', port: 33_434, ...common })
  })

  it('three rounds where times are judged, and what else the runbook says', () => {
    const spec: PathSpec = { target: 'db1', rtt: '5ms', flows: 1, 'max-hops': 8, source: 'eth1', family: 'ipv4' }
    expect(argsOf(spec)).toEqual({
      host: '10.20.0.5',
      protocol: 'icmp',
      maxHops: 8,
      rounds: 3,
      flows: 0,
      timeoutMs: 3_300,
      source: 'eth1',
      family: 4,
    })
  })

  it('of a silent TCP path also a connection, and nothing more of one that arrives', () => {
    const further = (end: 'silent' | 'reached', spec: PathSpec) => {
      const rounds = [round(end === 'silent' ? [edge1, core1] : [edge1, '10.20.0.5 open'], end)]
      return path.further?.(spec, { trace: traced(rounds, { protocol: spec.target === 'db1' ? 'icmp' : 'tcp' }) }, context, nothingLearnt)
    }
    expect(further('silent', { target: 'db1:5432', source: 'eth1' })).toEqual([
      { fact: 'tcp-connect', host: 'ops', args: { host: '10.20.0.5', port: 5432, timeoutMs: 3_300, source: 'eth1' } },
    ])
    expect(further('silent', { target: 'db1' })).toEqual([])
    expect(further('reached', { target: 'db1:5432' })).toEqual([])
  })
})

describe('faults', () => {
  const problems = (spec: PathSpec): readonly SpecProblem[] => [
    ...(path.problems?.(spec) ?? []),
    ...(path.problemsOn?.(spec, context) ?? []),
  ]
  const router = 'the inventory has no router or host'

  it.each<[PathSpec, SpecProblem]>([
    [
      { target: 'https://db1' },
      {
        path: ['target'],
        message: 'expected a host, with or without a port, found "https://db1"',
        hint: 'such as db1, db1:5432, 10.0.0.5 or [2001:db8::5]:443',
      },
    ],
    [
      { target: 'db1:80', port: 80 },
      { path: ['port'], message: 'db1:80 has a port, and so has the check', hint: 'leave one of them out' },
    ],
    [
      { target: '10.0.0.5', family: 'ipv6' },
      { path: ['target'], message: '10.0.0.5 is not an IPv6 address, which `family` asks for' },
    ],
    [
      { target: 'db1:80', protocol: 'icmp' },
      { path: ['target'], message: 'ICMP has no ports', hint: 'leave the port out, or write `protocol: tcp`' },
    ],
    [
      { target: 'db1', protocol: 'tcp' },
      { path: ['protocol'], message: 'TCP needs a port', hint: 'write it with the target, such as db1:443, or `port: 443`' },
    ],
    [
      { target: 'db1', service: 'open' },
      {
        path: ['service'],
        message: '`service` is what a TCP port answers, but ICMP is traced',
        hint: 'write a port, such as `target: db1:443`',
      },
    ],
    [
      { target: 'db1', reaches: false, rtt: '1s' },
      { path: ['rtt'], message: "`rtt` is about the target's answer, but `reaches: false` wants none", hint: 'leave one of them out' },
    ],
    [
      { target: 'db1', via: ['edge1', 'core1'], avoids: 'core1' },
      { path: ['avoids'], message: '"core1" is to be on the path by `via`, and not by `avoids`' },
    ],
    [
      { target: 'db1', avoids: ['edge1', '10.0.0.1/8'] },
      { path: ['avoids', 1], message: '10.0.0.1/8 has bits beyond its length', hint: 'write 10.0.0.0/8, or 10.0.0.1 alone' },
    ],
    [
      { target: 'db1', via: 'edge/1' },
      { path: ['via'], message: 'expected a router, a host, an address or a prefix, found "edge/1"' },
    ],
    [
      { target: 'db1', source: 'a b' },
      { path: ['source'], message: 'expected an address or the name of an interface, found "a b"' },
    ],
    [
      { target: 'db1', hops: { min: 3, max: 2 } },
      { path: ['hops', 'min'], message: '`min` 3 is more than `max` 2' },
    ],
    [
      { target: 'db1', 'hop-rtt': { edge1: { min: '1s', max: '5ms' } } },
      { path: ['hop-rtt', 'edge1', 'min'], message: '`min` 1s is more than `max` 5ms' },
    ],
    [
      { target: 'db1:5432', avoids: ['edge1', 'db1'] },
      {
        path: ['avoids', 1],
        message: '"db1" is the target, where the path ends: no router on it',
        hint: '`reaches` says whether packets arrive there, and `rtt` how fast',
      },
    ],
    [
      { target: 'db1', via: '10.20.0.5' },
      {
        path: ['via'],
        message: '"10.20.0.5" is the target, where the path ends: no router on it',
        hint: '`reaches` says whether packets arrive there, and `rtt` how fast',
      },
    ],
    [
      { target: 'db1', source: 'lo', reaches: false },
      { path: ['source'], message: 'nothing leaves a host by its interface lo', hint: 'leave `source` out to reach the host itself' },
    ],
    [
      { target: '224.0.0.5' },
      { path: ['target'], message: '224.0.0.5 is a multicast or broadcast address', hint: 'name hosts by their own addresses' },
    ],
    [
      { target: '10.0.0.5', source: '2001:db8::1' },
      { path: ['source'], message: '10.0.0.5 cannot be reached from 2001:db8::1: one is an IPv4 address, the other IPv6' },
    ],
    [
      { target: 'db1', via: 'egde1' },
      { path: ['via'], message: `${router} "egde1"`, hint: 'did you mean "edge1"?' },
    ],
    [
      { target: 'db1', via: { 'in-order': ['edge1', 'croe1'] } },
      { path: ['via', 'in-order', 1], message: `${router} "croe1"`, hint: 'did you mean "core1"?' },
    ],
    [
      { target: 'db1', avoids: 'db7' },
      { path: ['avoids'], message: `${router} "db7"`, hint: 'did you mean "db1"?' },
    ],
    [
      { target: 'db1', 'hop-rtt': { nowhere: '1s' } },
      { path: ['hop-rtt', 'nowhere'], message: `${router} "nowhere"` },
    ],
    [
      { target: 'db1', avoids: 'firewalls' },
      { path: ['avoids'], message: '"firewalls" is a group: name its members, or their routers' },
    ],
    [
      { target: 'db1', avoids: 'toString' },
      { path: ['avoids'], message: `${router} "toString"` },
    ],
  ])('%j', (spec, problem) => {
    expect(problems(spec)).toEqual([problem])
  })

  it.each<[PathSpec]>([
    [
      {
        target: 'db1:5432',
        via: ['edge1', 'fw1', '10.0.0.0/8', '192.0.2.1'],
        avoids: ['edge2'],
        service: 'closed',
        'hop-rtt': { edge1: '1s' },
      },
    ],
    [{ target: 'anything.example', protocol: 'udp', port: 53, reaches: false }],
    [{ target: 'db1', via: { 'one-of': ['edge1', 'edge2'] }, avoids: 'core1' }],
    [{ target: 'db6', source: '2001:db8::1' }],
  ])('none in %j', (spec) => {
    expect(problems(spec)).toEqual([])
  })

  it('without any router the inventory is where to begin', () => {
    const bare = { ...context, inventory: { ...context.inventory, routers: {}, hosts: new Map() } }
    expect(path.problemsOn?.({ target: 'db1', via: 'edge1' }, bare)).toEqual([
      { path: ['via'], message: `${router} "edge1"`, hint: 'declare it: `routers: { name: [its addresses] }`' },
    ])
  })
})
