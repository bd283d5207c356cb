import type { FromSchema } from 'json-schema-to-ts'
import { expectationSchema } from '../../lib/expectation.js'

const word = { type: 'string', minLength: 1 } as const
const metric = { type: 'integer', minimum: 0, maximum: 0xffff_ffff } as const

export const schema = {
  type: 'object',
  description: 'How many default routes the host has, and which one its traffic takes.',
  properties: {
    count: {
      description: 'How many default routes the table has. Default: 1. A multipath route is one.',
      ...expectationSchema({ type: 'integer', minimum: 0 }),
    },
    via: { description: 'The gateway of the default route in use; of a multipath route, every one.', ...expectationSchema(word) },
    interface: { description: 'The outgoing interface of the default route in use.', ...expectationSchema(word) },
    metric: { description: 'The metric of the default route in use; 0 where none is shown.', ...expectationSchema(metric) },
    source: { description: 'The source address that it prefers (`src`).', ...expectationSchema(word) },
    family: { description: 'Default: inet.', enum: ['inet', 'inet6'] },
    table: {
      description: 'The routing table, by name or number. Default: main.',
      anyOf: [word, { type: 'integer', minimum: 1, maximum: 0xffff_ffff }],
    },
    absent: { description: 'true: no default route that meets the other expectations, whatever its metric.', type: 'boolean' },
  },
  additionalProperties: false,
} as const

export type Spec = FromSchema<typeof schema>
