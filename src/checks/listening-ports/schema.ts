import type { FromSchema } from 'json-schema-to-ts'
import { expectationSchema } from '../../lib/expectation.js'

const portNumber = { type: 'integer', minimum: 1, maximum: 65_535 } as const
const portText = { type: 'string', pattern: '^[0-9]{1,5}(-[0-9]{1,5})?(/(tcp|udp))?$' } as const

const entry = {
  anyOf: [
    portNumber,
    portText,
    {
      type: 'object',
      properties: {
        port: { description: 'A port, or a range such as "9000-9010"; "/tcp" or "/udp" may follow.', anyOf: [portNumber, portText] },
        protocol: { description: 'Default: what the port says, else that of the check, else tcp.', enum: ['tcp', 'udp'] },
        address: {
          description: 'Bound to this address alone; 0.0.0.0 for any of IPv4, :: for any of IPv6. With %eth0, through that interface.',
          type: 'string',
          minLength: 1,
        },
        process: {
          description: "The name of the process that holds it, as the kernel has it. Other users' processes need `become: sudo`.",
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
      },
      required: ['port'],
      additionalProperties: false,
    },
  ],
} as const

const entries = { type: 'array', items: entry, maxItems: 1_000 } as const

export const schema = {
  type: 'object',
  description: 'The ports on which the host listens: exactly these, or at most these.',
  properties: {
    exactly: { description: 'All of these listen, and nothing else does. Ports, "53/udp", ranges, or maps.', ...entries },
    'at-most': { description: 'Nothing but these listens; none of them needs to.', ...entries },
    ignore: { description: 'What is not judged, neither as expected nor as too much.', ...entries },
    protocol: { description: 'Which sockets are judged. Default: both.', enum: ['tcp', 'udp', 'both'] },
    scope: {
      description: 'any (default), external: all that is not bound to the loopback alone, or loopback: only that.',
      enum: ['any', 'external', 'loopback'],
    },
    family: { description: 'inet: only what takes IPv4 is judged. inet6: only what takes IPv6. Default: all.', enum: ['inet', 'inet6'] },
  },
  additionalProperties: false,
} as const

export type Spec = FromSchema<typeof schema>
export type EntrySpec = NonNullable<Spec['exactly']>[number]
