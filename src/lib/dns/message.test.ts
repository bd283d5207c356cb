import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DecodedMessage, decodeMessage, MalformedMessage } from './decode.js'
import { ednsOctets, encodeQuery } from './encode.js'
import { encode } from './library.js'
import { canonicalName } from './name.js'
import { dnsTypes } from './types.js'

const header = (counts: readonly number[], flags = 0x8180) =>
  Buffer.from([0, 7, flags >> 8, flags & 255, ...counts.flatMap((n) => [n >> 8, n & 255])])
const label = (text: string | Buffer) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)])
const wire = (...labels: (string | Buffer)[]) => Buffer.concat([...labels.map(label), Buffer.from([0])])
const word = (value: number) => Buffer.from([value >> 8, value & 255])
const record = (name: Buffer, type: number, data: Buffer, { ttl = 300, klass = 1, length = data.length } = {}) =>
  Buffer.concat([name, word(type), word(klass), word(ttl >>> 16), word(ttl & 0xffff), word(length), data])
const answers = (...records: Buffer[]) => Buffer.concat([header([0, records.length, 0, 0]), ...records])
const decoded = (...records: Buffer[]) => decodeMessage(answers(...records)).message.answers
const data = (type: number, ...octets: Buffer[]) => decoded(record(wire('a'), type, Buffer.concat(octets)))[0]?.data
const opt = (ttl: number, ...options: Buffer[]) => record(Buffer.from([0]), 41, Buffer.concat(options), { ttl, klass: 1232 })
const option = (code: number, octets: Buffer) => Buffer.concat([word(code), word(octets.length), octets])

/** What is said of a message that nobody can read. */
function fault(bytes: Uint8Array): string {
  try {
    decodeMessage(bytes)
  } catch (error) {
    if (error instanceof MalformedMessage) return error.message
    throw error
  }
  return 'none'
}

describe('a query', () => {
  it.each([
    [{ name: 'example.com', type: 'A' as const }, '00000100000100000000000107657861 6d706c6503636f6d0000010001 00002904d0000000000000'],
    [{ name: '.', type: 'NS' as const, recurse: false }, '000000000001000000000001 0000020001 00002904d0000000000000'],
    [{ name: '_x.*', type: 'CAA' as const, dnssec: true }, '000001200001000000000001 025f78012a0001010001 00002904d0000080000000'],
  ])('%j', (query, hex) => {
    expect(Buffer.from(encodeQuery(query)).toString('hex')).toBe(hex.replaceAll(' ', ''))
  })

  it.each(['Example.com', 'example.com.', '', 'a'.repeat(64), 'bücher.example'])('is not made for %j', (name) => {
    expect(() => encodeQuery({ name, type: 'A' })).toThrow(`not a canonical domain name: ${name}`)
  })

  it('asks for every name and type, and reads back so, with EDNS and without', () => {
    fc.assert(
      fc.property(fc.oneof(fc.domain(), fc.string()), fc.constantFrom(...dnsTypes), (text, type) => {
        const name = canonicalName(text)
        if (name === null) return
        const bytes = encodeQuery({ name, type })
        expect(decodeMessage(bytes)).toMatchObject({ id: 0, response: false, truncated: false })
        expect(decodeMessage(bytes).question?.type).toBe(type)
        if (!/[:=%&?!#~+]/.test(name)) expect(decodeMessage(bytes).question?.name).toBe(name)
        const plain = Buffer.from(bytes.subarray(0, bytes.length - ednsOctets))
        plain.writeUInt16BE(0, 10)
        expect(decodeMessage(plain).question).toEqual(decodeMessage(bytes).question)
      }),
    )
  })
})

describe('the data of a record', () => {
  it.each([
    ['A', 1, [Buffer.from([10, 0, 0, 1])], '10.0.0.1'],
    ['AAAA', 28, [Buffer.from('20010db8000000000000000000000001', 'hex')], '2001:db8::1'],
    ['AAAA, longest run of zeros first', 28, [Buffer.from('00010000000000020000000000000003', 'hex')], '1:0:0:2::3'],
    ['AAAA, one group of zeros is not shortened', 28, [Buffer.from('00010002000300040005000000070008', 'hex')], '1:2:3:4:5:0:7:8'],
    ['AAAA of a mapped address', 28, [Buffer.from('00000000000000000000ffff0a000001', 'hex')], '10.0.0.1'],
    ['CNAME', 5, [wire('WWW', 'Example', 'com')], 'www.example.com'],
    ['NS', 2, [wire('ns')], 'ns'],
    ['PTR', 12, [Buffer.from([0])], '.'],
    ['DNAME', 39, [wire('a', 'b')], 'a.b'],
    ['MX', 15, [word(10), wire('Mail', 'example')], '10 mail.example'],
    ['a null MX', 15, [word(0), Buffer.from([0])], '0 .'],
    ['SRV', 33, [word(1), word(2), word(5060), wire('sip', 'Example')], '1 2 5060 sip.example'],
    [
      'SOA',
      6,
      [wire('ns'), wire('host.master', 'x'), Buffer.from('ffffffff00000001000000020000000300000004', 'hex')],
      'ns host\\.master.x 4294967295 1 2 3 4',
    ],
    ['TXT of several strings', 16, [label('v=spf1 ip4:10.0.0.0/8'), label(' -all')], 'v=spf1 ip4:10.0.0.0/8 -all'],
    ['TXT with quotes', 16, [label('a "b" \\ c.d')], 'a "b" \\ c.d'],
    ['TXT in UTF-8, a letter cut by the end of a string', 16, [label(Buffer.from([0xc3])), label(Buffer.from([0xa9]))], 'é'],
    ['TXT of other octets', 16, [label(Buffer.from([0x61, 0xff, 0xe9]))], 'a\\255\\233'],
    ['an empty TXT', 16, [label('')], ''],
    ['CAA', 257, [Buffer.from([0]), label('issue'), Buffer.from('ca.example; a=1')], '0 issue "ca.example; a=1"'],
    ['CAA, critical, with quotes', 257, [Buffer.from([128]), label('Issue'), Buffer.from('a"b\\c\n')], '128 issue "a\\"b\\\\c\\010"'],
    ['CAA that forbids all', 257, [Buffer.from([0]), label('issue'), Buffer.from(';')], '0 issue ";"'],
    ['an unknown type', 65, [Buffer.from([0, 1, 0])], '\\# 3 000100'],
    ['an unknown type without data', 65, [], '\\# 0'],
    ['SSHFP, whose own decoder loses count', 44, [Buffer.from([1, 9, 255])], '\\# 3 0109ff'],
  ])('%s', (_, type, octets, text) => {
    expect(data(type, ...octets)).toBe(text)
  })

  it.each([
    ['A of three octets', 1, [Buffer.from([1, 2, 3])], 'A data of 4 octets where its length says 3'],
    ['AAAA of four octets', 28, [Buffer.from([1, 2, 3, 4])], 'AAAA data of 16 octets where its length says 4'],
    ['NS with more behind it', 2, [wire('a'), Buffer.from([0])], 'NS data of 3 octets where its length says 4'],
    ['MX that ends early', 15, [Buffer.from([0])], 'the message ends before it'],
    ['SRV that is too short', 33, [word(1), word(1)], 'the message ends before it'],
    ['TXT with a string that is too long', 16, [Buffer.from([9, 65])], 'a string that goes on after the end of its record'],
    ['CAA without a tag', 257, [Buffer.from([0])], 'CAA data of 3 octets where its length says 1'],
    ['CAA with a tag that is too long', 257, [Buffer.from([0, 200, 65])], 'CAA data of 202 octets where its length says 3'],
  ])('of a wrong length is malformed: %s', (_, type, octets, message) => {
    expect(fault(answers(record(wire('a'), type, Buffer.concat(octets))))).toMatch(new RegExp(`^answer 1 of 1 at octet \\d+: ${message}$`))
  })
})

describe('the name of a record', () => {
  it.each([
    ['in other letters', wire('WwW', 'Example'), 'www.example'],
    ['of the root', Buffer.from([0]), '.'],
    ['with a dot inside a label', wire('a.b', 'c'), 'a\\.b.c'],
    ['with a backslash', wire('a\\', 'b'), 'a\\\\.b'],
    ['with octets that are no text', wire(Buffer.from([0, 32, 255])), '\\000\\032\\255'],
    ['with what zone files give a meaning to', wire('a;b"c(d)e@f$g'), 'a\\;b\\"c\\(d\\)e\\@f\\$g'],
    ['with what they do not', wire("_a*b/c=d:e'f+g"), "_a*b/c=d:e'f+g"],
    ['of 255 octets', wire(...Array.from({ length: 127 }, () => 'a')), Array.from({ length: 127 }, () => 'a').join('.')],
  ])('%s', (_, name, text) => {
    expect(decoded(record(name, 1, Buffer.from([1, 2, 3, 4])))[0]?.name).toBe(text)
  })

  it('is found through pointers', () => {
    const first = record(wire('www', 'example'), 1, Buffer.from([1, 2, 3, 4]))
    const second = record(Buffer.concat([label('a'), Buffer.from([0xc0, 12 + 4])]), 5, Buffer.from([0xc0, 12]))
    expect(decoded(first, second)[1]).toEqual({ name: 'a.example', type: 'CNAME', ttl: 300, data: 'www.example' })
  })
})

describe('a message', () => {
  it.each([
    [0x8180, { rcode: 'NOERROR', authoritative: false, recursionAvailable: true, authenticData: false }],
    [0x8403, { rcode: 'NXDOMAIN', authoritative: true, recursionAvailable: false, authenticData: false }],
    [0x81a2, { rcode: 'SERVFAIL', authoritative: false, recursionAvailable: true, authenticData: true }],
    [0x8005, { rcode: 'REFUSED', authoritative: false, recursionAvailable: false, authenticData: false }],
    [0x800c, { rcode: 'RCODE12', authoritative: false, recursionAvailable: false, authenticData: false }],
  ])('says in its header %i', (flags, meaning) => {
    expect(decodeMessage(header([0, 0, 0, 0], flags)).message).toMatchObject(meaning)
  })

  it('says that it is truncated', () => {
    expect(decodeMessage(header([0, 0, 0, 0], 0x8380)).truncated).toBe(true)
    expect(decodeMessage(header([0, 0, 0, 0])).truncated).toBe(false)
  })

  const withEdns = (...records: Buffer[]) => Buffer.concat([header([0, 0, 0, records.length], 0x8187), ...records])

  it('has the upper bits of its code, and its errors, in EDNS', () => {
    const blocked = option(15, Buffer.concat([word(15), Buffer.from('by court order')]))
    const { rcode, extendedErrors, additionals } = decodeMessage(
      withEdns(
        opt(1 << 24, blocked, option(15, word(22)), option(15, word(999)), option(15, Buffer.from([1])), option(10, Buffer.alloc(8))),
      ),
    ).message
    expect(rcode).toBe('BADCOOKIE')
    expect(extendedErrors).toEqual(['15 Blocked: by court order', '22 No Reachable Authority', '999'])
    expect(additionals).toEqual([])
  })

  it('makes the text of an error safe to print', () => {
    const nasty = option(15, Buffer.concat([word(0), Buffer.from('\u001b[31mred\n\u202e')]))
    expect(decodeMessage(withEdns(opt(0, nasty))).message.extendedErrors).toEqual(['0 Other Error: red \ufffd'])
  })

  it('may hold records of another class, which answer nothing', () => {
    const chaos = record(wire('a'), 16, label('x'), { klass: 3 })
    expect(decoded(chaos, record(wire('a'), 16, label('y'))).map((one) => one.data)).toEqual(['y'])
  })

  it('has no time to live beyond 31 bits', () => {
    const [most, more] = decoded(...[0x7fffffff, 0x80000000].map((ttl) => record(wire('a'), 16, label('x'), { ttl })))
    expect([most?.ttl, more?.ttl]).toEqual([0x7fffffff, 0])
  })

  const a = record(wire('a'), 1, Buffer.from([1, 2, 3, 4]))
  const loop = Buffer.from([0xc0, 12])
  it.each<[string, Buffer, string | RegExp]>([
    ['nothing', Buffer.alloc(0), '0 octets; the header alone has 12'],
    ['half a header', Buffer.alloc(11), '11 octets; the header alone has 12'],
    ['more than 64 KiB', Buffer.alloc(65_536), '65536 octets; a message has at most 65535'],
    [
      'fewer records than it counts',
      Buffer.concat([header([0, 2, 0, 0]), a]),
      'answer 2 of 2 at octet 29: a name that goes on after the end of the message',
    ],
    ['more than it counts', Buffer.concat([answers(a), a]), '17 octets after its end at octet 29'],
    ['a count of 65535', header([0xffff, 0xffff, 0xffff, 0xffff]), /^question 1 of 65535 at octet 12: /],
    ['a record cut short', answers(a).subarray(0, 27), 'answer 1 of 1 at octet 12: 4 octets of data, 2 came'],
    ['a question cut short', Buffer.concat([header([1, 0, 0, 0]), wire('a')]), 'question 1 of 1 at octet 12: the message ends before it'],
    ['a pointer to itself', answers(record(loop, 1, Buffer.alloc(4))), /a compression pointer that does not point backwards$/],
    [
      'a pointer ahead',
      answers(record(Buffer.from([0xc0, 99]), 1, Buffer.alloc(4))),
      /a compression pointer that does not point backwards$/,
    ],
    [
      'pointers at each other',
      answers(record(Buffer.from([0xc0, 14, 0xc0, 12]), 1, Buffer.alloc(4))),
      /a compression pointer that does not point backwards$/,
    ],
    ['a label that points at itself', answers(record(Buffer.concat([label('a'), loop]), 1, Buffer.alloc(4))), /backwards$/],
    ['labels of old kinds', answers(record(Buffer.from([0x41, 1, 0]), 1, Buffer.alloc(4))), /a label of a kind that does not exist$/],
    [
      'a name of 256 octets',
      answers(record(wire(...Array.from({ length: 128 }, () => 'a')), 1, Buffer.alloc(4))),
      /a name of more than 255 octets$/,
    ],
    ['two OPT records', withEdns(opt(0), opt(0)), 'more than one OPT record'],
    [
      'options that overrun',
      withEdns(record(Buffer.from([0]), 41, Buffer.from([0, 15, 0, 9, 0, 0]))),
      /EDNS options that do not fit into 6 octets$/,
    ],
  ])('is malformed with %s', (_, bytes, message) => {
    if (typeof message === 'string') expect(fault(bytes)).toBe(message)
    else expect(fault(bytes)).toMatch(message)
  })

  it('of pointers to pointers ends at once', () => {
    const chain = Buffer.concat(
      Array.from({ length: 8_000 }, (_, at) => (at === 0 ? Buffer.from([0, 0]) : word(0xc000 | (23 + 2 * (at - 1))))),
    )
    const end = record(word(0xc000 | (23 + 2 * 7_999)), 1, Buffer.from([1, 2, 3, 4]))
    const count = Math.floor((65_535 - 12 - 11 - chain.length) / end.length)
    const hidden = record(Buffer.from([0]), 999, chain)
    const bytes = Buffer.concat([header([0, 1 + count, 0, 0]), hidden, ...Array.from({ length: count }, () => end)])
    const began = performance.now()
    expect(fault(bytes)).toBe('compression loops, or names without end')
    expect(performance.now() - began).toBeLessThan(1_000)
  })

  it('of 64 KiB of addresses is read', () => {
    const one = record(Buffer.from([0xc0, 12]), 1, Buffer.from([1, 2, 3, 4]))
    const count = Math.floor((65_535 - 18) / one.length)
    const bytes = Buffer.concat([header([1, count, 0, 0]), wire('a'), word(1), word(1), ...Array.from({ length: count }, () => one)])
    expect(decodeMessage(bytes).message.answers).toHaveLength(4_094)
  })
})

describe('whatever comes', () => {
  const isTotal = (bytes: Uint8Array): DecodedMessage | string => {
    const began = performance.now()
    try {
      return decodeMessage(bytes)
    } catch (error) {
      expect(error).toBeInstanceOf(MalformedMessage)
      return String(error)
    } finally {
      expect(performance.now() - began).toBeLessThan(2_000)
    }
  }

  it('is read or refused: any octets', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => void isTotal(bytes)))
  })

  it('is read or refused: any octets behind a header that promises much', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { minLength: 4, maxLength: 4 }), fc.uint8Array({ maxLength: 2_000 }), (counts, bytes) => {
        isTotal(Buffer.concat([header(counts), bytes]))
      }),
    )
  })

  const message = encode({
    type: 'response',
    id: 7,
    questions: [{ name: 'www.example.com', type: 'A' }],
    answers: [
      { type: 'CNAME', name: 'www.example.com', data: 'web.example.com', ttl: 60 },
      { type: 'A', name: 'web.example.com', data: '10.0.0.1', ttl: 60 },
      { type: 'MX', name: 'example.com', data: { preference: 10, exchange: 'mail.example.com' } },
      { type: 'SOA', name: 'example.com', data: { mname: 'ns.example.com', rname: 'a.example.com', serial: 1 } },
      { type: 'SRV', name: 'example.com', data: { port: 1, target: 'sip.example.com' } },
      { type: 'TXT', name: 'example.com', data: ['a', 'b'] },
      { type: 'CAA', name: 'example.com', data: { flags: 0, tag: 'issue', value: 'ca.example' } },
    ],
    additionals: [
      { type: 'OPT', name: '.', udpPayloadSize: 1232, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] },
    ],
  })

  it('is read or refused: a message with some octets changed, and cut', () => {
    const change = fc.tuple(fc.nat(message.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), fc.nat(message.length), (changes, length) => {
        const bytes = Buffer.from(message)
        for (const [at, octet] of changes) bytes[at] = octet
        isTotal(bytes.subarray(0, length === 0 ? bytes.length : length))
        isTotal(bytes)
      }),
      { numRuns: 1_000 },
    )
  })

  it('leaves the octets as they were', () => {
    const before = Buffer.from(message)
    const bytes = new Uint8Array(message)
    decodeMessage(bytes)
    expect(Buffer.from(bytes)).toEqual(before)
  })
})
