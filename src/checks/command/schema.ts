import type { FromSchema } from 'json-schema-to-ts'
import { expectationSchema } from '../../lib/expectation.js'

const text = { type: 'string', minLength: 1 } as const
const texts = { anyOf: [text, { type: 'array', items: text, minItems: 1 }] } as const
const pattern = { type: 'string', minLength: 1, format: 'regex' } as const
const patterns = { anyOf: [pattern, { type: 'array', items: pattern, minItems: 1 }] } as const

const lines = { description: 'How many lines there are.', ...expectationSchema({ type: 'integer', minimum: 0 }) } as const
const contains = { description: 'A text that is in it, or several, all of which are.', ...texts } as const
const matches = {
  description: 'A regular expression that some line matches, or several, for each of which there is a line.',
  ...patterns,
} as const

/** Of a whole output. `min` and `max` would compare texts, which nobody means. */
const output = {
  anyOf: [
    { type: 'string' },
    {
      type: 'object',
      properties: {
        contains,
        matches,
        lines,
        not: {
          description: 'A text that it is not, or several; or { contains, matches } for what is nowhere in it.',
          anyOf: [
            { type: 'string' },
            { type: 'array', items: { type: 'string' }, minItems: 1 },
            { type: 'object', properties: { contains: texts, matches: patterns }, additionalProperties: false, minProperties: 1 },
          ],
        },
        'one-of': { type: 'array', items: { type: 'string' }, minItems: 1 },
      },
      additionalProperties: false,
      minProperties: 1,
    },
  ],
} as const

const scalar = { type: ['string', 'number', 'boolean', 'null'] } as const

const member = {
  anyOf: [
    scalar,
    { type: 'array' },
    {
      type: 'object',
      properties: {
        min: { type: 'number' },
        max: { type: 'number' },
        not: { anyOf: [scalar, { type: 'array', items: scalar, minItems: 1 }] },
        'one-of': { type: 'array', items: scalar, minItems: 1 },
        matches: pattern,
        contains: { description: 'Of a text: a part of it. Of a list: an item.', ...scalar },
        count: { description: 'Of a list or a map: how many items.', ...expectationSchema({ type: 'integer', minimum: 0 }) },
        absent: { description: 'true: there is nothing of this name.', const: true },
      },
      additionalProperties: false,
      minProperties: 1,
    },
  ],
} as const

export const schema = {
  type: 'object',
  description: 'A command of your own: how it ends and what it prints. Run only with --allow-commands.',
  properties: {
    run: {
      description: 'The program and its arguments, a list: [systemctl, is-active, nginx]. With `shell: true`, one line for sh.',
      anyOf: [text, { type: 'array', items: { type: 'string' }, minItems: 1 }],
    },
    shell: { description: 'true: `run` is a line for `sh -c`. Default: no shell.', type: 'boolean' },
    stdin: {
      description: "What the command reads from standard input. The place for secrets: arguments are in everybody's `ps`.",
      type: 'string',
    },
    privileged: { description: "true: run as root, through the host's `become`.", type: 'boolean' },
    'exit-status': {
      description: 'How it ends, 0 to 255. Default: 0.',
      ...expectationSchema({ type: 'integer', minimum: 0, maximum: 255 }),
    },
    stdout: { description: 'Standard output: exactly this text, or `contains`, `matches`, `lines`, `not`, `one-of`.', ...output },
    stderr: { description: 'Standard error, likewise. An empty text: nothing.', ...output },
    json: {
      description: 'Standard output read as JSON: a JSON Pointer (RFC 6901) to what is expected there, "/state/health": up.',
      type: 'object',
      additionalProperties: member,
      minProperties: 1,
    },
  },
  required: ['run'],
  additionalProperties: false,
} as const

export type Spec = FromSchema<typeof schema>
export type OutputExpectation = FromSchema<typeof output>
export type MemberExpectation = FromSchema<typeof member>
