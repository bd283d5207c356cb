import { describe, expect, it } from 'vitest'
import { context } from './fixtures.js'
import { problems } from './problems.js'
import { problemsOn } from './problems-on.js'
import type { DnsNamesSpec } from './spec.js'

type Told = readonly [path: string, message: string, hint?: string]

const told = (found: ReturnType<typeof problems>): readonly Told[] =>
  found.map(({ path, message, hint }) => (hint === undefined ? [path.join('.'), message] : [path.join('.'), message, hint]))

const good: readonly DnsNamesSpec[] = [
  { name: 'www.example.com' },
  { name: 'bücher.example.', answers: ['203.0.113.10', { not: '10.0.0.1' }] },
  { name: '*.example.com', type: 'AAAA', answers: '2001:db8::10' },
  { name: '_sip._tcp.example.com', type: 'SRV', contains: '0 5 5060 sip.example.com.' },
  { name: '2001:db8::5', type: 'PTR', answers: 'db1.example.com' },
  { name: 'example.com', type: 'MX', answers: ['0 .'] },
  { name: 'example.com', type: 'CAA', answers: ['0 ISSUE ca.example', '128 issuewild ";"'] },
  { name: 'example.com', type: 'SOA', answers: 'ns1.example.com host.example.com 4294967295 1 2 3 4' },
  { name: 'example.com', type: 'TXT', answers: ['', '"quoted"'] },
  { name: '.', type: 'NS', count: { min: 1 } },
  { name: ['www.example.com', 'shop.example.com'], answers: '203.0.113.10' },
  { name: 'www.example.com', absent: true, rcode: 'NXDOMAIN', ttl: { max: '1h' } },
  { name: 'www.example.com', resolvers: ['kt', '10.0.0.53:5353', '[::1]:53', '::1', 'system', 'authoritative'], quorum: 6 },
  { name: 'www.example.com', authoritative: ['ns1.example.com', '192.0.2.1', '[2001:db8::1]:5353'] },
  { name: 'www.example.com', authoritative: ['ns1'], propagated: true, resolvers: 'kt' },
  { name: 'www.example.com', source: 'eth0', family: 'ipv6' },
]

const label = 'a'.repeat(60)

const bad: readonly (readonly [spec: DnsNamesSpec, problems: readonly Told[]])[] = [
  [
    { name: `${label}.${label}.${label}.${label}.${label}` },
    [['name', 'expected a domain name, found a name of 304 octets; a name has at most 253 (RFC 1035 section 2.3.4)']],
  ],
  [
    { name: ['www.example.com', 'www..example.com', '10.0.0.1'], answers: '2001:db8::1' },
    [
      ['name.1', 'expected a domain name, found an empty label: two dots in a row, or one at the beginning'],
      ['name.2', '10.0.0.1 is an address, and has no A record', 'its name is asked for with `type: PTR`'],
      ['answers', 'expected an IPv4 address, found "2001:db8::1"', 'write `type: AAAA` for such addresses'],
    ],
  ],
  [{ name: 'www..example.com' }, [['name', 'expected a domain name, found an empty label: two dots in a row, or one at the beginning']]],
  [{ name: 'https://www.example.com' }, [['name', 'expected a domain name, found a URL, not a domain name', 'Write the host name alone.']]],
  [{ name: '10.0.0.1' }, [['name', '10.0.0.1 is an address, and has no A record', 'its name is asked for with `type: PTR`']]],
  [
    { name: 'a.example', answers: ['203.0.113.10', '2001:db8::1'] },
    [['answers.1', 'expected an IPv4 address, found "2001:db8::1"', 'write `type: AAAA` for such addresses']],
  ],
  [{ name: 'a.example', answers: '10.1' }, [['answers', 'expected an IPv4 address, found "10.1"', 'write it like 203.0.113.10']]],
  [
    { name: 'a.example', contains: { 'one-of': ['10.0.0.1', 'b.example'] } },
    [['contains.one-of.1', 'expected an IPv4 address, found "b.example"', 'a name is what an alias holds: `type: CNAME`']],
  ],
  [
    { name: 'a.example', type: 'AAAA', answers: { not: '10.0.0.1' } },
    [['answers.not', 'expected an IPv6 address, found "10.0.0.1"', 'write `type: A` for such addresses']],
  ],
  [{ name: 'a.example', type: 'CNAME', answers: '10.0.0.1' }, [['answers', 'expected a domain name, found the address 10.0.0.1']]],
  [{ name: 'a.example', type: 'NS', answers: 'ns 1' }, [['answers', 'expected a domain name, found "ns 1": white space in a domain name']]],
  [
    { name: 'a.example', type: 'MX', answers: 'mail.example.com' },
    [['answers', 'expected a preference and a name, found "mail.example.com"', 'write it like "10 mail.example.com"']],
  ],
  [
    { name: 'a.example', type: 'MX', answers: '70000 mail.example.com' },
    [['answers', 'expected a preference and a name, found "70000 mail.example.com"', 'write it like "10 mail.example.com"']],
  ],
  [
    { name: 'a.example', type: 'SRV', answers: '0 5 sip.example.com' },
    [['answers', 'expected priority, weight, port and a name, found "0 5 sip.example.com"', 'write it like "0 5 5060 sip.example.com"']],
  ],
  [
    { name: 'a.example', type: 'CAA', answers: '256 issue "x"' },
    [['answers', 'expected flags, a tag and a value, found "256 issue \\"x\\""', `write it like '0 issue "ca.example"'`]],
  ],
  [
    { name: 'a.example', answers: [{ min: '10.0.0.1' }] },
    [['answers.0.min', '`min` needs numbers, and a record is none', 'use one-of, not or matches']],
  ],
  [{ name: 'a.example', ttl: { min: '10m', max: '300s' } }, [['ttl.min', '`min` 10m is more than `max` 300s']]],
  [{ name: 'a.example', count: { min: 3, max: 2 } }, [['count.min', '`min` 3 is more than `max` 2']]],
  [{ name: 'a.example', rcode: { min: 'NOERROR' } }, [['rcode.min', '`min` needs an order, and response codes have none', 'use one-of']]],
  [
    { name: 'a.example', absent: true, answers: '10.0.0.1', count: 1 },
    [
      ['answers', '`answers` has no meaning with `absent`', 'leave one of the two out'],
      ['count', '`count` has no meaning with `absent`', 'leave one of the two out'],
    ],
  ],
  [
    { name: 'a.example', rcode: 'NXDOMAIN', contains: '10.0.0.1' },
    [['contains', 'no records come with the response code that `rcode` asks for', 'leave out `contains`']],
  ],
  [
    { name: 'a.example', authoritative: ['ns1'], resolvers: ['kt'] },
    [['authoritative', 'these servers are named, but nothing asks them', 'add authoritative to `resolvers`, or write `propagated: true`']],
  ],
  [
    { name: 'a.example', authoritative: ['system', '192.0.2.1:0', 'ns 1'] },
    [
      ['authoritative.0', 'expected the name or the address of a name server, found the word "system"'],
      ['authoritative.1', 'expected a name server, found "192.0.2.1:0": "0" is not a port: they are 1 to 65535'],
      ['authoritative.2', 'expected a name server, found "ns 1": this is neither a name nor an address'],
    ],
  ],
  [
    { name: 'a.example', authenticated: true, resolvers: 'authoritative' },
    [['authenticated', 'the servers of a zone do not validate what they say', 'ask a resolver that validates, such as quad9 or google']],
  ],
  [
    { name: 'a.example', resolvers: ['10.0.0', 'tls://1.1.1.1', 'kt:53', '[10.0.0.53]:70000'] },
    [
      ...(
        [
          ['10.0.0', 'this is neither a name nor an address'],
          ['tls://1.1.1.1', 'only plain DNS is spoken, over UDP and TCP, not TLS or HTTPS'],
          ['kt:53', 'a port needs an address before it, and "kt" is none'],
          ['[10.0.0.53]:70000', '"70000" is not a port: they are 1 to 65535'],
        ] as const
      ).map(
        ([text, why], index): Told => [
          `resolvers.${index}`,
          `expected a resolver, found "${text}": ${why}`,
          'write google, 10.0.0.53, "10.0.0.53:5353", "[2001:db8::53]:5353", system or authoritative',
        ],
      ),
    ],
  ],
  [
    { name: 'a.example', resolvers: ['kt', 'skb'], quorum: 3 },
    [['quorum', '3 of 2 resolvers can never answer', 'each entry of `resolvers` counts once, however many addresses it has']],
  ],
  [{ name: 'a.example', source: 'a b' }, [['source', 'expected an address or the name of an interface, found "a b"']]],
  [{ name: 'a.example', source: '10.0.0.1', family: 'ipv6' }, [['source', '10.0.0.1 is not an IPv6 address, which `family` asks for']]],
  [
    { name: 'a.example', source: '10.0.0.1', resolvers: ['::1'] },
    [['source', '::1 cannot be asked from 10.0.0.1: one is an IPv4 address, the other IPv6']],
  ],
]

describe('a specification', () => {
  it.each(good)('%j is right', (spec) => {
    expect(problems(spec)).toEqual([])
  })

  it.each(bad)('%j is not', (spec, expected) => {
    expect(told(problems(spec))).toEqual(expected)
  })
})

describe('a resolver, by the inventory,', () => {
  const name = 'a.example'

  it.each([
    [{ name, resolvers: ['kt', 'skb', 'system', 'authoritative', '10.0.0.53'] }],
    [{ name, resolvers: 'google', family: 'ipv6' } as const],
    // One address, two ports.
    [{ name, resolvers: ['10.0.0.53', 'office'] }],
    [{ name }],
  ])('is known: %j', (spec) => {
    expect(problemsOn(spec, context)).toEqual([])
  })

  it.each<readonly [DnsNamesSpec, readonly Told[]]>([
    [{ name, resolvers: ['skbb', 'kt'] }, [['resolvers.0', 'no resolver is called "skbb"', 'did you mean "skb"?']]],
    [{ name, resolvers: 'sistem' }, [['resolvers', 'no resolver is called "sistem"', 'did you mean "system"?']]],
    [
      { name, resolvers: ['headquarters'] },
      [
        [
          'resolvers.0',
          'no resolver is called "headquarters"',
          'see `netproof list resolvers`; an inventory adds its own: `resolvers: { office: [10.0.0.53] }`',
        ],
      ],
    ],
    [
      { name, resolvers: ['ns-a'] },
      [
        [
          'resolvers.0',
          'no resolver is called "ns-a"',
          'ns-a is a host: write its address, or name it in the inventory: `resolvers: { ns-a: [address] }`',
        ],
      ],
    ],
    [{ name, resolvers: ['kt'], family: 'ipv6' }, [['resolvers.0', 'kt has no address of the family that is asked for']]],
    [{ name, resolvers: ['::1'], source: '10.0.0.1' }, [['resolvers.0', '::1 has no address of the family that is asked for']]],
    [
      { name, resolvers: ['kt', 'kornet'] },
      [['resolvers.1', 'kornet and kt are the same resolver (168.126.63.1)', 'name it once: each entry counts for the quorum']],
    ],
    [
      { name, resolvers: ['google', '8.8.8.8'] },
      [['resolvers.1', '8.8.8.8 and google are the same resolver (8.8.8.8)', 'name it once: each entry counts for the quorum']],
    ],
  ])('is wrong: %j', (spec, expected) => {
    expect(told(problemsOn(spec, context))).toEqual(expected)
  })
})
