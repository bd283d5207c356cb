import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { rules } from './index.js'
import { readRules } from './read.js'

const recorded = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
const rule = (priority: number, table: string | null, change: object = {}) => ({
  ...{ priority, from: null, to: null, table, further: '', protocol: null, ...change },
})

describe('what ip shows', () => {
  it('of IPv4', () => {
    const further = 'not fwmark 0x1/0xff iif lo ipproto tcp dport 80-90 suppress_prefixlength 0'
    expect(readRules(recorded('ip.inet.debian12.out'), 'inet')).toEqual([
      rule(0, 'local'),
      rule(399, '7', { from: '10.9.0.1/32', protocol: 'static' }),
      rule(400, null, { further: 'goto 32766' }),
      rule(499, null, { from: '10.0.0.0/8', further: 'prohibit' }),
      rule(500, 'main', { from: '192.0.2.0/24', to: '10.0.0.0/8', further }),
      rule(32_765, '100', { from: '192.0.2.1/32' }),
      rule(32_766, 'main'),
      rule(32_767, 'default'),
    ])
  })

  it('of IPv6', () => {
    expect(readRules(recorded('ip.inet6.debian12.out'), 'inet6')).toEqual([
      rule(0, 'local'),
      rule(32_765, '200', { from: '2001:db8::/32' }),
      rule(32_766, 'main'),
    ])
  })

  it("in BusyBox's words, which leave some out", () => {
    expect(readRules(recorded('busybox-ip.inet.debian12.out'), 'inet').slice(1, 5)).toEqual([
      rule(399, '7', { from: '10.9.0.1/32' }),
      rule(400, null, { further: 'local' }),
      rule(499, null, { from: '10.0.0.0/8', further: 'prohibit' }),
      rule(500, 'main', { from: '192.0.2.0/24', to: '10.0.0.0/8', further: 'fwmark 0x1/0xff iif lo suppress_prefixlength 0' }),
    ])
  })

  it.each([
    ['', 'expected rules of ip rule, found nothing'],
    ['from all lookup main', 'expected a rule of ip rule, found "from all lookup main"'],
    ['0:\tfrom all lookup', 'expected a rule of ip rule, found "0:\\tfrom all lookup"'],
    ['5:\tfrom 2001:db8::/32 lookup main', 'expected a prefix of family inet, found "5:\\tfrom 2001:db8::/32 lookup main"'],
    ['5:\tfrom 10.0.0.300 lookup main', 'expected a prefix of family inet, found "5:\\tfrom 10.0.0.300 lookup main"'],
  ])('refuses %j', (text, message) => {
    expect(() => readRules(text, 'inet')).toThrow(message)
  })

  it('damaged gives a value of the right shape, or is refused', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string({ maxLength: 8 }), fc.nat({ max: 40 }), (at, patch, cut) => {
        const text = recorded('ip.inet.debian12.out')
        const place = at % text.length
        try {
          expect(
            rules.isValue({
              family: 'inet',
              shown: true,
              rules: readRules(text.slice(0, place) + patch + text.slice(place + cut), 'inet'),
            }),
          ).toBe(true)
        } catch (error) {
          if (!(error instanceof NotUnderstood)) throw error
        }
      }),
    )
  })
})
