import type { FromSchema } from 'json-schema-to-ts'
import { durationPattern } from '../../lib/duration.js'
import { expectationSchema } from '../../lib/expectation.js'

export const expectations = ['open', 'closed', 'filtered', 'rejected', 'unreachable', 'blocked'] as const
export type Expected = (typeof expectations)[number]

const target = {
  type: 'string',
  minLength: 1,
  maxLength: 300,
  'x-expected': 'a host with a port such as db1:5432',
  description:
    'A host of the inventory, an address or a name, with a port or a range: `db1:5432`, `[2001:db8::5]:443`, `10.0.0.5:8000-8010`.',
} as const

const port = {
  anyOf: [
    { type: 'integer', minimum: 1, maximum: 65_535 },
    { type: 'string', pattern: String.raw`^\d{1,5}(-\d{1,5})?$`, 'x-expected': 'a range such as "8000-8010"' },
  ],
} as const

const expectation = { enum: expectations } as const

export const tcpPortSchema = {
  type: 'object',
  properties: {
    target: {
      description: 'What to reach. A name that is not in the inventory is resolved on the host that asks, and every address is asked.',
      anyOf: [target, { type: 'array', items: target, minItems: 1 }],
    },
    port: {
      description: 'Ports of all targets, instead of one with each target: `443`, `"8000-8010"`, or a list of these.',
      anyOf: [...port.anyOf, { type: 'array', items: port, minItems: 1 }],
    },
    expect: {
      description: 'What each target must be; one of these where it is a list. Default `open`.',
      default: 'open',
      anyOf: [expectation, { type: 'array', items: expectation, minItems: 1, uniqueItems: true }],
    },
    within: {
      description: 'The longest time from the SYN to the completed handshake, or operators over it.',
      ...expectationSchema({ type: 'string', pattern: durationPattern }),
    },
    source: {
      type: 'string',
      'x-expected': 'an address or the name of an interface',
      minLength: 1,
      maxLength: 60,
      description: 'The address, or the interface, of the asking host to send from.',
    },
    family: { enum: ['ipv4', 'ipv6'], description: 'Only addresses of this family, where a name has both.' },
  },
  required: ['target'],
  additionalProperties: false,
} as const

export type TcpPortSpec = FromSchema<typeof tcpPortSchema, { keepDefaultedPropertiesOptional: true }>

export const asList = <Item>(value: Item | readonly Item[]): readonly Item[] => (Array.isArray(value) ? value : [value]) as readonly Item[]

/** What the runbook allows each target to be. */
export function expectedOf(spec: TcpPortSpec): readonly Expected[] {
  return asList(spec.expect ?? 'open')
}
