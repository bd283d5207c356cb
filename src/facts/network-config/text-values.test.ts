import { describe, expect, test } from 'vitest'
import { ruleOfWords } from './rule-words.js'
import { interfaceAddressOf, macOf, mtuOf, networkOf, serverOf, wholeOf } from './text-values.js'

describe('values as configuration files write them', () => {
  test.each([
    ['52:54:00:AB:CD:EF', '52:54:00:ab:cd:ef'],
    ['52-54-00-ab-cd-ef', '52:54:00:ab:cd:ef'],
    ['5254.00AB.cdef', '52:54:00:ab:cd:ef'],
    ['52:54:00:ab:cd', null],
    ['permanent', null],
  ])('the hardware address %j is %j', (text, expected) => {
    expect(macOf(text)).toBe(expected)
  })

  test.each([
    ['192.0.2.53', '192.0.2.53'],
    ['192.0.2.53:853#dns.example', '192.0.2.53'],
    ['[2001:DB8::53]:53', '2001:db8::53'],
    ['fe80::1%eth0', 'fe80::1'],
    ['ns.example', null],
    ['', null],
  ])('the DNS server %j is %j', (text, expected) => {
    expect(serverOf(text)).toBe(expected)
  })

  test('numbers', () => {
    expect([wholeOf('0'), wholeOf('4294967295'), wholeOf('4294967296'), wholeOf('-1'), wholeOf('1e3')]).toEqual([
      0,
      4294967295,
      null,
      null,
      null,
    ])
    expect([mtuOf('1500'), mtuOf('9K'), mtuOf('1M'), mtuOf('9k'), mtuOf('')]).toEqual([1500, 9216, 1048576, null, null])
  })

  test('addresses and networks', () => {
    expect(interfaceAddressOf('192.0.2.1/24')).toEqual({ family: 'inet', address: '192.0.2.1', prefixLength: 24 })
    expect(interfaceAddressOf('2001:DB8::1')).toEqual({ family: 'inet6', address: '2001:db8::1', prefixLength: null })
    expect([interfaceAddressOf('192.0.2.1/33'), interfaceAddressOf('eth0'), interfaceAddressOf('192.0.2.1/')]).toEqual([null, null, null])
    expect(networkOf('10.1.2.3/8')).toEqual({ family: 'inet', prefix: '10.0.0.0/8' })
    expect(networkOf('10.1.2.3')).toEqual({ family: 'inet', prefix: '10.1.2.3/32' })
  })
})

describe('rules in the words of ip-rule(8)', () => {
  const place = { file: '/a', line: 1 }
  test.each([
    ['from 192.0.2.1/32 table 100 priority 5', { family: 'inet', from: '192.0.2.1/32', to: null, table: '100', priority: 5 }],
    ['pref 6 to 2001:db8::/32 lookup 254', { family: 'inet6', from: null, to: '2001:db8::/32', table: 'main', priority: 6 }],
    ['from all fwmark 0x1 lookup 7', { family: 'inet', from: null, to: null, table: '7', priority: null }],
  ])('%s', (text, expected) => {
    expect(ruleOfWords(text, place, 'inet')).toEqual({ ...place, ...expected, text })
  })

  test.each(['from', 'from nobody', 'from 192.0.2.1 to 2001:db8::1', 'frobnicate 1', 'priority high', 'not from 192.0.2.1'])(
    '%s is not understood',
    (text) => {
      expect(ruleOfWords(text, place, 'inet')).toBeNull()
    },
  )
})
