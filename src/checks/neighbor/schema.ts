import type { FromSchema } from 'json-schema-to-ts'
import { neighborStates } from '../../facts/neighbors/index.js'
import { expectationSchema } from '../../lib/expectation.js'

const word = { type: 'string', minLength: 1 } as const

export const schema = {
  type: 'object',
  description: 'A neighbour of the host on its link: whether its MAC address is known, which it is, and who else claims the address.',
  properties: {
    address: { description: 'The address of the neighbour, IPv4 or IPv6.', ...word },
    gateway: { description: 'true: every gateway of the default routes, instead of an address.', const: true },
    family: { description: 'Of `gateway`: inet or inet6. Default: inet.', enum: ['inet', 'inet6'] },
    interface: { description: 'The interface to the neighbour. Default: whichever it is on.', ...word },
    resolved: {
      description: 'true: its MAC address is known; where the table of the host is no proof of that, the neighbour is asked.',
      const: true,
    },
    state: {
      description: 'The state of its entry: reachable, stale, delay, probe, permanent, noarp, failed, incomplete, none.',
      ...expectationSchema({ enum: neighborStates }),
    },
    mac: { description: 'Its MAC address, in any usual spelling.', ...expectationSchema(word) },
    absent: { description: 'true: the host knows no MAC address for it.', const: true },
    duplicates: { description: 'none: when everybody is asked who has the address, one answers, not two.', const: 'none' },
  },
  additionalProperties: false,
} as const

export type Spec = FromSchema<typeof schema>
