import type { FromSchema } from 'json-schema-to-ts'
import { expectationSchema } from '../../lib/expectation.js'

const device = { type: 'string', pattern: '^[^\\s/*]{1,15}$' } as const

export const schema = {
  type: 'object',
  description: 'A setting of the running kernel, as sysctl(8) names it, or what the kernel makes of it on an interface.',
  properties: {
    key: {
      description:
        'net.ipv4.ip_forward, or net.ipv4.conf.*.rp_filter with the interfaces beside it. A dot in a name is written as a slash.',
      type: 'string',
      pattern: '^[A-Za-z0-9_][A-Za-z0-9_./:@*-]*$',
    },
    value: {
      description: 'Numbers compare as numbers, words as words, several fields one by one.',
      ...expectationSchema({ anyOf: [{ type: 'string', minLength: 1 }, { type: 'number' }] }),
    },
    interface: { description: 'The interface that * in the key stands for.', ...device },
    interfaces: {
      description: 'Several of them; all: every interface of the host but lo.',
      anyOf: [
        { type: 'string', const: 'all' },
        { type: 'array', items: device, minItems: 1 },
      ],
    },
    effective: {
      description: 'Whether the value is judged that is in effect on the interface, not the one in its file. Default: with *.',
      type: 'boolean',
    },
    persistent: { description: 'true: files of sysctl.d set it so at the next boot, too.', type: 'boolean', const: true },
  },
  required: ['key', 'value'],
  additionalProperties: false,
} as const

export type Spec = FromSchema<typeof schema>
