import type { FromSchema } from 'json-schema-to-ts'
import { listExpectationSchema } from '../../lib/list-expectation.js'

export const schema = {
  type: 'object',
  description: 'A name that the hosts file pins to addresses, or does not; and whether that contradicts DNS.',
  properties: {
    name: { description: 'The name, as canonical name or alias, whatever its case.', type: 'string', pattern: '^[^\\s#]+$' },
    addresses: {
      description: 'The addresses of all its lines: exactly these, in any order.',
      ...listExpectationSchema({ type: 'string', minLength: 1 }),
    },
    absent: { description: 'true: no line has the name.', type: 'boolean', const: true },
    'matches-dns': {
      description: "true: the host's DNS servers give the same addresses, for every family in which the name is pinned.",
      type: 'boolean',
      const: true,
    },
  },
  required: ['name'],
  additionalProperties: false,
} as const

export type Spec = FromSchema<typeof schema>
