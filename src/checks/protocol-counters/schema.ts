import type { FromSchema } from 'json-schema-to-ts'
import { durationPattern } from '../../lib/duration.js'
import { expectationSchema } from '../../lib/expectation.js'
import { ratePattern, ratioPattern } from './rate.js'

const counter = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9]*(\\.(ipv4|ipv6|1|2))?$' } as const
const percent = { type: 'string', pattern: ratioPattern } as const

export const schema = {
  type: 'object',
  description: "A counter of the kernel's IP, ICMP, TCP or UDP: as it stands, as it grows within a time, or against another.",
  properties: {
    counter: { description: 'TcpRetransSegs, TcpExtListenOverflows, UdpInErrors, Ip6InNoRoutes; or its name in an RFC.', ...counter },
    value: {
      description: 'With over: by how much it grows in that time. Without: what it has come to since the host was started.',
      ...expectationSchema({ type: 'integer' }),
    },
    rate: {
      description: 'With over: by how much it grows in a second, such as 10/s.',
      ...expectationSchema({ type: 'string', pattern: ratePattern }),
    },
    ratio: {
      description: 'How much of one counter there is to another.',
      type: 'object',
      properties: {
        of: { description: 'The counter above the line: TcpRetransSegs.', ...counter },
        to: { description: 'The counter below the line: TcpOutSegs.', ...counter },
        min: { description: 'At least this percentage.', ...percent },
        max: { description: 'At most this percentage.', ...percent },
      },
      required: ['of', 'to'],
      additionalProperties: false,
    },
    over: { description: 'For how long is counted: 5s.', type: 'string', pattern: durationPattern },
  },
  additionalProperties: false,
} as const

export type Spec = FromSchema<typeof schema>
