import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expandHostPattern, parseAddress } from './host-pattern.js'

// Expected values: parse_address(text, allow_ranges=True) of ansible-core 2.14.18.
const addresses: readonly (readonly [text: string, host: string | null, port?: number])[] = [
  ['web1', 'web1'],
  ['web1.example.com:22', 'web1.example.com', 22],
  ['under_score', 'under_score'],
  ['web-', null],
  ['-web', null],
  ['web 1', null],
  ['büro', 'büro'],
  ['10.0.0.1:2222', '10.0.0.1', 2222],
  ['10.0.0.[1:9]', '10.0.0.[1:9]'],
  ['::1', '::1'],
  ['2001:db8::1', '2001:db8::1'],
  ['[2001:db8::1]:22', '2001:db8::1', 22],
  ['[2001:db8::1]', null],
  ['[web1]:22', 'web1', 22],
  ['::ffff:192.0.2.3', '::ffff:192.0.2.3'],
  ['web[1:3]', 'web[1:3]'],
  ['web[1:3]:22', 'web[1:3]', 22],
  ['web[1]', null],
  ['web*', null],
  ['a:b', null],
  ['', null],
]

describe('parseAddress', () => {
  it.each(addresses.map(([text, host, port = null]) => ({ text, expected: host === null ? null : { host, port } })))(
    'reads $text',
    ({ text, expected }) => {
      expect(parseAddress(text)).toEqual(expected)
    },
  )
})

const patterns: readonly (readonly [text: string, expected: readonly string[] | string])[] = [
  ['web1', ['web1']],
  ['web[8:11]', ['web8', 'web9', 'web10', 'web11']],
  ['web[08:11]', ['web08', 'web09', 'web10', 'web11']],
  ['web[1:10:4]', ['web1', 'web5', 'web9']],
  ['web[:2]', ['web0', 'web1', 'web2']],
  ['db-[a:c]', ['db-a', 'db-b', 'db-c']],
  ['[y:B]', ['y', 'z', 'A', 'B']],
  ['r[1:2]p[a:b]', ['r1pa', 'r1pb', 'r2pa', 'r2pb']],
  ['odd name', ['odd name']],
  ['web[1]', 'expected a range begin:end or begin:end:step, found "[1]"'],
  ['web[1:2:3:4]', 'expected a range begin:end or begin:end:step, found "[1:2:3:4]"'],
  ['web[1:]', 'expected an end in the range "[1:]"'],
  ['web[3:1]', 'expected a begin before the end in the range "[3:1]"'],
  ['web[01:100]', 'expected begin and end of equal length in "[01:100]", because begin starts with 0'],
  ['web[1:9:0]', 'expected a step of at least 1 in "[1:9:0]", found "0"'],
  ['web[a:9]', 'expected two numbers or two letters in the range "[a:9]"'],
  ['web[aa:cc]', 'expected two numbers or two letters in the range "[aa:cc]"'],
  ['web[1:2', 'expected a "]" behind "[1:2"'],
  ['web[1:1000000000]', '"web[1:1000000000]" stands for more than 1000 hosts'],
  ['web[1:100][1:100]', '"web[1:100][1:100]" stands for more than 1000 hosts'],
  ['web1:', 'expected a port behind the colon of "web1:"'],
  ['web1:70000', 'expected a port from 1 to 65535, found 70000'],
]

describe('expandHostPattern', () => {
  it.each(patterns)('expands %j', (text, expected) => {
    const expanded = expandHostPattern(text, 1_000)
    expect('error' in expanded ? expanded.error : expanded.hosts).toEqual(expected)
  })

  it('never throws, and answers soon', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a1[]:.-_ é0'), maxLength: 200 }), (text) => void expandHostPattern(text, 1_000)),
    )
  })
})
