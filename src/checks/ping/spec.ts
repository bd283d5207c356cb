import type { FromSchema } from 'json-schema-to-ts'
import { durationPattern, parseDuration } from '../../lib/duration.js'
import { expectationSchema } from '../../lib/expectation.js'
import { percentPattern } from '../../lib/value-types.js'

export const expectations = ['replies', 'none', 'unreachable'] as const
export type Expected = (typeof expectations)[number]

const target = {
  type: 'string',
  minLength: 1,
  maxLength: 253,
  'x-expected': 'a host such as db1',
  description: 'A host of the inventory, an address or a name.',
} as const

const duration = { type: 'string', pattern: durationPattern, 'x-expected': 'a duration such as 20ms' } as const
const percentage = { type: 'string', pattern: percentPattern, 'x-expected': 'a percentage such as "5%"' } as const
const expected = { enum: expectations } as const

export const pingSchema = {
  type: 'object',
  description: 'Echo requests from the host, and what comes back.',
  properties: {
    target: {
      description:
        'What to ping, or a list. A name that is not in the inventory is resolved on the host that asks, and every address is pinged.',
      anyOf: [target, { type: 'array', items: target, minItems: 1 }],
    },
    count: { type: 'integer', minimum: 1, maximum: 1000, default: 5, description: 'Echo requests to each address. Default: 5.' },
    interval: { ...duration, default: '200ms', description: 'Between two requests to one address. Default: 200ms.' },
    size: {
      type: 'integer',
      minimum: 0,
      maximum: 65_507,
      default: 56,
      description: 'Bytes of payload, as `ping -s` counts: the IP packet has 28 more, in IPv6 48. Default: 56.',
    },
    'dont-fragment': {
      type: 'boolean',
      default: false,
      description: 'Forbids that requests are fragmented, here or on the way. Default: false.',
    },
    source: {
      type: 'string',
      minLength: 1,
      maxLength: 60,
      'x-expected': 'an address or the name of an interface',
      description: 'The address, or the interface, of the asking host to send from.',
    },
    family: { enum: ['ipv4', 'ipv6'], description: 'Only addresses of this family, where a name has both.' },
    expect: {
      description: 'What comes back: `replies` (default); `none` for silence or a prohibition; `unreachable`; or a list of these two.',
      default: 'replies',
      anyOf: [expected, { type: 'array', items: { enum: ['none', 'unreachable'] }, minItems: 1, uniqueItems: true }],
    },
    loss: {
      description: 'The most requests that may stay unanswered: `"5%"`; or operators. Default: none.',
      ...expectationSchema(percentage),
    },
    rtt: {
      type: 'object',
      description: 'Round-trip times of the replies.',
      properties: {
        min: {
          description: 'Of the fastest reply; with operators, as `{ min: 20ms }` or `{ max: 20ms }`.',
          ...expectationSchema(duration).anyOf[1],
        },
        avg: { description: 'The longest mean; or operators.', ...expectationSchema(duration) },
        max: { description: 'The longest of all; or operators.', ...expectationSchema(duration) },
      },
      additionalProperties: false,
      minProperties: 1,
    },
    jitter: {
      description: 'The most by which round-trip times of consecutive requests differ, on average; or operators.',
      ...expectationSchema(duration),
    },
    'path-mtu': {
      description: 'The largest IP packet that arrives unfragmented, in bytes: exactly this, or operators such as `{ min: 1500 }`.',
      ...expectationSchema({ type: 'integer', minimum: 68, maximum: 65_535 }),
    },
  },
  required: ['target'],
  additionalProperties: false,
} as const

export type PingSpec = FromSchema<typeof pingSchema, { keepDefaultedPropertiesOptional: true }>
export type DurationExpectation = NonNullable<PingSpec['jitter']>
export type MtuExpectation = NonNullable<PingSpec['path-mtu']>

export const asList = <Item>(value: Item | readonly Item[]): readonly Item[] => (Array.isArray(value) ? value : [value]) as readonly Item[]

/** What the runbook wants to come back. */
export const expectedOf = (spec: PingSpec): readonly Expected[] => asList<Expected>(spec.expect ?? 'replies')

export const countOf = (spec: PingSpec): number => spec.count ?? 5

/** Milliseconds. */
export const intervalOf = (spec: PingSpec): number => parseDuration(spec.interval ?? '200ms') ?? Number.NaN

/** A plain duration or percentage is the most it may be; operators are what they say. */
export const atMost = <Raw extends string, Operators extends object>(expectation: Raw | Operators): Operators | { readonly max: Raw } =>
  typeof expectation === 'string' ? { max: expectation } : expectation
