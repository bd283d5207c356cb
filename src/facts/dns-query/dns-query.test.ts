import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type DnsQueryArgs, dnsQuery } from './index.js'
import { commandTimeoutMs } from './timing.js'

const [python] = dnsQuery.sources.linux ?? []
if (python === undefined) throw new Error('there is a source for linux')

const question = (more: Partial<DnsQueryArgs> = {}): DnsQueryArgs => ({
  server: '10.0.0.53',
  name: 'www.example.com',
  type: 'A',
  timeoutMs: 1_000,
  ...more,
})

/** `www.example.com`, as the wire has it. */
const name = '03777777076578616d706c6503636f6d00'
const query = `000001000001000000000001${name}0001000100002904d0000000000000`

/** `www.example.com A 192.0.2.1`, TTL 60. */
const answer = Buffer.from(`abcd81800001000100000000${name}00010001c00c000100010000003c0004c0000201`, 'hex')
/** The same with another octet in its header. */
const changed = (at: number, octet: number): Buffer => Buffer.from(answer).fill(octet, at, at + 1)
const head = '{"probe":"python3"}'
const line = (status: string, octets: Uint8Array | string = '', words = '', transport = 'udp'): string =>
  JSON.stringify([0, status, transport, 0, status === 'answered' ? 1.5 : null, 1, 0, Buffer.from(octets).toString('base64'), words])

const parse = (stdout: string, requests: readonly DnsQueryArgs[] = [question()]) =>
  python.parse({ exitCode: 0, stdout, stderr: '' }, requests)

describe('questions', () => {
  it('travel together, one a line, as octets', () => {
    expect(dnsQuery.active).toBe(true)
    expect(dnsQuery.group?.(question())).toBe(dnsQuery.group?.(question({ server: '::1', type: 'MX' })))
    const requests = [
      question(),
      question({ server: 'fe80::1%eth0', port: 5353, transport: 'tcp', source: 'eth0', tries: 1, rate: 20, timeoutMs: 250.4 }),
      question({ source: '10.0.0.1', rate: null }),
    ]
    expect(python.command(requests).stdin).toBe(
      `0 10.0.0.53 53 udp - 1000 3 0 ${query}\n1 fe80::1%eth0 5353 tcp %eth0 250 1 20 ${query}\n2 10.0.0.53 53 udp 10.0.0.1 1000 3 0 ${query}\n`,
    )
  })

  it('set AD and DO where validation is asked for, and no RD where a referral is', () => {
    const wire = python
      .command([question({ dnssec: true, recurse: false })])
      .stdin?.trim()
      .split(' ')
      .at(-1)
    expect(wire?.slice(4, 8)).toBe('0020')
    expect(wire?.endsWith('00002904d0000080000000')).toBe(true)
  })

  it('never hold what would break out of a line', () => {
    const written = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(written, fc.option(written, { nil: undefined }), (server, source) => {
        const stdin = python.command([question({ server, ...(source === undefined ? {} : { source }) })]).stdin ?? ''
        expect(stdin).toMatch(/^(0 [\w.:%-]+ 53 udp (-|%?[\w.:%-]+) 1000 3 0 [0-9a-f]+\n)?$/)
      }),
    )
  })

  it('may take as long as silence everywhere takes, but never hours', () => {
    const many = (count: number, more: Partial<DnsQueryArgs> = {}) => commandTimeoutMs(Array.from({ length: count }, () => question(more)))
    expect(many(1)).toBeLessThan(20_000)
    expect(many(1_000, { rate: 20 })).toBeGreaterThan(50_000)
    expect(many(100_000)).toBeLessThan(3_600_000)
  })
})

describe('answers', () => {
  it('are messages', () => {
    expect(parse(`${head}\n${line('answered', answer)}\n`)).toEqual([
      {
        probe: 'python3',
        status: 'answered',
        message: {
          rcode: 'NOERROR',
          authoritative: false,
          recursionAvailable: true,
          authenticData: false,
          answers: [{ name: 'www.example.com', type: 'A', ttl: 60, data: '192.0.2.1' }],
          authorities: [],
          additionals: [],
          extendedErrors: [],
        },
        transport: 'udp',
        truncated: false,
        rttMs: 1.5,
        tries: 1,
        strays: 0,
        detail: null,
      },
    ])
  })

  it.each([
    ['silence', line('timeout'), 'timeout', null],
    ['an ICMP error', line('rejected', '', 'ECONNREFUSED, ICMP 3/3 from 10.0.0.53'), 'rejected', 'ECONNREFUSED, ICMP 3/3 from 10.0.0.53'],
    ['octets that end too soon', line('answered', answer.subarray(0, 30)), 'malformed', /octet/],
    [
      'an answer to another question',
      line('answered', Buffer.from(answer).fill('x', 13, 14)),
      'mismatched',
      'it answered for xww.example.com A',
    ],
    [
      'an answer cut short over TCP as well',
      line('answered', changed(2, 0x83), '', 'tcp'),
      'malformed',
      'cut short (TC), over TCP as well',
    ],
    ['an answer to another operation', line('answered', changed(2, 0xa9)), 'mismatched', 'it answered an operation that was not asked (5)'],
    [
      'a denial of nobody knows what',
      line('answered', Buffer.from('abcd81830000000000000000', 'hex')),
      'mismatched',
      'it answered NXDOMAIN without repeating the question',
    ],
    ['a line of nobody', '[0,"won","udp"]', 'unsupported', 'the probe ended without an answer'],
    ['no line', '', 'unsupported', 'the probe ended without an answer'],
    ['another index', line('answered', answer).replace('[0,', '[7,'), 'unsupported', 'the probe ended without an answer'],
  ])('%s', (_, text, status, detail) => {
    const [value] = parse(`${head}\n${text}\n`)
    expect(value?.status).toBe(status)
    expect(value?.message).toBeNull()
    if (detail instanceof RegExp) expect(value?.detail).toMatch(detail)
    else expect(value?.detail).toBe(detail)
    expect(dnsQuery.isValue(value)).toBe(true)
  })

  it('may leave the question out where they refuse', () => {
    const [value] = parse(`${head}\n${line('answered', Buffer.from('abcd81850000000000000000', 'hex'))}\n`)
    expect(value?.message?.rcode).toBe('REFUSED')
  })

  it('are not made up for what was never asked', () => {
    expect(parse(head, [question({ server: 'not an address' })])[0]?.detail).toBe('not an address that can be asked')
  })

  it('are refused when no probe wrote them', () => {
    expect(() => parse('sh: python3: not found')).toThrow(NotUnderstood)
    expect(() => parse('')).toThrow(NotUnderstood)
  })

  it('are values whatever is written', () => {
    const field = fc.oneof(fc.constantFrom(0, 'answered', 'malformed', 'udp', answer.toString('base64'), null), fc.jsonValue())
    const lines = fc.array(
      fc.oneof(
        fc.string(),
        fc.array(field, { maxLength: 10 }).map((fields) => JSON.stringify(fields)),
      ),
    )
    fc.assert(
      fc.property(lines, (texts) => {
        for (const value of parse([head, ...texts].join('\n'))) expect(dnsQuery.isValue(value)).toBe(true)
      }),
    )
  })
})
