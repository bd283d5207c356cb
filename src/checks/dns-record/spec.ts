import type { FromSchema } from 'json-schema-to-ts'
import { dnsTypes } from '../../lib/dns/types.js'
import { durationPattern } from '../../lib/duration.js'
import { expectationSchema } from '../../lib/expectation.js'

/** Response codes that a query may come back with (RFC 1035, 2136). */
const responseCodes = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED', 'NOTAUTH'] as const

const word = { type: 'string', minLength: 1, maxLength: 300 } as const
const data = expectationSchema({ type: 'string', maxLength: 70_000 } as const)
const dataOrList = { anyOf: [...data.anyOf, { type: 'array', items: data, minItems: 1 }] } as const
const name = { type: 'string' } as const
const resolver = { ...word, 'x-expected': 'a resolver such as google, 10.0.0.53, system or authoritative' } as const

export const dnsRecordSchema = {
  type: 'object',
  description: 'What a name resolves to, at each of the resolvers.',
  properties: {
    name: {
      description:
        'A domain name, or a list of names, each of which is judged by itself. With `type: PTR` an address will do. No search domain is added, but by `system` as programs do there; a final dot prevents it.',
      anyOf: [name, { type: 'array', items: name, minItems: 1, maxItems: 10_000, uniqueItems: true }],
    },
    type: { enum: dnsTypes, default: 'A', description: 'The type of the records. Default `A`.' },
    answers: {
      description:
        'The whole set of records, in any order: no more and no fewer. `10 mail.example.com` for MX; operators in place of a value.',
      ...dataOrList,
    },
    contains: { description: 'Records that must be among the answers; there may be others.', ...dataOrList },
    count: { description: 'How many records there are.', ...expectationSchema({ type: 'integer', minimum: 0 }) },
    absent: { type: 'boolean', description: 'true: a resolver must answer that there is no such record.' },
    ttl: {
      description: 'The time to live of every record of the answer, or of a negative answer: `{ max: 300s }`.',
      ...expectationSchema({ type: 'string', pattern: durationPattern }),
    },
    rcode: { description: 'The response code: `NXDOMAIN`, or operators over it.', ...expectationSchema({ enum: responseCodes }) },
    authenticated: {
      type: 'boolean',
      description: 'true: the resolver says that it validated the answer by DNSSEC (AD); false: it does not.',
    },
    resolvers: {
      description:
        'Whom to ask: a name of the catalogue or the inventory, an address with or without a port, `system` (as the host itself resolves) or `authoritative` (the servers of the zone). Default `system`.',
      anyOf: [resolver, { type: 'array', items: resolver, minItems: 1, maxItems: 200, uniqueItems: true }],
    },
    authoritative: {
      description: 'The servers of the zone, by name or address; without it they are found by following the delegation from the root.',
      type: 'array',
      items: { ...word, 'x-expected': 'the name or the address of a name server' },
      minItems: 1,
      maxItems: 16,
      uniqueItems: true,
    },
    propagated: { type: 'boolean', description: 'true: every resolver answers as the servers of the zone do.' },
    quorum: {
      description: 'How many of `resolvers` must answer as expected: `all` (default), `majority` (more than half), or a number.',
      anyOf: [{ enum: ['all', 'majority'] }, { type: 'integer', minimum: 1 }],
    },
    unanswered: {
      enum: ['error', 'ignore', 'fail'],
      default: 'error',
      description:
        'What a resolver that gives no answer (silence, SERVFAIL, REFUSED …) is: `error` (default) leaves open what it would say, `ignore` leaves it out, `fail` counts it as a wrong answer.',
    },
    transport: { enum: ['udp', 'tcp'], description: 'Default `udp`, and TCP when an answer was truncated; `tcp`: TCP alone.' },
    source: { ...word, maxLength: 60, description: 'The address, or the interface, of the asking host to send from.' },
    family: { enum: ['ipv4', 'ipv6'], description: 'Ask only at addresses of this family. Default both.' },
  },
  required: ['name'],
  additionalProperties: false,
} as const

/** As a runbook says it. */
export type DnsNamesSpec = FromSchema<typeof dnsRecordSchema, { keepDefaultedPropertiesOptional: true }>

/** About one of its names. */
export type DnsRecordSpec = Omit<DnsNamesSpec, 'name'> & { readonly name: string }
export type ExpectedData = NonNullable<DnsRecordSpec['contains']>

export const asList = <Item>(value: Item | readonly Item[] | undefined): readonly Item[] =>
  value === undefined ? [] : ((Array.isArray(value) ? value : [value]) as readonly Item[])

/** The entries of `resolvers`, each of which counts once for the quorum. */
export function resolversOf(spec: DnsRecordSpec): readonly string[] {
  if (spec.resolvers !== undefined) return asList(spec.resolvers)
  return [spec.authoritative !== undefined && spec.propagated !== true ? 'authoritative' : 'system']
}

/** One for each name: what is expected holds of every one of them. */
export const eachName = (spec: DnsNamesSpec): readonly DnsRecordSpec[] => asList(spec.name).map((name) => ({ ...spec, name }))
