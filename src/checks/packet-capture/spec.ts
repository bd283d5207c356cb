import type { FromSchema } from 'json-schema-to-ts'
import { most } from '../../facts/capture/index.js'
import { dnsTypes } from '../../lib/dns/types.js'
import { durationPattern } from '../../lib/duration.js'
import { expectationSchema } from '../../lib/expectation.js'

/** What can be counted of TCP flags: of `syn` that a connection is asked for, of the others that the flag is set. */
export const flagNames = ['syn', 'syn-ack', 'ack', 'fin', 'rst', 'psh', 'urg'] as const
export type FlagName = (typeof flagNames)[number]

const count = expectationSchema({ type: 'integer', minimum: 0, maximum: most.packets })

const prefix = { type: 'string', minLength: 1, maxLength: 60, 'x-expected': 'an address or a prefix such as 10.20.0.0/16' } as const
const prefixes = { type: 'array', items: prefix, minItems: 1, uniqueItems: true } as const
const addresses = {
  anyOf: [
    prefix,
    prefixes,
    {
      type: 'object',
      properties: { contains: { anyOf: [prefix, prefixes], description: 'Each of these is among them; others may be.' } },
      required: ['contains'],
      additionalProperties: false,
    },
  ],
} as const

const dns = {
  type: 'object',
  description: 'A question to a DNS server.',
  properties: {
    server: {
      type: 'string',
      minLength: 1,
      maxLength: 100,
      'x-expected': 'the address of a DNS server',
      description: 'The address of the server.',
    },
    name: { type: 'string', minLength: 1, maxLength: 255, description: 'The name that is asked for.' },
    type: { enum: dnsTypes, default: 'A', description: 'The type of record. Default: `A`.' },
  },
  required: ['server', 'name'],
  additionalProperties: false,
} as const

const probe = {
  type: 'object',
  description: 'What is sent once the capture listens: one of `tcp`, `ping` and `dns`.',
  properties: {
    from: {
      type: 'string',
      minLength: 1,
      maxLength: 253,
      description: 'The host of the inventory that sends it. Default: the host that captures.',
    },
    tcp: {
      type: 'string',
      minLength: 1,
      maxLength: 300,
      'x-expected': 'a host with a port such as db1:5432',
      description: 'A TCP connection to this host and port.',
    },
    ping: { type: 'string', minLength: 1, maxLength: 253, 'x-expected': 'a host such as db1', description: 'Echo requests to this host.' },
    dns,
    count: { type: 'integer', minimum: 1, maximum: 100, default: 3, description: 'Echo requests. Default: 3.' },
    source: {
      type: 'string',
      minLength: 1,
      maxLength: 60,
      'x-expected': 'an address or the name of an interface',
      description: 'The address, or the interface, to send from.',
    },
    family: { enum: ['ipv4', 'ipv6'], description: 'Only addresses of this family, where a name has both.' },
  },
  additionalProperties: false,
} as const

export const packetCaptureSchema = {
  type: 'object',
  description: 'What passes an interface of the host, while a probe of ours runs or for a time.',
  properties: {
    interface: {
      type: 'string',
      minLength: 1,
      maxLength: 15,
      'x-expected': 'the name of an interface',
      description: 'The interface to listen on; `any` for all.',
    },
    filter: {
      type: 'string',
      minLength: 1,
      maxLength: 4_000,
      description: 'Which packets count, in the language of tcpdump, pcap-filter(7). Default: all.',
    },
    probe,
    for: {
      type: 'string',
      pattern: durationPattern,
      'x-expected': 'a duration such as 10s',
      description: 'How long to listen, at most 10m. Default: until the probe is answered; without a probe 5s.',
    },
    'until-count': { type: 'integer', minimum: 1, maximum: most.packets, description: 'Stop listening after so many packets.' },
    'snap-length': {
      type: 'integer',
      minimum: 96,
      maximum: most.snapLength,
      default: 512,
      description: 'Bytes kept of each packet. Default: 512.',
    },
    packets: { description: 'How many packets there are.', ...count },
    flags: {
      type: 'object',
      description: 'How many TCP packets have these flags.',
      properties: {
        syn: { description: 'Asking for a connection: SYN without ACK.', ...count },
        'syn-ack': { description: 'Accepting one: SYN and ACK.', ...count },
        ack: { description: 'With ACK.', ...count },
        fin: { description: 'With FIN.', ...count },
        rst: { description: 'With RST.', ...count },
        psh: { description: 'With PSH.', ...count },
        urg: { description: 'With URG.', ...count },
      },
      additionalProperties: false,
      minProperties: 1,
    },
    sources: {
      description: 'The addresses that packets come from: exactly these, or `contains`. A prefix stands for any address in it.',
      ...addresses,
    },
    destinations: { description: 'The addresses that packets go to, likewise.', ...addresses },
    length: {
      description: 'Of every packet on the wire, in bytes, with the header of the link.',
      ...expectationSchema({ type: 'integer', minimum: 0, maximum: 100_000 }),
    },
  },
  required: ['interface'],
  additionalProperties: false,
} as const

export type PacketCaptureSpec = FromSchema<typeof packetCaptureSchema, { keepDefaultedPropertiesOptional: true }>
export type ProbeSpec = NonNullable<PacketCaptureSpec['probe']>
export type CountExpectation = NonNullable<PacketCaptureSpec['packets']>
export type AddressExpectation = NonNullable<PacketCaptureSpec['sources']>

export const asList = <Item>(value: Item | readonly Item[]): readonly Item[] => (Array.isArray(value) ? value : [value]) as readonly Item[]

/** The prefixes of an expectation, and whether there may be no others. */
export function prefixesOf(expectation: AddressExpectation): { readonly prefixes: readonly string[]; readonly isExact: boolean } {
  if (typeof expectation === 'object' && 'contains' in expectation) return { prefixes: asList(expectation.contains), isExact: false }
  return { prefixes: asList(expectation as string | readonly string[]), isExact: true }
}
