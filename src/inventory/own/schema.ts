import type { FromSchema } from 'json-schema-to-ts'
import { platforms } from '../../model/platform.js'

/** A name is a word of host patterns: it cannot hold what separates them, nor begin like an exclusion or an option. */
const text = { type: 'string', minLength: 1 } as const
const word = { ...text, pattern: String.raw`^[^\s,!&~-][^\s,]*$`, 'x-expected': 'a name without white space and commas' } as const
const words = { type: 'array', items: text } as const
const names = { anyOf: [word, { type: 'array', items: word }] } as const
const vars = { description: `For \${name} in runbooks.`, type: 'object' } as const

const hostProperties = {
  address: { description: 'What is connected to and probed; default the name of the host.', ...text },
  platform: { description: 'The operating system; default linux.', enum: platforms },
  transport: { description: 'How the host is reached; default ssh, or exec where command is given.', enum: ['local', 'ssh', 'exec'] },
  command: { description: 'The wrapper of transport exec: [ip, netns, exec, box].', ...words, minItems: 1 },
  user: { description: "The login; default what the user's own ssh configuration says.", ...text },
  port: { description: 'Of the SSH server.', type: 'integer', minimum: 1, maximum: 65_535 },
  'identity-file': { description: 'The private key for the login.', ...text },
  'ssh-args': { description: 'Further arguments of ssh.', ...words },
  become: { description: 'How facts that need privileges get them; default none.', enum: ['none', 'sudo'] },
  groups: { description: 'The groups this host is in.', ...names },
  vars,
} as const

const { address: _address, ...sharedProperties } = hostProperties
const host = { type: 'object', properties: hostProperties, additionalProperties: false } as const

const addresses = { ...words, minItems: 1, uniqueItems: true } as const

const resolver = {
  type: 'object',
  properties: {
    addresses,
    port: { description: 'Default 53.', type: 'integer', minimum: 1, maximum: 65_535 },
    rate: { description: 'The most queries a second from one host to each address; default no bound.', type: 'integer', minimum: 1 },
    aliases: { description: 'Other names for it.', ...names },
    operator: { description: 'Who runs it.', ...text },
    scope: {
      description: 'Who gets answers: anybody, only its own customers, or unknown (default any).',
      enum: ['any', 'on-net', 'unverified'],
    },
    filter: {
      description: 'What it leaves out of its answers; default none.',
      enum: ['none', 'malware', 'family', 'ads', 'legal'],
    },
  },
  required: ['addresses'],
  additionalProperties: false,
} as const

export const inventorySchema = {
  type: 'object',
  properties: {
    version: { description: 'Of the format of inventories.', const: 1, 'x-expected': 'version 1' },
    defaults: {
      description: 'For every host that does not say otherwise.',
      type: 'object',
      properties: sharedProperties,
      additionalProperties: false,
    },
    hosts: { type: 'object', propertyNames: word, additionalProperties: { anyOf: [host, { type: 'null' }] } },
    groups: {
      type: 'object',
      propertyNames: word,
      additionalProperties: {
        type: 'object',
        properties: { hosts: names, children: names, vars },
        additionalProperties: false,
      },
    },
    routers: {
      description: 'Names for addresses that one device answers from.',
      type: 'object',
      additionalProperties: addresses,
    },
    resolvers: {
      description: 'DNS resolvers by name: added to, or in place of, the built-in catalogue.',
      type: 'object',
      propertyNames: word,
      additionalProperties: { anyOf: [addresses, resolver] },
    },
  },
  required: ['version', 'hosts'],
  additionalProperties: false,
} as const

export type OwnInventory = FromSchema<typeof inventorySchema>
export type OwnHost = FromSchema<typeof host>
export type OwnResolver = FromSchema<typeof resolver>
