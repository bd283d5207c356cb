import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brief } from './brief.js'
import { type TraceArgs, trace } from './index.js'
import { traceShape } from './shape.js'
import { commandTimeoutMs } from './timing.js'

const sources = trace.sources.linux ?? []
const [python] = sources
if (python === undefined) throw new Error('there is a source for linux')

const to = (host: string, protocol: TraceArgs['protocol'], more: Partial<TraceArgs> = {}): TraceArgs => ({
  host,
  protocol,
  maxHops: 30,
  rounds: 3,
  flows: 6,
  timeoutMs: 2_000,
  ...more,
})
const parse = (lines: readonly unknown[], requests = [to('10.0.0.9', 'tcp', { port: 443 })]) =>
  python.parse({ exitCode: 0, stdout: lines.map((line) => `${JSON.stringify(line)}\n`).join(''), stderr: '' }, requests)

const answer = (...rounds: readonly unknown[]) => ({
  i: 0,
  probe: 'python3 raw',
  address: '10.0.0.9',
  source: '10.0.0.2',
  flows: [{ id: 40_001, rounds }],
})

describe('commands', () => {
  it('send all requests of a host through one process', () => {
    expect(trace.active).toBe(true)
    expect(trace.group?.(to('a', 'tcp'))).toBe(trace.group?.(to('b', 'icmp', { source: '10.0.0.1' })))
    const requests = [
      to('10.20.0.5', 'tcp', { port: 5432, sourcePort: 40_001 }),
      to('db.example.com', 'udp', { family: 6 }),
      to('fd00::5', 'icmp', { source: 'eth0', timeoutMs: 250.4, port: 7 }),
      to('db.example.com', 'tcp', { source: '10.0.0.1', rounds: 99, flows: 99, maxHops: 999 }),
    ]
    const expected = [
      '0 10.20.0.5 tcp 5432 40001 - 0 30 3 6 2000',
      '1 db.example.com udp 33434 0 - 6 30 3 6 2000',
      '2 fd00::5 icmp 0 0 %eth0 0 30 3 6 250',
      '3 db.example.com tcp 80 0 10.0.0.1 4 255 16 64 2000',
      '',
    ]
    for (const source of sources) expect(source.command(requests).stdin).toBe(expected.join('\n'))
  })

  it('are privileged, as only packets of its own disturb nobody', () => {
    expect(sources.map((source) => [source.name, source.command([to('a', 'tcp')]).privileged])).toEqual([
      ['python', true],
      ['traceroute', true],
    ])
  })

  it('never send what would break out of a line', () => {
    const written = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(written, fc.option(written, { nil: undefined }), (host, source) => {
        const stdin = python.command([to(host, 'udp', source === undefined ? {} : { source })]).stdin ?? ''
        expect(stdin).toMatch(/^(0 [\w.:%][\w.:%-]* udp 33434 0 (-|%?[\w.:%][\w.:%-]*) [046] 30 3 6 2000\n)?$/)
      }),
    )
  })

  it('may take as long as one router that answers once a second, but never hours', () => {
    const nine = Array.from({ length: 9 }, (_, index) => to(`10.0.0.${index}`, 'tcp'))
    expect(commandTimeoutMs(nine)).toBeGreaterThan(81 * 1_100)
    expect(commandTimeoutMs(Array.from({ length: 10_000 }, () => to('10.0.0.1', 'tcp')))).toBeLessThan(3_600_000)
  })
})

describe('answers', () => {
  it('become hops', () => {
    const hops = [
      ['10.0.0.1', 'time-exceeded', 11, 0, 0.512, 1],
      [null, null, null, null, null, 3],
      ['10.0.0.9', 'open', null, null, 1.25, 2],
    ]
    const [value] = parse([answer({ end: 'reached', hops })])
    expect(value).toEqual({
      probe: 'python3 raw',
      protocol: 'tcp',
      address: '10.0.0.9',
      source: '10.0.0.2',
      port: 443,
      flows: [
        {
          id: 40_001,
          rounds: [
            {
              end: 'reached',
              hops: [
                { ttl: 1, from: '10.0.0.1', answer: 'time-exceeded', icmp: { type: 11, code: 0 }, rttMs: 0.512, asks: 1 },
                { ttl: 2, from: null, answer: null, icmp: null, rttMs: null, asks: 3 },
                { ttl: 3, from: '10.0.0.9', answer: 'open', icmp: null, rttMs: 1.25, asks: 2 },
              ],
            },
          ],
        },
      ],
      constantFlow: true,
      problem: null,
    })
  })

  it.each([
    ['an address that is none', ['10.0.0', 'open', null, null, 1, 1]],
    ['an answer without a sender', [null, 'open', null, null, 1, 1]],
    ['a sender without an answer', ['10.0.0.9', 'teapot', null, null, 1, 1]],
    ['no list', 'open'],
  ])('%s ends a round unfinished', (_, row) => {
    const hops = [['10.0.0.1', 'time-exceeded', 11, 0, 0.5, 1], row, ['10.0.0.9', 'open', null, null, 1, 1]]
    expect(parse([answer({ end: 'reached', hops })]).flatMap(brief)).toEqual(['10.0.0.1 unfinished'])
  })

  it('of a problem keep what the host said, made safe to print', () => {
    const line = { i: 0, probe: 'python3', address: null, source: null, problem: 'name-error', detail: 'no \u001b[31msuch\u001b[0m name\n' }
    expect(parse([line]).flatMap(brief)).toEqual(['name-error: no such name'])
  })

  it('that are missing say so', () => {
    const requests = [to('10.0.0.8', 'icmp'), to('10.0.0.9', 'tcp'), to('a b', 'tcp')]
    expect(parse([{ ...answer({ end: 'silent', hops: [] }), i: 1 }], requests).flatMap(brief)).toEqual([
      'unsupported: the probe ended without an answer for this target',
      'silent',
      'unsupported: not an address or a host name',
    ])
    expect(parse([{ i: 0, probe: 'python3', address: '10.0.0.9', flows: [] }]).flatMap(brief)).toEqual([
      'unsupported: the answer of the probe for this target makes no sense',
    ])
  })

  it('of another program are not understood', () => {
    expect(() => python.parse({ exitCode: 0, stdout: 'Traceback', stderr: '' }, [to('a', 'tcp')])).toThrow(
      'expected the answers of a trace probe, found "Traceback"',
    )
  })

  it('are total, whatever a host sends', () => {
    const line = fc.oneof(
      fc.jsonValue(),
      fc.jsonValue().map((value) => ({ ...answer({ end: 'reached', hops: [value] }), problem: value })),
      fc.jsonValue().map((flows) => ({ i: 1, probe: 'x', address: '::1', flows })),
      fc.array(fc.jsonValue()).map((rounds) => answer(...rounds)),
    )
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const values = parse([{ probe: 'x' }, ...lines], [to('10.0.0.9', 'tcp'), to('::1', 'icmp')])
        expect(values).toHaveLength(2)
        expect(values.every(traceShape)).toBe(true)
      }),
    )
  })
})
