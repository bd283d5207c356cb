import type { FromSchema } from 'json-schema-to-ts'
import { durationPattern } from '../../lib/duration.js'
import { expectationSchema } from '../../lib/expectation.js'

const place = {
  type: 'string',
  minLength: 1,
  maxLength: 300,
  'x-expected': 'a router or host of the inventory, an address, or a prefix such as 10.20.0.0/16',
} as const

const places = { anyOf: [place, { type: 'array', items: place, minItems: 1, uniqueItems: true }] } as const

const duration = expectationSchema({ type: 'string', pattern: durationPattern })

export const pathSchema = {
  type: 'object',
  description: 'The path that packets from the host to a target take.',
  properties: {
    target: {
      type: 'string',
      minLength: 1,
      maxLength: 300,
      'x-expected': 'a host such as db1, or with a port db1:5432',
      description:
        'Where it leads: a host of the inventory, an address, or a name, also with a port: `db1`, `db1:5432`, `[2001:db8::5]:443`.',
    },
    protocol: {
      enum: ['tcp', 'icmp', 'udp'],
      description: 'What is sent. Default: TCP where a port is given, otherwise ICMP.',
    },
    port: { type: 'integer', minimum: 1, maximum: 65_535, description: 'Of TCP and UDP, unless the target has one. UDP: default 33434.' },
    reaches: {
      type: 'boolean',
      default: true,
      description: 'Whether packets arrive at the target. Default: true. `false` must be proven.',
    },
    service: { enum: ['open', 'closed'], description: 'What the port of the target answers, for TCP.' },
    via: {
      description: 'What must be on the path of every flow: all of a list, in any order; or `in-order`, `one-of`.',
      anyOf: [
        ...places.anyOf,
        {
          type: 'object',
          properties: {
            'in-order': { ...places.anyOf[1], description: 'All of these, in this order; others may lie between.' },
            'one-of': { ...places.anyOf[1], description: 'At least one of these, such as both of a redundant pair.' },
          },
          additionalProperties: false,
          minProperties: 1,
        },
      ],
    },
    avoids: { description: 'What must not be on the path of any flow.', ...places },
    hops: {
      description: 'How far the target is, as traceroute counts: the routers on the way, and the target. A number, or operators.',
      ...expectationSchema({ type: 'integer', minimum: 1 }),
    },
    rtt: { description: 'The longest round-trip time to the target, the least of three rounds; or operators over it.', ...duration },
    'hop-rtt': {
      description: 'The longest round-trip time to routers on the way, by router: { edge1: 5ms }. It is the time that they take to answer.',
      type: 'object',
      additionalProperties: duration,
      minProperties: 1,
    },
    flows: {
      type: 'integer',
      minimum: 1,
      maximum: 32,
      default: 4,
      description: 'How many flows are traced, each with a source port of its own: where load is shared their paths differ. Default: 4.',
    },
    source: {
      type: 'string',
      minLength: 1,
      maxLength: 60,
      'x-expected': 'an address or the name of an interface',
      description: 'The address, or the interface, of the asking host to send from.',
    },
    family: { enum: ['ipv4', 'ipv6'], description: 'Of the address to trace, where a name has both.' },
    'max-hops': { type: 'integer', minimum: 1, maximum: 64, default: 30, description: 'How far to follow the path. Default: 30.' },
  },
  required: ['target'],
  additionalProperties: false,
} as const

/** `hop-rtt` is a map of expectations, which the type of its schema cannot tell. */
export type PathSpec = Omit<FromSchema<typeof pathSchema, { keepDefaultedPropertiesOptional: true }>, 'hop-rtt'> & {
  readonly 'hop-rtt'?: Readonly<Record<string, DurationExpectation>>
}
export type DurationExpectation = NonNullable<PathSpec['rtt']>

const asList = <Item>(value: Item | readonly Item[]): readonly Item[] => (Array.isArray(value) ? value : [value]) as readonly Item[]

/** What must be on the path, in the words of the runbook. */
export interface Via {
  readonly all: readonly string[]
  readonly inOrder: readonly string[]
  readonly oneOf: readonly string[]
}

export function viaOf({ via }: PathSpec): Via {
  if (via === undefined || typeof via === 'string' || Array.isArray(via)) {
    return { all: asList(via ?? []) as readonly string[], inOrder: [], oneOf: [] }
  }
  const { 'in-order': inOrder = [], 'one-of': oneOf = [] } = via as {
    readonly 'in-order'?: readonly string[]
    readonly 'one-of'?: readonly string[]
  }
  return { all: [], inOrder, oneOf }
}

export const avoidsOf = ({ avoids }: PathSpec): readonly string[] => asList(avoids ?? [])

/** Every router, host, address or prefix that the runbook names, with where it stands. */
export function placesOf(spec: PathSpec): readonly { readonly text: string; readonly path: readonly (string | number)[] }[] {
  const at = (list: readonly string[], path: readonly string[], isList: boolean) =>
    list.map((text, index) => ({ text, path: isList ? [...path, index] : path }))
  const { all, inOrder, oneOf } = viaOf(spec)
  return [
    ...at(all, ['via'], Array.isArray(spec.via)),
    ...at(inOrder, ['via', 'in-order'], true),
    ...at(oneOf, ['via', 'one-of'], true),
    ...at(avoidsOf(spec), ['avoids'], Array.isArray(spec.avoids)),
    ...Object.keys(spec['hop-rtt'] ?? {}).map((text) => ({ text, path: ['hop-rtt', text] })),
  ]
}
