import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalName, nameProblem } from './name.js'
import { reverseName } from './reverse-name.js'

const label63 = 'a'.repeat(63)
const name253 = [label63, label63, label63, 'b'.repeat(61)].join('.')

describe('a domain name', () => {
  it.each([
    ['www.Example.COM', 'www.example.com'],
    ['www.example.com.', 'www.example.com'],
    ['.', '.'],
    ['com', 'com'],
    ['_dmarc.example.com', '_dmarc.example.com'],
    ['_sip._tcp.example.com', '_sip._tcp.example.com'],
    ['*.example.com', '*.example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['한국.kr', 'xn--3e0b707e.kr'],
    ['例え。テスト', 'xn--r8jz45g.xn--zckzah'],
    ['_dmarc.bücher.example', '_dmarc.xn--bcher-kva.example'],
    ['faß.de', 'xn--fa-hia.de'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['１２３', '123'],
    ['1.2.3.4', '1.2.3.4'],
    ['1', '1'],
    ['0x7f.1', '0x7f.1'],
    ['0/25.2.0.192.in-addr.arpa', '0/25.2.0.192.in-addr.arpa'],
    ['-a-.example', '-a-.example'],
    [label63, label63],
    [name253, name253],
    [`${name253}.`, name253],
  ])('%s is %s', (text, canonical) => {
    expect(nameProblem(text)).toBeNull()
    expect(canonicalName(text)).toBe(canonical)
  })

  it.each([
    ['', 'an empty name'],
    ['..', 'an empty label: two dots in a row, or one at the beginning'],
    ['.example', 'an empty label: two dots in a row, or one at the beginning'],
    ['www..example', 'an empty label: two dots in a row, or one at the beginning'],
    ['www.example..', 'an empty label: two dots in a row, or one at the beginning'],
    ['www example', 'white space in a domain name'],
    [' example', 'white space in a domain name'],
    ['a\u00a0b', 'white space in a domain name'],
    ['a\u0000b', 'a control character in a domain name'],
    ['a\\.b.example', 'a backslash'],
    ['user@example.com', '"@" in a domain name'],
    ['https://example.com', 'a URL, not a domain name'],
    ['xn--.例\u200d\u2488', '"例\u200d\u2488" cannot be a label of an internationalised name (UTS #46)'],
    ['\u00ad.example', '"\u00ad" cannot be a label of an internationalised name (UTS #46)'],
    [`${'a'.repeat(64)}.example`, 'the label "aaaaaaaaaaaaaaaaaaaaaaaa…" has 64 octets; a label has at most 63 (RFC 1035 section 2.3.4)'],
    [`${name253}b`, 'a name of 254 octets; a name has at most 253 (RFC 1035 section 2.3.4)'],
    [`${'ab.'.repeat(100)}`, 'a name of 299 octets; a name has at most 253 (RFC 1035 section 2.3.4)'],
    ['a.'.repeat(50_000), 'a name of 100000 octets; a name has at most 253 (RFC 1035 section 2.3.4)'],
  ])('%j is none: %s', (text, message) => {
    expect(canonicalName(text)).toBeNull()
    expect(nameProblem(text)?.message).toBe(message)
  })

  it('has one spelling, whatever is written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.domain(), fc.string({ unit: 'grapheme' })), (text) => {
        const name = canonicalName(text)
        expect(name === null).toBe(nameProblem(text) !== null)
        if (name === null) return
        expect(canonicalName(name)).toBe(name)
        expect(name.length).toBeLessThanOrEqual(253)
        expect(name).toMatch(/^(\.|[!-~]{1,63}(\.[!-~]{1,63})*)$/)
        expect(name).not.toMatch(/[A-Z\\]/)
      }),
    )
  })
})

describe('the name of an address', () => {
  it.each([
    ['10.20.0.5', '5.0.20.10.in-addr.arpa'],
    ['::ffff:10.20.0.5', '5.0.20.10.in-addr.arpa'],
    ['2001:db8::567:89ab', 'b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa'],
    ['::', `${'0.'.repeat(32)}ip6.arpa`],
    ['::1', `1.${'0.'.repeat(31)}ip6.arpa`],
    ['fe80::1%eth0', `1.${'0.'.repeat(28)}8.e.f.ip6.arpa`],
    ['1:2:3:4:5:6:7:8', '8.0.0.0.7.0.0.0.6.0.0.0.5.0.0.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.ip6.arpa'],
    ['www.example.com', null],
    ['10.20.0', null],
  ])('%s is %s', (address, name) => {
    expect(reverseName(address)).toBe(name)
  })
})
