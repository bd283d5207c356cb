import type { FromSchema } from 'json-schema-to-ts'
import { listExpectationSchema } from '../../lib/list-expectation.js'

const address = { type: 'string', minLength: 1 } as const
const word = { type: 'string', pattern: '^\\S+$' } as const

export const schema = {
  type: 'object',
  description: 'The DNS servers, the search list and the options that programs of the host use, behind a local stub too.',
  properties: {
    servers: { description: 'Addresses, in their order: exactly these.', ...listExpectationSchema(address) },
    ordered: { description: 'false: servers and search may stand in any order. Default: true.', type: 'boolean' },
    search: { description: 'Domains, in their order: exactly these.', ...listExpectationSchema(word) },
    options: { description: 'Such as timeout:1 or rotate, in any order: exactly these.', ...listExpectationSchema(word) },
    stub: { description: 'Whether programs ask a stub on the host itself, which asks the servers.', type: 'boolean' },
    interface: {
      description: 'Judge the servers and the search domains that systemd-resolved has for this link.',
      type: 'string',
      pattern: '^[^\\s/]{1,15}$',
    },
    sources: { description: 'Where host names come from (nsswitch.conf), in their order.', ...listExpectationSchema(word) },
  },
  additionalProperties: false,
  minProperties: 1,
} as const

export type Spec = FromSchema<typeof schema>
