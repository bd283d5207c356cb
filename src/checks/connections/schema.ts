import type { FromSchema } from 'json-schema-to-ts'
import { socketStates } from '../../facts/sockets/index.js'
import { bitRatePattern } from '../../lib/bit-rate.js'
import { durationPattern } from '../../lib/duration.js'
import { expectationSchema } from '../../lib/expectation.js'
import { percentPattern } from '../../lib/value-types.js'

/** Groups of states by their names in ss(8). */
const stateGroups = ['connected', 'synchronized', 'bucket'] as const

const state = { enum: [...socketStates, ...stateGroups] } as const
const port = {
  anyOf: [
    { type: 'integer', minimum: 1, maximum: 65_535 },
    { type: 'string', pattern: '^[0-9]{1,5}(-[0-9]{1,5})?$' },
  ],
} as const
const ports = { anyOf: [...port.anyOf, { type: 'array', items: port, minItems: 1, maxItems: 100 }] } as const
const prefix = { type: 'string', minLength: 1 } as const
const prefixes = { anyOf: [prefix, { type: 'array', items: prefix, minItems: 1, maxItems: 100 }] } as const

const bounds = <const Value extends object>(value: Value) =>
  ({ type: 'object', properties: { min: value, max: value }, additionalProperties: false, minProperties: 1 }) as const
const whole = { type: 'integer', minimum: 0 } as const
/** A number alone is exactly that, as in every other check. */
const wholeOrBounds = { anyOf: [whole, bounds(whole)] } as const
const duration = { type: 'string', pattern: durationPattern } as const

export const schema = {
  type: 'object',
  description: 'The connections of the host: how many there are, and how well each of them runs.',
  properties: {
    count: { description: 'How many there are. Default with a measure: at least one.', ...expectationSchema(whole) },
    protocol: { description: 'tcp (default), or udp: sockets that are connected to a peer.', enum: ['tcp', 'udp'] },
    state: {
      description: 'A state, a group of ss(8) (connected, synchronized, bucket), or a list of both. Default: established.',
      anyOf: [state, { type: 'array', items: state, minItems: 1 }],
    },
    family: { description: 'inet: by IPv4. inet6: by IPv6. Default: either.', enum: ['inet', 'inet6'] },
    peer: { description: "The peer's address: an address, a prefix, or a list of both.", ...prefixes },
    'peer-port': { description: "The peer's port: that of a service this host uses. A port, a range, or a list.", ...ports },
    'local-address': { description: 'The own address: an address, a prefix, or a list of both.', ...prefixes },
    'local-port': { description: 'The own port: that of a service this host offers. A port, a range, or a list.', ...ports },
    process: {
      description: "The name of the process that holds it, as the kernel has it. Other users' processes need `become: sudo`.",
      ...expectationSchema({ type: 'string', minLength: 1 }),
    },
    rtt: { description: 'The smoothed round trip time of each.', ...bounds(duration) },
    'min-rtt': { description: 'The shortest round trip time of each.', ...bounds(duration) },
    retransmits: { description: 'How many segments each has sent again, since it began.', ...wholeOrBounds },
    'retransmit-ratio': {
      description: 'How many of the segments that each has sent were sent again, since it began.',
      ...bounds({ type: 'string', pattern: percentPattern }),
    },
    cwnd: { description: 'The congestion window of each, in segments.', ...wholeOrBounds },
    unacked: { description: 'How many segments of each are on their way, unacknowledged.', ...wholeOrBounds },
    lost: { description: 'How many segments of each count as lost right now.', ...wholeOrBounds },
    'delivery-rate': {
      description: 'The latest rate of delivery of each: 10Mbit/s.',
      ...bounds({ type: 'string', pattern: bitRatePattern }),
    },
  },
  additionalProperties: false,
} as const

export type Spec = FromSchema<typeof schema>
