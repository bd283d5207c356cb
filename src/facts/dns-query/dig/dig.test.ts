import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../../lib/errors.js'
import { type DnsQuery, type DnsQueryArgs, dnsQuery } from '../index.js'
import { dig } from './index.js'
import { readRecord } from './record.js'

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')
const recorded = JSON.parse(fixture('dig-9.18.49.expected.json')) as readonly { request: DnsQueryArgs; value: DnsQuery }[]

const question = (more: Partial<DnsQueryArgs> = {}): DnsQueryArgs => ({
  server: '10.0.0.53',
  name: 'www.example.com',
  type: 'A',
  timeoutMs: 1_500,
  ...more,
})
const parse = (lines: readonly string[], request = question()): DnsQuery | undefined =>
  dig.parse({ exitCode: 0, stdout: ['probe dig', ...lines.map((line) => `0 ${line}`)].join('\n'), stderr: '' }, [request])[0]

describe('what is asked', () => {
  it('is one line, with seconds and the number of the type', () => {
    const requests = [
      question(),
      question({ source: 'eth0' }),
      question({
        server: 'fe80::1%eth0',
        port: 5353,
        type: 'CAA',
        recurse: false,
        dnssec: true,
        transport: 'tcp',
        source: 'fe80::2',
        rate: 20,
      }),
      question({ name: '-x.*', tries: 1, timeoutMs: 200 }),
    ]
    expect(dig.command(requests).stdin).toBe(
      [
        '0 0 10.0.0.53 53 udp - 2 3 1 0 TYPE1 www.example.com',
        '2 0.050 fe80::1%eth0 5353 tcp fe80::2 2 1 0 1 TYPE257 www.example.com',
        '3 0 10.0.0.53 53 udp - 1 1 1 0 TYPE1 -x.*',
        '',
      ].join('\n'),
    )
  })

  it('is no more than half an hour of silence', () => {
    const { stdin = '', timeoutMs = 0 } = dig.command(Array.from({ length: 100_000 }, () => question({ timeoutMs: 5_000 })))
    expect(stdin.split('\n').length).toBeLessThan(1_000)
    expect(timeoutMs).toBeLessThanOrEqual(3_600_000)
  })
})

describe('dig 9.18.49', () => {
  const values = dig.parse(
    { exitCode: 0, stdout: fixture('dig-9.18.49.txt'), stderr: '' },
    recorded.map(({ request }) => request),
  )
  it.each(recorded.map(({ request, value }, index) => [`${request.name} ${request.type} at ${request.server}`, index, value] as const))(
    '%s',
    (_, index, value) => {
      expect(values[index]).toEqual(value)
      expect(dnsQuery.isValue(values[index])).toBe(true)
    },
  )
})

/** Not recorded: messages of versions 9.8 to 9.16, which were not at hand, written after what is known of them. */
describe('dig before 9.18', () => {
  it.each([
    ['silence before 9.18', [';; connection timed out; no servers could be reached'], 'timeout', null],
    [
      'a refusal over TCP',
      [';; Connection to 10.0.0.53#53(10.0.0.53) for www.example.com failed: connection refused.'],
      'rejected',
      'ECONNREFUSED',
    ],
    ['no route', [';; UDP setup with 10.0.0.53#53(10.0.0.53) for a failed: host unreachable.'], 'local-error', 'EHOSTUNREACH'],
    ['no source', ['dig: isc_socket_bind: address not available'], 'source-error', 'EADDRNOTAVAIL'],
    [
      'another sender',
      [';; reply from unexpected source: 10.0.0.54#53, expected 10.0.0.53#53', ';; connection timed out; no servers could be reached'],
      'mismatched',
      'reply from unexpected source: 10.0.0.54#53, expected 10.0.0.53#53',
    ],
    ['an unreadable message', [';; Got bad packet: bad label type', '12 bytes'], 'malformed', 'bad label type'],
    ['an end over TCP', [';; communications error to 10.0.0.53#53: end of file'], 'rejected', 'the connection ended before the answer'],
  ])('%s', (_, lines, status, detail) => {
    expect(parse(lines)).toMatchObject({ probe: 'dig', status, detail, message: null })
  })

  const header = (status: string, counts: string, flags = 'qr rd ra', opcode = 'QUERY') => [
    ';; Got answer:',
    `;; ->>HEADER<<- opcode: ${opcode}, status: ${status}, id: 1`,
    `;; flags: ${flags}; ${counts}`,
    '',
  ]
  const asked = [';; QUESTION SECTION:', ';www.example.com.\t\tIN\tA', '']
  const none = 'QUERY: 1, ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 0'

  it.each<[string, readonly string[], string, string]>([
    [
      'fewer records than are counted',
      [...header('NOERROR', none.replace('ANSWER: 0', 'ANSWER: 2')), ...asked],
      'unsupported',
      'of 2 records 0 were understood',
    ],
    ['a message cut short', [...header('NOERROR', none, 'qr tc rd ra'), ...asked], 'malformed', 'cut short (TC), over TCP as well'],
    [
      'another operation',
      [...header('NOERROR', none, 'qr rd', 'UPDATE'), ...asked],
      'mismatched',
      'it answered an operation that was not asked (UPDATE)',
    ],
    ['a denial of nobody knows what', header('NXDOMAIN', none), 'mismatched', 'it answered NXDOMAIN without repeating the question'],
    [
      'another question',
      [...header('NOERROR', none), ';; QUESTION SECTION:', ';example.net.\tIN\tA', ''],
      'mismatched',
      'it answered for example.net A',
    ],
    [
      'a line that was too long',
      ['!', ...header('NOERROR', none), ...asked],
      'unsupported',
      'the answer has lines that are too long for this probe',
    ],
  ])('proves nothing with %s', (_, lines, status, detail) => {
    expect(parse(lines)).toMatchObject({ status, detail, message: null })
  })

  it('names codes, and the errors of EDNS', () => {
    const edns = [
      ';; OPT PSEUDOSECTION:',
      '; EDNS: version: 0, flags:; udp: 1232',
      '; EDE: 15 (Blocked): (by court order)',
      '; EDE: 22 (No Reachable Authority)',
    ]
    expect(parse([...header('RESERVED12', none), ...edns, ...asked])?.message).toMatchObject({
      rcode: 'RCODE12',
      extendedErrors: ['15 Blocked: by court order', '22 No Reachable Authority'],
    })
    expect(parse([...header('BADCOOKIE', none), ...asked])?.message?.rcode).toBe('BADCOOKIE')
    expect(parse([...header('?24', none), ...asked])?.message?.rcode).toBe('RCODE24')
  })

  it('may not know its options, and then another way is tried', () => {
    expect(() => parse(['Invalid option: +noadflag', 'Usage:  dig [@global-server]'])).toThrow(NotUnderstood)
    expect(() => dig.parse({ exitCode: 0, stdout: '', stderr: '' }, [question()])).toThrow(NotUnderstood)
  })

  it('is understood or refused, whatever it writes', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...header('NOERROR', none), ...asked, ';; ANSWER SECTION:', 'a. 1 IN A 1.2.3.4'),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        try {
          expect(dnsQuery.isValue(parse(lines))).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(NotUnderstood)
        }
      }),
    )
  })
})

describe('a record', () => {
  it.each([
    ['WWW.example.com.\t300\tIN\tA\t10.0.0.1', ['www.example.com', 'A', '10.0.0.1']],
    ['a.\t300 IN AAAA 2001:DB8::1', ['a', 'AAAA', '2001:db8::1']],
    ['a\\.b.c. 300 IN CNAME D\\.e.F.', ['a\\.b.c', 'CNAME', 'd\\.e.f']],
    ['. 300 IN NS .', ['.', 'NS', '.']],
    ['bücher.example. 300 IN MX 10 Mail.bücher.example.', ['xn--bcher-kva.example', 'MX', '10 mail.xn--bcher-kva.example']],
    ['a. 300 IN TXT "a \\"b\\" " "c\\\\d" "\\195\\169"', ['a', 'TXT', 'a "b" c\\dé']],
    ['a. 300 IN TXT "\\255"', ['a', 'TXT', '\\255']],
    ['a. 300 IN CAA 128 Issue "ca.example; a=\\"1\\""', ['a', 'CAA', '128 issue "ca.example; a=\\"1\\""']],
    ['a. 300 IN TYPE257 \\# 19 00056973737565 63612E6578616D706C652E31', ['a', 'CAA', '0 issue "ca.example.1"']],
    ['a. 300 IN TYPE257 \\# 2 0005', ['a', 'CAA', '\\# 2 0005']],
    ['a. 300 IN SOA ns.A. host\\.master.a. 1 2 3 4 5', ['a', 'SOA', 'ns.a host\\.master.a 1 2 3 4 5']],
    ['a. 300 IN TYPE65 \\# 3 000100', ['a', 'TYPE65', '\\# 3 000100']],
  ])('%s', (line, [name, type, data]) => {
    expect(readRecord(line)).toEqual({ name, type, ttl: 300, data })
  })

  it('has no TTL beyond what a TTL can be', () => {
    expect(readRecord('a.example.\t2147483647\tIN\tA\t192.0.2.1')?.ttl).toBe(2_147_483_647)
    expect(readRecord('a.example.\t2147483648\tIN\tA\t192.0.2.1')?.ttl).toBe(0)
  })

  it.each(['a. 300 CH TXT "x"', 'a.', '', ';a. 300 IN A 1.2.3.4', 'a. x IN A 1.2.3.4'])('is not in %j', (line) => {
    expect(readRecord(line)).toBeNull()
  })
})
