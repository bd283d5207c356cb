import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brief } from '../brief.js'
import type { Trace, TraceArgs } from '../index.js'
import { traceShape } from '../shape.js'
import { tools } from '../sources.js'

const folder = join(import.meta.dirname, 'fixtures')
const to = (host: string, protocol: TraceArgs['protocol'], more: Partial<TraceArgs> = {}): TraceArgs => ({
  host,
  protocol,
  maxHops: 30,
  rounds: 1,
  flows: 0,
  timeoutMs: 1_000,
  ...more,
})

function parse(stdout: string, request: TraceArgs): Trace {
  const [value] = tools.parse({ exitCode: 0, stdout, stderr: '' }, [request])
  if (value === undefined) throw new Error('one request gives one value')
  expect(traceShape(value)).toBe(true)
  return value
}

/** By file: tool and version, what was traced; the request, and what it means. `network.md` says where they were recorded. */
const recorded: Readonly<Record<string, readonly [TraceArgs, string]>> = {
  'modern-2.1.2.tcp-open': [to('10.80.3.5', 'tcp', { port: 8001 }), '10.80.1.1 10.80.2.2 10.80.4.2 10.80.3.5:open reached'],
  'modern-2.1.2.tcp-closed': [to('10.80.3.5', 'tcp', { port: 8111 }), '10.80.1.1 10.80.2.2 10.80.4.2 10.80.3.5:closed reached'],
  'modern-2.1.2.tcp-rejected6': [to('fd80:3::5', 'tcp', { port: 9002 }), 'fd80:1::1 fd80:2::2 fd80:4::2 fd80:3::5:1/4 reached'],
  'modern-2.1.2.tcp-silent': [to('10.80.6.5', 'tcp', { port: 9202, maxHops: 8 }), '10.80.1.1 * 10.80.9.2 silent'],
  'modern-2.1.2.udp': [to('10.80.3.5', 'udp'), '10.80.1.1 10.80.2.2 10.80.4.2 10.80.3.5:port-unreachable reached'],
  'modern-2.1.2.icmp-no-route': [to('10.80.99.1', 'icmp'), '10.80.1.1 10.80.2.2:3/0 stopped'],
  // TTL 2 was asked only once: it may have been held back by a rate limit.
  'modern-2.1.2.icmp-prohibited6': [to('fd80:6::5', 'tcp', { port: 9201 }), 'fd80:1::1 unfinished'],
  'modern-2.1.2.loop': [to('10.80.200.1', 'icmp'), '10.80.1.1 10.80.2.2 10.80.1.1 10.80.2.2 10.80.1.1 loop'],
  'modern-2.1.2.local-policy': [to('10.80.21.1', 'icmp'), 'local-policy: connect: Permission denied'],
  'modern-2.1.2.no-name': [to('nosuch.test', 'icmp'), 'name-error: nosuch.test: Temporary failure in name resolution'],
  'modern-2.1.2.no-source': [to('10.80.3.5', 'icmp', { source: '10.1.1.1' }), 'source-error: bind: Cannot assign requested address'],
  'modern-2.1.2.not-permitted': [to('10.80.3.5', 'tcp'), 'not-permitted: You do not have enough privileges to use this traceroute method.'],
  'modern-2.1.2.port-in-use': [to('10.80.1.18', 'tcp', { sourcePort: 8001 }), 'unsupported: bind: Address already in use'],
  'toren-1.5beta7.open': [to('10.80.3.5', 'tcp', { port: 8001 }), '10.80.1.1 10.80.2.2 10.80.4.2 10.80.3.5:open reached'],
  'toren-1.5beta7.closed': [to('10.80.3.5', 'tcp', { port: 8111 }), '10.80.1.1 10.80.2.2 10.80.4.2 10.80.3.5:closed reached'],
  'toren-1.5beta7.prohibited': [to('10.80.6.5', 'tcp', { port: 9201 }), '10.80.1.1 unfinished'],
  'toren-1.5beta7.rejected': [to('10.80.3.5', 'tcp', { port: 9002 }), '10.80.1.1 10.80.2.2 10.80.4.2 10.80.3.5:3/3 reached'],
  'busybox-1.35.0.udp': [to('10.80.3.5', 'udp'), '10.80.1.1 10.80.2.2 10.80.4.2 10.80.3.5:port-unreachable reached'],
  'busybox-1.35.0.icmp6': [to('fd80:3::5', 'icmp'), 'fd80:1::1 fd80:2::2 fd80:4::2 fd80:3::5:reply reached'],
  'busybox-1.35.0.icmp-no-route': [to('10.80.99.1', 'icmp'), '10.80.1.1 10.80.2.2:3/0 stopped'],
  'busybox-1.35.0.not-permitted': [to('10.80.99.1', 'icmp'), 'not-permitted: traceroute: socket: Operation not permitted'],
}

describe('recorded output', () => {
  it.each(Object.entries(recorded))('%s', (name, [request, expected]) => {
    expect(brief(parse(readFileSync(join(folder, `${name}.out`), 'utf8'), request))).toEqual([expected])
  })

  it('is all used', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.out'))
    expect(files.sort()).toEqual(
      Object.keys(recorded)
        .map((name) => `${name}.out`)
        .sort(),
    )
  })

  it('tells whose flows keep their ports, and what traced', () => {
    const [request] = recorded['toren-1.5beta7.open'] ?? []
    if (request === undefined) throw new Error('it is recorded')
    const read = (name: string, protocol: TraceArgs['protocol']) => {
      const value = parse(readFileSync(join(folder, `${name}.out`), 'utf8'), { ...request, protocol })
      return [value.probe, value.constantFlow, value.flows[0]?.id, value.source]
    }
    expect(read('modern-2.1.2.tcp-open', 'tcp')).toEqual(['traceroute', true, 40_001, null])
    expect(read('modern-2.1.2.icmp-no-route', 'icmp')).toEqual(['traceroute', false, null, null])
    expect(read('toren-1.5beta7.open', 'tcp')).toEqual(['tcptraceroute', true, 40_001, '10.80.1.18'])
    expect(read('busybox-1.35.0.udp', 'udp')).toEqual(['traceroute (BusyBox)', false, null, null])
  })
})

describe('lines', () => {
  const head = '0 tool modern\n0 round 0 40001\n0 traceroute to 10.0.0.9 (10.0.0.9), 30 hops max\n'
  const only = (lines: readonly string[], request = to('10.0.0.9', 'tcp')) =>
    brief(parse(`${head}${lines.map((line) => `0 ${line}\n`).join('')}`, request))

  it.each([
    ['!H', '3/1'],
    ['!N', '3/0'],
    ['!P', '3/2'],
    ['!F-1400', '3/4'],
    ['!S', '3/5'],
    ['!X', '3/13'],
    ['!A', '3/13'],
    ['!V', '3/14'],
    ['!C', '3/15'],
    ['!<9>', '3/9'],
    ['!10', '3/10'],
    ['!?', 'unreachable'],
  ])('%s', (mark, expected) => {
    expect(only([' 1  10.0.0.1  0.5 ms', ` 2  10.0.0.2  0.7 ms ${mark}`])).toEqual([`10.0.0.1 10.0.0.2:${expected} stopped`])
  })

  it('of a hop that was asked again replace its silence', () => {
    expect(only([' 1  *', ' 2  10.0.0.9 <syn,ack>  0.5 ms', ' 1  *', ' 1  10.0.0.1  0.5 ms'])).toEqual(['10.0.0.1 10.0.0.9:open reached'])
    expect(only([' 1  *', ' 2  10.0.0.9 <syn,ack>  0.5 ms', ' 1  *', ' 1  *'])).toEqual(['* 10.0.0.9:open reached'])
    expect(only([' 1  *', ' 2  10.0.0.9 <syn,ack>  0.5 ms', ' 1  *'])).toEqual(['unfinished'])
  })

  it('that are missing are not silent', () => {
    expect(only([' 1  10.0.0.1  0.5 ms', ' 3  10.0.0.9 <syn,ack>  0.5 ms'])).toEqual(['10.0.0.1 unfinished'])
    expect(only([' 1  10.0.0.1  0.5 ms'], to('10.0.0.9', 'tcp', { rounds: 2 }))).toEqual(['10.0.0.1 unfinished', 'unfinished'])
  })

  it('that nobody could write are total', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('tool modern', 'round 0 1', 'traceroute to x (10.0.0.9), 30 hops max', ' 1  *', ' 2  10.0.0.1  1 ms'),
      fc.tuple(fc.nat(300), fc.string(), fc.string()).map(([ttl, address, rest]) => ` ${ttl}  ${address}  0.1 ms ${rest}`),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(0, 0, 1, 7), line)), (lines) => {
        const stdout = `0 tool modern\n${lines.map(([index, text]) => `${index} ${text}\n`).join('')}`
        const values = tools.parse({ exitCode: 0, stdout, stderr: '' }, [
          to('10.0.0.9', 'udp'),
          to('db.example.com', 'icmp', { rounds: 3 }),
        ])
        expect(values).toHaveLength(2)
        expect(values.every(traceShape)).toBe(true)
      }),
    )
  })

  it('of another program are not understood', () => {
    expect(() => tools.parse({ exitCode: 0, stdout: 'Usage: sh', stderr: '' }, [to('10.0.0.9', 'udp')])).toThrow(
      'expected the lines of a traceroute, found "Usage: sh"',
    )
  })
})
