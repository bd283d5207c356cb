import type { FromSchema } from 'json-schema-to-ts'
import { routeTypes } from '../../facts/routes/index.js'
import { expectationSchema } from '../../lib/expectation.js'

const word = { type: 'string', minLength: 1 } as const
const metric = { type: 'integer', minimum: 0, maximum: 0xffff_ffff } as const
const table = { anyOf: [word, { type: 'integer', minimum: 1, maximum: 0xffff_ffff }] } as const

export const schema = {
  type: 'object',
  description: 'A route of the host, or with `lookup` the way that the kernel chooses for a destination.',
  properties: {
    destination: {
      description: 'A prefix (10.20.0.0/16), an address, or "default". With `lookup`: an address.',
      ...word,
    },
    family: { description: 'Which "default" is meant. Default: inet.', enum: ['inet', 'inet6'] },
    lookup: {
      description: "true: ask for the kernel's decision (rules, all tables, longest match) instead of for one route.",
      type: 'boolean',
    },
    from: { description: 'With `lookup`: the source address of the packet.', ...word },
    via: { description: 'The gateway; of a multipath route, every one.', ...expectationSchema(word) },
    interface: { description: 'The outgoing interface; of a multipath route, every one.', ...expectationSchema(word) },
    metric: { description: 'The metric (priority); 0 where none is shown.', ...expectationSchema(metric) },
    table: {
      description: 'The routing table, by name or number. Default: main. With `lookup`: the table that decides.',
      ...expectationSchema(table),
    },
    protocol: { description: 'Who set the route: kernel, boot, static, dhcp, ra, bgp …', ...expectationSchema(word) },
    source: { description: 'The source address that the route prefers (`src`).', ...expectationSchema(word) },
    type: {
      description: 'What happens to packets. Default with other expectations: whatever it is.',
      ...expectationSchema({ enum: routeTypes }),
    },
    'next-hops': {
      description: 'All next hops, in any order: no more and no fewer.',
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: { via: word, interface: word, weight: { type: 'integer', minimum: 1, maximum: 256 } },
        additionalProperties: false,
        minProperties: 1,
      },
    },
    backup: { description: 'true: a route that a lower metric outranks will do as well.', type: 'boolean' },
    link: { description: 'up (default): the next hops must have a working link. any: they need not.', enum: ['up', 'any'] },
    persistent: {
      description: 'true: it is also configured to come back at the next boot; with `absent`: nor is it configured to.',
      type: 'boolean',
    },
    absent: { description: 'true: no such route, or with `lookup` no way, that meets the other expectations.', type: 'boolean' },
  },
  required: ['destination'],
  additionalProperties: false,
} as const

export type Spec = FromSchema<typeof schema>
export type ExpectedNextHop = NonNullable<Spec['next-hops']>[number]
