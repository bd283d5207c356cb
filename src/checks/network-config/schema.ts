import type { FromSchema } from 'json-schema-to-ts'
import { methods } from '../../facts/network-config/index.js'
import { expectationSchema } from '../../lib/expectation.js'

const word = { type: 'string', minLength: 1 } as const
const mtu = { type: 'integer', minimum: 68, maximum: 65_535 } as const

/** A plain list is the whole set; `contains` names some of it. */
function setSchema<const Item extends object>(item: Item) {
  return {
    anyOf: [
      { type: 'array', items: item },
      {
        type: 'object',
        properties: { contains: { type: 'array', items: item, minItems: 1 } },
        required: ['contains'],
        additionalProperties: false,
      },
    ],
  } as const
}

const route = {
  type: 'object',
  properties: {
    destination: { description: 'A prefix, an address, or "default".', ...word },
    via: { description: 'The gateway.', ...word },
    interface: { description: 'The outgoing interface.', ...word },
    metric: { description: 'The metric, as it is written.', type: 'integer', minimum: 0 },
    table: { description: 'Default: main.', anyOf: [word, { type: 'integer', minimum: 1 }] },
  },
  required: ['destination'],
  additionalProperties: false,
} as const

export const schema = {
  type: 'object',
  description: 'What the configuration files of the host set up at the next boot, and whether that is what runs now.',
  properties: {
    interface: { description: 'The interface. Without it, `routes` and `matches-running` are about the whole host.', ...word },
    family: { description: 'Of `method`, `gateway` and `defroute`. Default: inet.', enum: ['inet', 'inet6'] },
    onboot: { description: 'Whether it is brought up at boot.', type: 'boolean' },
    method: {
      description: 'How it gets its addresses: static, dhcp, none, auto (router advertisements), link-local, loopback, other.',
      ...expectationSchema({ enum: methods }),
    },
    addresses: { description: 'Addresses with their lengths, of both families.', ...setSchema(word) },
    gateway: { description: 'The gateway that is written for it.', ...expectationSchema(word) },
    defroute: { description: 'Whether a default route through it comes of the configuration.', type: 'boolean' },
    dns: { description: 'DNS servers written for it, in any order.', ...setSchema(word) },
    search: { description: 'Search domains written for it, in any order.', ...setSchema(word) },
    mtu: { description: 'The MTU in bytes, as it is written.', ...expectationSchema(mtu) },
    routes: { description: 'Static routes; default routes of table main only where one is named here.', ...setSchema(route) },
    'matches-running': { description: 'true: nothing that runs now is missing after a reboot, and nothing else appears.', type: 'boolean' },
  },
  additionalProperties: false,
  minProperties: 1,
} as const

export type Spec = FromSchema<typeof schema>
export type ExpectedRoute = FromSchema<typeof route>
export type SetOf<Item> = readonly Item[] | { readonly contains: readonly Item[] }
