import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Validator } from '../../src/documents/index.js'
import { durationPattern } from '../../src/lib/duration.js'
import { expectationSchema } from '../../src/lib/expectation.js'
import type { AnyCheckKind, SpecProblem } from '../../src/model/check.js'

const port = { type: 'integer', minimum: 1, maximum: 65_535 } as const

/** Two kinds with every form a room's schema takes, so that these texts change only when the diagnostics do. */
export const checkKinds: readonly AnyCheckKind[] = [
  {
    kind: 'route',
    summary: 'A route is in the table.',
    schema: {
      type: 'object',
      properties: {
        destination: {
          anyOf: [{ const: 'default' }, { type: 'string', pattern: '^[0-9a-f.:/]+$', 'x-expected': 'a prefix such as 10.0.0.0/8' }],
        },
        via: expectationSchema({ type: 'string', pattern: '^[0-9a-f.:]+$', 'x-expected': 'an address' }),
        metric: expectationSchema({ type: 'integer', minimum: 0 }),
        interface: { type: 'string' },
        absent: { const: true },
      },
      required: ['destination'],
      additionalProperties: false,
      not: { required: ['absent', 'via'] },
    },
    problems: ({ destination }: { destination: string }): readonly SpecProblem[] =>
      destination.startsWith('999.')
        ? [{ path: ['destination'], message: `expected a prefix, found "${destination}"`, hint: 'no part of an address is above 255' }]
        : [],
    needs: () => ({}),
    evaluate: () => [],
  },
  {
    kind: 'tcp-port',
    summary: 'A TCP port answers.',
    schema: {
      type: 'object',
      properties: {
        target: {
          anyOf: [
            { type: 'string', examples: ['db1:5432'] },
            { type: 'array', items: { type: 'string' }, minItems: 1, uniqueItems: true },
          ],
        },
        port: { anyOf: [port, { type: 'array', items: port, minItems: 1 }] },
        expect: { enum: ['open', 'closed', 'filtered'] },
        within: { type: 'string', pattern: durationPattern },
        matches: { type: 'string', format: 'regex' },
      },
      required: ['target'],
      additionalProperties: false,
    },
    needs: () => ({}),
    evaluate: () => [],
  },
]

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false, formats: { regex: true } })
ajv.addVocabulary(['x-expected'])
ajv.addFormat('regex', (text: string) => {
  try {
    new RegExp(text, 'u')
    return true
  } catch {
    return false
  }
})

export const validators = Object.fromEntries(
  checkKinds.map(({ kind, schema }) => [kind, ajv.compile({ ...schema }) as unknown as Validator]),
)
