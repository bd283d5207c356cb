import type { FromSchema } from 'json-schema-to-ts'
import { durationPattern } from '../../lib/duration.js'
import { expectationSchema } from '../../lib/expectation.js'

const addresses = {
  anyOf: [
    { type: 'string', minLength: 1 },
    { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 },
  ],
} as const

const port = {
  anyOf: [
    { type: 'integer', minimum: 0, maximum: 65_535 },
    { type: 'string', pattern: String.raw`^\d{1,5}-\d{1,5}$` },
  ],
} as const

const outcome = { enum: ['accept', 'drop', 'reject', 'blocked'] } as const
const amount = expectationSchema({ type: 'integer', minimum: 0 })

export const schema = {
  type: 'object',
  description: "What the host's own packet filter, nft or iptables, does with traffic.",
  properties: {
    traffic: {
      description: 'The packets that are asked about. What is not said may be anything.',
      type: 'object',
      properties: {
        direction: {
          description: 'To the host (input, default), from it (output) or through it (forward).',
          enum: ['input', 'output', 'forward'],
        },
        protocol: {
          description: 'Default: tcp. A name, or the number of the protocol. icmp means ICMPv6 in IPv6.',
          anyOf: [
            { type: 'string', minLength: 1 },
            { type: 'integer', minimum: 0, maximum: 255 },
          ],
        },
        port: { description: 'The destination port, or a range: 8000-8010.', ...port },
        'source-port': { description: 'The source port, or a range. Default: any.', ...port },
        from: {
          description: 'Source: an address, a prefix, a list of them, or any. Every address in it must have the verdict.',
          ...addresses,
        },
        to: { description: "Destination. For input: of the host's own addresses; default: all of them.", ...addresses },
        interface: {
          description: 'The interface it comes in by, or an alternative name of it. Default: any but lo.',
          type: 'string',
          minLength: 1,
        },
        'out-interface': {
          description: 'The interface it leaves by; for input: should a rule send it on. Default: any but lo.',
          type: 'string',
          minLength: 1,
        },
        state: {
          description: 'What connection tracking says of it. Default: new, the first packet of a connection.',
          enum: ['new', 'established', 'related', 'invalid', 'untracked'],
        },
        'icmp-type': {
          description: 'For protocol icmp: a name such as echo-request, or a number.',
          anyOf: [
            { type: 'string', minLength: 1 },
            { type: 'integer', minimum: 0, maximum: 255 },
          ],
        },
      },
      additionalProperties: false,
    },
    verdict: { description: 'What becomes of the traffic. blocked is drop or reject.', ...outcome },
    policy: {
      description: 'What becomes of traffic that no rule names: the policy of the chains, or a rule at the end that catches all.',
      type: 'object',
      properties: {
        input: { description: 'Of traffic to the host.', ...outcome },
        forward: { description: 'Of traffic through the host.', ...outcome },
        output: { description: 'Of traffic from the host.', ...outcome },
      },
      additionalProperties: false,
      minProperties: 1,
    },
    counters: {
      description: 'How much rules count within a time.',
      type: 'object',
      properties: {
        over: { description: 'For how long is counted: 5s.', type: 'string', pattern: durationPattern },
        rule: {
          description: 'Which rules: those for which all of this is true. They are counted together.',
          type: 'object',
          properties: {
            table: { description: 'The name of the table: filter.', type: 'string', minLength: 1 },
            chain: { description: 'The name of the chain: INPUT.', type: 'string', minLength: 1 },
            comment: { description: 'The comment of the rule.', type: 'string', minLength: 1 },
            handle: { description: "nft's handle of the rule.", type: 'integer', minimum: 1 },
            text: { description: 'What the text of the rule contains: dport 22.', type: 'string', minLength: 1 },
            policy: { description: "true: the chain's policy, which iptables counts, in place of a rule.", const: true },
          },
          additionalProperties: false,
          minProperties: 1,
        },
        packets: { description: 'How many packets.', ...amount },
        bytes: { description: 'How many bytes.', ...amount },
      },
      required: ['over', 'rule'],
      additionalProperties: false,
    },
    family: { description: 'Default: both, or that of the addresses in the traffic.', enum: ['inet', 'inet6', 'both'] },
  },
  additionalProperties: false,
} as const

export type Spec = FromSchema<typeof schema>
export type Traffic = NonNullable<Spec['traffic']>
export type Wanted = 'accept' | 'drop' | 'reject' | 'blocked'
export type CountersSpec = NonNullable<Spec['counters']>
