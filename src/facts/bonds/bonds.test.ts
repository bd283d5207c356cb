import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type Bond, bonds } from './index.js'

const directory = new URL('fixtures/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, directory), 'utf8')
const names = readdirSync(directory).filter((name) => name.endsWith('.out'))

function parse(stdout: string): readonly Bond[] | string {
  try {
    return bonds.sources.linux?.[0]?.parse({ exitCode: 0, stdout, stderr: '' }, [{}])[0] ?? 'no source'
  } catch (error) {
    if (error instanceof NotUnderstood) return error.message
    throw error
  }
}

describe('bonds', () => {
  it.each(names)('%s', (name) => {
    const value = parse(read(name))
    expect(value).toEqual(JSON.parse(read(name.replace(/out$/, 'expected.json'))))
    expect(bonds.isValue(value)).toBe(true)
  })

  it.each([
    ['load balancing (round-robin)', 'balance-rr'],
    ['fault-tolerance (active-backup) (fail_over_mac active)', 'active-backup'],
    ['load balancing (xor)', 'balance-xor'],
    ['fault-tolerance (broadcast)', 'broadcast'],
    ['IEEE 802.3ad Dynamic link aggregation', '802.3ad'],
    ['transmit load balancing', 'balance-tlb'],
    ['adaptive load balancing', 'balance-alb'],
  ])('%s is %s', (words, mode) => {
    const none = { miiStatus: null, activeMember: null, aggregator: null, partnerMac: null, members: [] }
    expect(parse(`bond b\nBonding Mode: ${words}\nCurrently Active Slave: None\nend\n`)).toEqual([{ name: 'b', mode, ...none }])
  })

  it('there may be none', () => {
    expect(parse('end\n')).toEqual([])
  })

  it.each([
    ['', 'expected the bonds of /proc/net/bonding, found nothing'],
    ['Bonding Mode: x\nend\n', 'expected the bonds of /proc/net/bonding, found "Bonding Mode: x"'],
    ['bond b\nBonding Mode: magic\nend\n', 'expected a mode in /proc/net/bonding, found "Bonding Mode: magic"'],
  ])('refuses %j', (text, message) => {
    expect(parse(text)).toBe(message)
  })

  it('any damage gives a value of the right shape or is refused', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), fc.string({ maxLength: 6 }), fc.nat({ max: 40 }), (name, at, patch, cut) => {
        const text = read(name)
        const place = at % text.length
        const value = parse(text.slice(0, place) + patch + text.slice(place + cut))
        expect(typeof value === 'string' || bonds.isValue(value)).toBe(true)
      }),
    )
  })
})
