import type { FromSchema } from 'json-schema-to-ts'
import { expectationSchema } from '../../lib/expectation.js'

const portNumber = { type: 'integer', minimum: 1, maximum: 65_535 } as const
const portText = { type: 'string', pattern: '^[0-9]{1,5}(-[0-9]{1,5})?$' } as const

export const schema = {
  type: 'object',
  description: 'A TCP or UDP port on which a service of the host listens, or on which nothing may.',
  properties: {
    port: {
      description: 'A port, a range such as "8000-8010", or a list of both. All of them are meant.',
      anyOf: [portNumber, portText, { type: 'array', items: { anyOf: [portNumber, portText] }, minItems: 1 }],
    },
    protocol: { description: 'Default: tcp.', enum: ['tcp', 'udp'] },
    address: {
      description:
        'An address of the host that must be served; 0.0.0.0 for all of IPv4, :: for all of IPv6. With %eth0, through that interface.',
      type: 'string',
      minLength: 1,
    },
    family: { description: 'inet: IPv4 must be served. inet6: IPv6.', enum: ['inet', 'inet6'] },
    process: {
      description: "The name of the process that holds the port, as the kernel has it. Other users' processes need `become: sudo`.",
      ...expectationSchema({ type: 'string', minLength: 1 }),
    },
    user: {
      description: 'The owner of the socket, by name or number.',
      ...expectationSchema({
        anyOf: [
          { type: 'string', pattern: '^[^-:\\s][^:\\s]*$' },
          { type: 'integer', minimum: 0 },
        ],
      }),
    },
    absent: { description: 'true: nothing may listen there.', type: 'boolean' },
  },
  required: ['port'],
  additionalProperties: false,
} as const

export type Spec = FromSchema<typeof schema>
