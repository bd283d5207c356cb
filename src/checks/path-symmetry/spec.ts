import type { FromSchema } from 'json-schema-to-ts'

const name = { type: 'string', minLength: 1, maxLength: 300 } as const
const port = { type: 'integer', minimum: 1, maximum: 65_535 } as const

export const pathSymmetrySchema = {
  type: 'object',
  description: 'Whether packets between two hosts cross the same routers both ways.',
  properties: {
    between: {
      description: 'Two hosts of the inventory. The conversation is one that the first opens to the second.',
      type: 'array',
      items: name,
      minItems: 2,
      maxItems: 2,
      'x-expected': 'two hosts of the inventory, such as [web1, db1]',
    },
    expect: { description: 'Default: symmetric.', default: 'symmetric', enum: ['symmetric', 'asymmetric'] },
    confidence: {
      description: 'How well the answer must be proven. Default: high. With less it is inconclusive.',
      default: 'high',
      enum: ['high', 'medium'],
    },
    inconclusive: {
      description: 'What it means when it cannot be told. Default: error. With `allow` the check then passes.',
      default: 'error',
      enum: ['error', 'allow'],
    },
    protocol: {
      description: 'What is sent, the same both ways. Default: auto, which is TCP, or where that does not arrive ICMP, or else UDP.',
      default: 'auto',
      enum: ['auto', 'tcp', 'icmp', 'udp'],
    },
    port: { description: 'Of the second host, for TCP and UDP. Default: 443 for TCP, 33434 for UDP.', ...port },
    'source-port': { description: 'Of the first host. Default: one above 61000 that stays the same for this pair of hosts.', ...port },
    addresses: {
      description: 'The addresses that talk, where they are not those of the inventory: { web1: 10.10.0.11 }.',
      type: 'object',
      additionalProperties: name,
      minProperties: 1,
    },
    'max-hops': { description: 'The most routers on a path. Default: 30.', type: 'integer', minimum: 1, maximum: 64, default: 30 },
    ask: {
      description:
        'Hosts that are asked for their addresses when a router is not known by all of its: all (default), none, or names, groups and wildcards.',
      anyOf: [{ enum: ['all', 'none'] }, { type: 'array', items: name, minItems: 1 }],
    },
  },
  required: ['between'],
  additionalProperties: false,
} as const

/** `between` has two; the schema says so, which its type cannot. `addresses` is a map of text. */
export type PathSymmetrySpec = Omit<
  FromSchema<typeof pathSymmetrySchema, { keepDefaultedPropertiesOptional: true }>,
  'between' | 'addresses'
> & {
  readonly between: readonly [string, string] | readonly string[]
  readonly addresses?: Readonly<Record<string, string>>
}
