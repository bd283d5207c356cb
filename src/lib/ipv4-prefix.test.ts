import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatPrefix, parsePrefix } from './address.js'
import { plainIpv4Prefix } from './ipv4-prefix.js'

it.each([
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['192.0.2.1', '192.0.2.1/32'],
  ['192.0.2.1/32', '192.0.2.1/32'],
  ['255.255.255.255', '255.255.255.255/32'],
  ['10.0.0.1/8', null],
  ['10.0.0.0/33', null],
  ['10.0.0.0/08', null],
  ['10.0.0.0/', null],
  ['10.0.0', null],
  ['10.0.0/8', null],
  ['10.0.0.0.0', null],
  ['10..0.0', null],
  ['010.0.0.1', null],
  ['256.0.0.1', null],
  ['::1', null],
  ['default', null],
  ['', null],
])('%s is %s', (text, prefix) => {
  expect(plainIpv4Prefix(text)).toBe(prefix)
})

it('never says anything else than parsePrefix', () => {
  const octet = fc.oneof(fc.nat(300), fc.constantFrom(0, 255))
  const texts = fc.oneof(
    fc.tuple(fc.tuple(octet, octet, octet, octet), fc.nat(40)).map(([octets, length]) => `${octets.join('.')}/${length}`),
    fc.stringMatching(/^[\d./]{0,20}$/),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const prefix = plainIpv4Prefix(text)
      if (prefix === null) return true
      const slow = parsePrefix(text)
      return slow !== null && !slow.hostBits && formatPrefix(slow) === prefix
    }),
    { numRuns: 1_000 },
  )
})
