import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { nameLookup } from './index.js'
import { decodeLookups, encodeNames } from './protocol.js'
import type { NameLookup, NameLookupArgs } from './value.js'

const decode = (lines: readonly string[], ...requests: readonly NameLookupArgs[]): readonly NameLookup[] =>
  decodeLookups(['name-lookup python3', ...lines, ''].join('\n'), requests)

describe('what a source is told', () => {
  it('is one line for each name', () => {
    expect(encodeNames([{ name: 'db1' }, { name: 'db1.', family: 4 }, { name: '10.0.0.5' }, { name: 'fe80::1%eth0', family: 6 }])).toBe(
      '0 0 db1\n1 4 db1.\n2 r 10.0.0.5\n3 r fe80::1%eth0\n',
    )
  })

  it.each(['', '-s', 'a b', 'a\nb', 'a;b', '$(reboot)', 'ü.example', 'a'.repeat(1_025)])('is never %j', (name) => {
    expect(encodeNames([{ name }])).toBe('')
    expect(decode([], { name })).toEqual([
      { found: [], problem: 'temporary', detail: 'not asked: neither an address nor a host name in ASCII' },
    ])
  })
})

describe('what a source says', () => {
  it.each<[string, readonly string[], NameLookupArgs, NameLookup]>([
    [
      'addresses, each once and in their order',
      ['found 0 2001:DB8::5', 'found 0 10.0.0.5', 'found 0 2001:db8:0::5', 'done 0'],
      { name: 'db1' },
      { found: ['2001:db8::5', '10.0.0.5'], problem: null, detail: null },
    ],
    [
      'an address with a note',
      ['note 0 only half', 'found 0 10.0.0.5', 'done 0'],
      { name: 'db1' },
      { found: ['10.0.0.5'], problem: null, detail: 'only half' },
    ],
    [
      'a name for an address',
      ['found 0 db1.example.com', 'done 0'],
      { name: '10.0.0.5' },
      { found: ['db1.example.com'], problem: null, detail: null },
    ],
    [
      'no such name',
      ['none 0 Name or service not known', 'done 0'],
      { name: 'db9' },
      { found: [], problem: 'none', detail: 'Name or service not known' },
    ],
    [
      'a failure',
      ['temporary 0 Temporary failure in name resolution', 'done 0'],
      { name: 'db9' },
      { found: [], problem: 'temporary', detail: 'Temporary failure in name resolution' },
    ],
    [
      'an IPv4 address, mapped, where IPv6 was asked for',
      ['found 0 ::ffff:10.0.0.5', 'done 0'],
      { name: 'db1', family: 6 },
      { found: [], problem: 'temporary', detail: 'an answer without an address of the family that was asked for' },
    ],
    [
      'what is no address',
      ['found 0 db1', 'found 0 10.0.0.300', 'done 0'],
      { name: 'db1' },
      { found: [], problem: 'temporary', detail: 'an answer without an address of the family that was asked for' },
    ],
    ['nothing at all', [], { name: 'db1' }, { found: [], problem: 'temporary', detail: 'no answer' }],
    ['an answer cut short', ['found 0 10.0.0.5'], { name: 'db1' }, { found: [], problem: 'temporary', detail: 'no answer' }],
    [
      'an answer to another question',
      ['found 7 10.0.0.5', 'done 7'],
      { name: 'db1' },
      { found: [], problem: 'temporary', detail: 'no answer' },
    ],
  ])('%s', (_, lines, request, value) => {
    expect(decode(lines, request)).toEqual([value])
    expect(nameLookup.isValue(value)).toBe(true)
  })

  it('an escape sequence never reaches a terminal', () => {
    expect(decode(['none 0 \u001b[2Jgone\u0008', 'done 0'], { name: 'a' })[0]?.detail).toBe('gone\ufffd')
  })

  it.each(['', 'sh: getent: not found'])('%j is refused', (stdout) => {
    expect(() => decodeLookups(stdout, [{ name: 'a' }])).toThrow(NotUnderstood)
  })

  it('any text gives a value for each name: never a name that does not exist unless a source says so', () => {
    const line = fc.oneof(fc.string(), fc.stringMatching(/^(found|none|temporary|done|note) [0-3]( [0-9.:a-f]*)?$/))
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const values = decode(lines, { name: 'a' }, { name: '10.0.0.1' }, { name: 'c', family: 6 })
        expect(values.length).toBe(3)
        for (const [index, value] of values.entries()) {
          expect(nameLookup.isValue(value)).toBe(true)
          expect(value.found.length > 0).toBe(value.problem === null)
          if (value.problem === 'none') expect(lines.join('\n')).toMatch(new RegExp(`none ${index}`))
        }
      }),
    )
  })
})

it.each([null, { found: [1], problem: null, detail: null }, { found: [], problem: 'no', detail: null }])(
  '%j in a recording is none',
  (value) => {
    expect(nameLookup.isValue(value)).toBe(false)
  },
)
