import type { FromSchema } from 'json-schema-to-ts'

const name = '^[a-z][a-z0-9-]{0,30}$'
const text = { type: 'string' } as const
const files = { type: 'object', additionalProperties: { type: 'string' } } as const

const route = {
  type: 'object',
  description: 'As in `ip route add`; `to: default` is of the family of `via`, IPv4 without one.',
  properties: {
    to: text,
    via: text,
    dev: text,
    src: text,
    metric: { type: 'integer' },
    table: { type: ['integer', 'string'] },
    proto: text,
    type: { enum: ['unicast', 'blackhole', 'unreachable', 'prohibit', 'throw', 'local'] },
    nexthops: {
      type: 'array',
      minItems: 2,
      items: {
        type: 'object',
        properties: { via: text, dev: text, weight: { type: 'integer' } },
        additionalProperties: false,
      },
    },
  },
  required: ['to'],
  additionalProperties: false,
} as const

const service = {
  type: 'object',
  description: 'A listener. All of one host that share a process name and a user are one process.',
  properties: {
    tcp: { type: ['integer', 'string'], description: 'A port, or a range: 9001-9020.' },
    udp: { type: ['integer', 'string'] },
    address: { ...text, description: 'Default 0.0.0.0; `::` serves IPv4 too unless `v6only`.' },
    v6only: { type: 'boolean' },
    process: { ...text, description: 'The name `ss -p` shows; default lab-service.', pattern: '^[A-Za-z0-9_.-]{1,15}$' },
    user: text,
    say: { ...text, description: 'Sent on every connection (TCP) or in answer to a datagram (UDP; default: the datagram itself).' },
    after: {
      enum: ['hold', 'close', 'reset', 'ignore'],
      description: 'What follows; default hold. `ignore`: connections are never accepted.',
    },
    backlog: { type: 'integer', minimum: 0 },
  },
  oneOf: [{ required: ['tcp'] }, { required: ['udp'] }],
  additionalProperties: false,
} as const

const sshd = {
  type: 'object',
  properties: {
    port: { type: 'integer' },
    user: { ...text, description: 'Who logs in; made when it is not root.' },
    sudo: { type: 'boolean', description: 'The user may run anything through sudo without a password.' },
    shell: { ...text, description: "The login shell's program text, with its #! line." },
    home: { ...files, description: 'Files of the home directory, such as .bashrc.' },
    banner: text,
    options: { type: 'array', items: text, description: 'Lines of sshd_config; they win over the usual ones.' },
    authorized: { type: 'boolean', description: 'false: the key of the lab is refused.' },
    'wrong-host-key': { type: 'boolean', description: 'Answers with another key than the one in known_hosts.' },
    impostor: {
      enum: ['silent', 'banner', 'reset'],
      description: 'No sshd at all, but a listener that says nothing, says only its version, or resets the connection.',
    },
  },
  additionalProperties: false,
} as const

const dns = {
  type: 'object',
  description: 'A name server on all addresses of the host: nsd for `zones`, otherwise unbound.',
  properties: {
    zones: { ...files, description: 'Master files by the name of the zone.' },
    roots: { type: 'array', items: text, description: 'Addresses of the root servers that a resolver begins with.' },
    options: { type: 'array', items: text, description: 'Lines of the section `server:` of unbound.conf.' },
    refuses: { type: 'boolean', description: 'It answers REFUSED to everybody.' },
  },
  oneOf: [{ required: ['zones'] }, { required: ['roots'] }],
  additionalProperties: false,
} as const

const host = {
  type: 'object',
  properties: {
    dns,
    lans: {
      type: 'object',
      description: 'Interfaces by the LAN they are in; they are called eth0, eth1 … in this order.',
      propertyNames: { pattern: '^[a-z][a-z0-9-]{0,11}$' },
      additionalProperties: {
        type: 'object',
        properties: {
          address: { anyOf: [text, { type: 'array', items: text }], description: 'With the length of its prefix.' },
          dev: { ...text, pattern: '^[A-Za-z0-9_.-]{1,15}$' },
        },
        additionalProperties: false,
      },
    },
    ip: { type: 'array', items: text, description: 'Further lines of `ip -batch`, run before the routes: link add stub0 up type bridge.' },
    routes: { type: 'array', items: route },
    services: { type: 'array', items: service },
    ssh: { anyOf: [{ type: 'boolean', const: true }, sshd] },
    etc: { ...files, description: 'Files laid over those in /etc, by their path below it.' },
    root: {
      ...files,
      description:
        'Files of a root of its own, by their path: nothing of this machine is in its /etc but what programs need, nor in its /run.',
    },
    sysctl: { type: 'object', additionalProperties: { type: ['string', 'integer'] } },
    firewall: { ...text, description: 'A ruleset for `nft -f`.' },
    forwarding: { type: 'boolean', description: 'Default: true for routers, false for hosts.' },
    groups: { type: 'array', items: text },
    vars: { type: 'object' },
  },
  additionalProperties: false,
} as const

const named = <const Items extends object>(items: Items) =>
  ({ type: 'object', propertyNames: { pattern: name }, additionalProperties: items }) as const

/** Of a topology file: hosts on LANs, and what runs on them. */
export const topologySchema = {
  type: 'object',
  properties: {
    hosts: named(host),
    routers: named(host),
    absent: {
      ...named({
        type: 'object',
        properties: { address: text, groups: { type: 'array', items: text } },
        required: ['address'],
        additionalProperties: false,
      }),
      description: 'Hosts that inventories name, but that are not there.',
    },
  },
  required: ['hosts'],
  additionalProperties: false,
} as const

export type HostSpec = FromSchema<typeof host>
export type DnsSpec = FromSchema<typeof dns>
export type RouteSpec = FromSchema<typeof route>
export type ServiceSpec = FromSchema<typeof service>
export type SshSpec = FromSchema<typeof sshd>

/** Written out, since what JSON Schema says of maps loses their values' types on the way. */
export interface Topology {
  readonly hosts: Readonly<Record<string, HostSpec>>
  readonly routers?: Readonly<Record<string, HostSpec>>
  readonly absent?: Readonly<Record<string, { readonly address: string; readonly groups?: readonly string[] }>>
}
