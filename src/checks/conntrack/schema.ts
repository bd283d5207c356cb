import type { FromSchema } from 'json-schema-to-ts'
import { durationPattern } from '../../lib/duration.js'
import { expectationSchema } from '../../lib/expectation.js'
import { percentPattern } from '../../lib/value-types.js'

const count = expectationSchema({ type: 'integer', minimum: 0 })

export const schema = {
  type: 'object',
  description: 'The table of tracked connections: how full it is, and what it refused.',
  properties: {
    used: {
      description: 'How much of the maximum is in use, such as 80%.',
      ...expectationSchema({ type: 'string', pattern: percentPattern }),
    },
    entries: { description: 'How many connections are tracked now.', ...count },
    maximum: { description: 'How many may be tracked (nf_conntrack_max).', ...count },
    invalid: { description: 'Packets that belong to no connection, such as those of an asymmetric path.', ...count },
    drop: { description: 'Packets that were dropped, since they could not be tracked: a full table.', ...count },
    'early-drop': { description: 'Connections that were forgotten early to make room.', ...count },
    'insert-failed': { description: 'Connections that could not be put into the table.', ...count },
    'search-restart': { description: 'Lookups that had to begin again, since the table was resized.', ...count },
    over: {
      description: 'Counters are what they grow by in this time, such as 5s. Without: since the start.',
      type: 'string',
      pattern: durationPattern,
    },
  },
  additionalProperties: false,
  minProperties: 1,
} as const

export type Spec = FromSchema<typeof schema>
