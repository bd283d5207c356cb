import { describe, expect, it } from 'vitest'
import type { Declared } from './declared.js'
import { type Alias, type Asked, knowDevices } from './devices.js'

const router = (name: string, ...addresses: readonly string[]): Declared => ({ name, kind: 'router', addresses })
const hostAt = (name: string, address: string): Declared => ({ name, kind: 'host', addresses: [address] })
const asked = (name: string, ...addresses: readonly string[]): Asked => ({ name, addresses })

/** `verdict confidence by` of 10.0.0.1 and 10.0.0.2. */
function comparison(declared: readonly Declared[], all: readonly Asked[] = [], aliases: readonly Alias[] = []): string {
  const { verdict, confidence, by } = knowDevices(declared, all, aliases).compare('10.0.0.1', '10.0.0.2')
  return verdict === 'unknown' ? verdict : `${verdict} ${confidence} ${by}`
}

describe('two addresses', () => {
  it.each<[string, string, Parameters<typeof comparison>]>([
    ['nothing is known of', 'unknown', [[]]],
    ['of one declared router', 'same high declared', [[router('r', '10.0.0.1', '10.0.0.2')]]],
    ['of two declared routers', 'different high declared', [[router('r', '10.0.0.1'), router('s', '10.0.0.2')]]],
    ['of which one is not in a list', 'different medium declared', [[router('r', '10.0.0.1', '10.0.0.9')]]],
    ['of which one is in a list of one, which no router has', 'unknown', [[router('r', '10.0.0.1')]]],
    ['of which one is that of a host in the inventory', 'unknown', [[hostAt('h', '10.0.0.1')]]],
    ['of one host that was asked', 'same high asked', [[], [asked('h', '10.0.0.1', '10.0.0.2')]]],
    ['of which one is not among a host that was asked', 'different high asked', [[], [asked('h', '10.0.0.1', '10.0.0.9')]]],
    ['of two hosts that were asked', 'different high asked', [[], [asked('h', '10.0.0.1'), asked('i', '10.0.0.2')]]],
    [
      'that two hosts have, such as virtual ones',
      'unknown',
      [[], [asked('h', '10.0.0.1', '10.0.0.2'), asked('i', '10.0.0.2', '10.0.0.3')]],
    ],
    [
      'of one machine that the inventory names twice',
      'same high asked',
      [[], [asked('h', '10.0.0.1', '10.0.0.2'), asked('i', '10.0.0.2', '10.0.0.1')]],
    ],
    ['of a router and a host of that name', 'same high declared', [[router('core', '10.0.0.1'), hostAt('core', '10.0.0.2')]]],
    [
      'of a router and a host that have a third in common',
      'same high declared',
      [[router('core', '10.0.0.1', '10.0.0.9', '10.0.0.2'), hostAt('fw', '10.0.0.9')]],
    ],
    ['that two routers are declared to have', 'unknown', [[router('r', '10.0.0.1', '10.0.0.2'), router('s', '10.0.0.2', '10.0.0.3')]]],
    [
      'of which the device says one is not its own',
      'different high asked',
      [[router('h', '10.0.0.1', '10.0.0.2')], [asked('h', '10.0.0.1')]],
    ],
    ['that were recorded together', 'same high recorded', [[], [], [['10.0.0.1', '10.0.0.2']]]],
    [
      'that were recorded apart',
      'different medium recorded',
      [
        [],
        [],
        [
          ['10.0.0.1', '10.0.0.8'],
          ['10.0.0.2', '10.0.0.9'],
        ],
      ],
    ],
    ['of which one was not recorded', 'unknown', [[], [], [['10.0.0.1', '10.0.0.8']]]],
    [
      'that a record joins by way of a declared router',
      'same high recorded',
      [[router('r', '10.0.0.1', '10.0.0.9')], [], [['10.0.0.9', '10.0.0.2']]],
    ],
    [
      'that a record joins though they are declared apart: no record counts',
      'different high declared',
      [[router('r', '10.0.0.1'), router('s', '10.0.0.2')], [], [['10.0.0.1', '10.0.0.2']]],
    ],
    [
      'that a record joins though the device was asked: no record counts',
      'different high asked',
      [[], [asked('h', '10.0.0.1')], [['10.0.0.1', '10.0.0.2']]],
    ],
  ])('%s: %s', (_, expected, [declared, all, aliases]) => {
    expect(comparison(declared, all, aliases)).toBe(expected)
  })

  it('an address is itself, unless two devices have it', () => {
    expect(knowDevices([], [], []).compare('10.0.0.1', '10.0.0.1')).toEqual({ verdict: 'same', confidence: 'high', by: 'address' })
    const anycast = knowDevices([], [asked('h', '10.0.0.1', '10.0.0.2'), asked('i', '10.0.0.1', '10.0.0.3')], [])
    expect(anycast.compare('10.0.0.1', '10.0.0.1').verdict).toBe('unknown')
    expect(anycast.nameOf('10.0.0.1')).toBeNull()
    expect(anycast.nameOf('10.0.0.2')).toBe('h')
  })
})
