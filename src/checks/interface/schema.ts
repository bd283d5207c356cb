import { type BondMode, bondModes } from '../../facts/bonds/index.js'
import { type CounterName, counterNames } from '../../facts/interface-counters/index.js'
import { durationPattern } from '../../lib/duration.js'
import { type Expectation, expectationSchema } from '../../lib/expectation.js'
import { type ListExpectation, listExpectationSchema } from '../../lib/list-expectation.js'
import { ratePattern } from '../../lib/rate.js'

const word = { type: 'string', minLength: 1 } as const
const mac = { type: 'string', minLength: 1 } as const
const whole = { type: 'integer', minimum: 0 } as const
const wordList = listExpectationSchema(word)
const count = expectationSchema(whole)
const countersOf: Readonly<Record<string, object>> = Object.fromEntries(counterNames.map((name) => [name, count]))

export const schema = {
  type: 'object',
  description: 'A network interface of the host: its state, addresses, place and counters.',
  properties: {
    name: { description: 'Its name, or an alternative name that it has (`altname`).', ...word },
    state: {
      description: 'up: set up, and operational. down: not so, for whatever reason.',
      enum: ['up', 'down'],
    },
    carrier: { description: 'Whether there is a signal on the cable.', type: 'boolean' },
    addresses: {
      description:
        'All addresses with their prefix lengths, in any order; or with `contains` some of them, with `not` which may not be there, without a length whatever theirs is.',
      ...wordList,
    },
    family: { description: 'Of `addresses`: only those of inet or inet6. Default: both.', enum: ['inet', 'inet6'] },
    mac: { description: 'The hardware address, in any usual spelling.', ...expectationSchema(mac) },
    mtu: { description: 'The largest packet in bytes.', ...expectationSchema(whole) },
    speed: { description: 'As the driver reports it: 10Gbit/s.', ...expectationSchema({ type: 'string', pattern: ratePattern }) },
    duplex: { description: 'As the driver reports it.', enum: ['full', 'half'] },
    type: {
      description: 'ethernet, loopback, vlan, bond, bridge, veth, tun, tap, dummy, macvlan, vxlan, wireguard …',
      ...expectationSchema(word),
    },
    'vlan-id': { description: 'The VLAN.', ...expectationSchema({ type: 'integer', minimum: 0, maximum: 4_094 }) },
    parent: { description: 'The interface beneath a VLAN, a macvlan or a tunnel.', ...expectationSchema(word) },
    master: { description: 'The bridge, bond, team or VRF that it belongs to.', ...expectationSchema(word) },
    members: { description: 'All interfaces that belong to this bridge or bond; or `contains`, `not`.', ...wordList },
    'bond-mode': { description: 'The mode of a bond.', enum: bondModes },
    lacp: {
      description: 'true: a partner answers LACP, and every member of the bond is up and in the aggregator in use.',
      const: true,
    },
    absent: { description: 'true: there is no such interface.', type: 'boolean' },
    counters: {
      description: 'How much counters grow over a time: rx-errors: 0. By the names of rtnl_link_stats64, and carrier-changes.',
      type: 'object',
      properties: {
        over: { description: 'The time. Default: 5s.', type: 'string', pattern: durationPattern },
        ...countersOf,
      },
      additionalProperties: false,
      minProperties: 1,
    },
  },
  required: ['name'],
  additionalProperties: false,
} as const

/** What the schema allows, written out, as the keys of `counters` are made from a list. */
export interface Spec {
  readonly name: string
  readonly state?: 'up' | 'down'
  readonly carrier?: boolean
  readonly addresses?: ListExpectation
  readonly family?: 'inet' | 'inet6'
  readonly mac?: Expectation<string>
  readonly mtu?: Expectation<number>
  readonly speed?: Expectation<string>
  readonly duplex?: 'full' | 'half'
  readonly type?: Expectation<string>
  readonly 'vlan-id'?: Expectation<number>
  readonly parent?: Expectation<string>
  readonly master?: Expectation<string>
  readonly members?: ListExpectation
  readonly 'bond-mode'?: BondMode
  readonly lacp?: true
  readonly absent?: boolean
  readonly counters?: { readonly over?: string } & { readonly [name in CounterName]?: Expectation<number> }
}
