import { describe, expect, it } from 'vitest'
import type { DnsQuery } from '../../facts/dns-query/index.js'
import type { Finding } from '../../model/check.js'
import { answered, context, contextWith, denied, record, resolver, silence, solve } from './fixtures.js'
import { dnsRecord } from './index.js'
import type { DnsRecordSpec } from './spec.js'

const www: DnsRecordSpec = { name: 'www.example.com', resolvers: ['10.0.0.53'] }

interface Case {
  readonly of: string
  readonly spec: Partial<Omit<DnsRecordSpec, 'name'>> & { readonly name?: string }
  readonly answer: DnsQuery
  readonly verdict: Finding['verdict']
  readonly expected: string
  readonly actual: string
  readonly message?: string
}

const mayBeOld = (seconds: number): string =>
  `It may have kept an older answer, for ${seconds} s more at most; \`resolvers: [authoritative]\` shows what the zone itself says.`
const dig = '`dig @10.0.0.53 www.example.com A`'

const cases: readonly Case[] = [
  {
    of: 'the one address',
    spec: { answers: '203.0.113.10' },
    answer: answered(['www.example.com 300 A 203.0.113.10']),
    verdict: 'pass',
    expected: '203.0.113.10',
    actual: '203.0.113.10, TTL 300 s',
  },
  {
    of: 'the set in another order',
    spec: { answers: ['203.0.113.11', '203.0.113.10'] },
    answer: answered(['www.example.com 300 A 203.0.113.10', 'www.example.com 60 A 203.0.113.11']),
    verdict: 'pass',
    expected: '203.0.113.11, 203.0.113.10',
    actual: '203.0.113.10, 203.0.113.11, TTL 60 to 300 s',
  },
  {
    of: 'an address too many',
    spec: { answers: ['203.0.113.10'] },
    answer: answered(['www.example.com 300 A 203.0.113.10', 'www.example.com 300 A 198.51.100.10']),
    verdict: 'fail',
    expected: '203.0.113.10',
    actual: '198.51.100.10, 203.0.113.10, TTL 300 s',
    message: `Not expected: 198.51.100.10. ${mayBeOld(300)}`,
  },
  {
    of: 'an address too few',
    spec: { answers: ['203.0.113.10', '203.0.113.11'] },
    answer: answered(['www.example.com 300 A 203.0.113.10']),
    verdict: 'fail',
    expected: '203.0.113.10, 203.0.113.11',
    actual: '203.0.113.10, TTL 300 s',
    message: `Missing: 203.0.113.11. ${mayBeOld(300)}`,
  },
  {
    of: 'another address',
    spec: { answers: '203.0.113.10' },
    answer: answered(['www.example.com 512 A 198.51.100.10']),
    verdict: 'fail',
    expected: '203.0.113.10',
    actual: '198.51.100.10, TTL 512 s',
    message: mayBeOld(512),
  },
  {
    of: 'an address among others',
    spec: { contains: '203.0.113.10', count: { min: 2 } },
    answer: answered(['www.example.com 300 A 203.0.113.10', 'www.example.com 300 A 198.51.100.10']),
    verdict: 'pass',
    expected: 'among others 203.0.113.10; at least 2 of type A',
    actual: '198.51.100.10, 203.0.113.10, TTL 300 s',
  },
  {
    of: 'an address that must be gone',
    spec: { answers: { not: '198.51.100.10' } },
    answer: answered(['www.example.com 300 A 203.0.113.10', 'www.example.com 300 A 198.51.100.10']),
    verdict: 'fail',
    expected: 'not 198.51.100.10',
    actual: '198.51.100.10, 203.0.113.10, TTL 300 s',
    message: `Not expected: 198.51.100.10. ${mayBeOld(300)}`,
  },
  {
    of: 'any of two addresses',
    spec: { answers: { 'one-of': ['203.0.113.10', '203.0.113.11'] } },
    answer: answered(['www.example.com 300 A 203.0.113.11']),
    verdict: 'pass',
    expected: 'one of 203.0.113.10, 203.0.113.11',
    actual: '203.0.113.11, TTL 300 s',
  },
  {
    of: 'a number of records',
    spec: { count: 2 },
    answer: answered(['www.example.com 300 A 203.0.113.10']),
    verdict: 'fail',
    expected: '2 of type A',
    actual: '203.0.113.10, TTL 300 s',
    message: `The number of records is 1. ${mayBeOld(300)}`,
  },
  {
    of: 'any record at all',
    spec: {},
    answer: denied('NXDOMAIN'),
    verdict: 'fail',
    expected: 'an A record',
    actual: 'no such name (NXDOMAIN), TTL 600 s',
    message: mayBeOld(600),
  },
  {
    of: 'a name without such a record',
    spec: { type: 'AAAA', answers: '2001:DB8::10' },
    answer: denied('NOERROR'),
    verdict: 'fail',
    expected: '2001:db8::10',
    actual: 'no AAAA record (NOERROR), TTL 600 s',
    message: mayBeOld(600),
  },
  {
    of: 'the final addresses of an alias',
    spec: { answers: '203.0.113.10' },
    answer: answered([
      'edge.cdn.example 20 A 203.0.113.10',
      'www.example.com 300 CNAME cdn.example',
      'cdn.example 60 CNAME edge.cdn.example',
    ]),
    verdict: 'pass',
    expected: '203.0.113.10',
    actual: '203.0.113.10, TTL 20 s, by the alias edge.cdn.example',
  },
  {
    of: 'an alias that ends elsewhere',
    spec: { answers: '203.0.113.10' },
    answer: answered(['www.example.com 300 CNAME old.cdn.example', 'old.cdn.example 20 A 198.51.100.10']),
    verdict: 'fail',
    expected: '203.0.113.10',
    actual: '198.51.100.10, TTL 20 s, by the alias old.cdn.example',
    message: `The aliases: www.example.com → old.cdn.example. ${mayBeOld(300)}`,
  },
  {
    of: 'an alias that ends nowhere',
    spec: { answers: '203.0.113.10' },
    answer: answered(['www.example.com 300 CNAME old.cdn.example'], {
      rcode: 'NXDOMAIN',
      authorities: [record('cdn.example 60 SOA ns.cdn.example host.cdn.example 7 1 1 1 30')],
    }),
    verdict: 'fail',
    expected: '203.0.113.10',
    actual: 'no such name (NXDOMAIN), TTL 30 s, by the alias old.cdn.example',
    message: `The alias leads nowhere: www.example.com is another name for old.cdn.example, which does not exist. ${mayBeOld(300)}`,
  },
  {
    of: 'aliases in a circle',
    spec: { answers: '203.0.113.10' },
    answer: answered(['www.example.com 300 CNAME cdn.example', 'cdn.example 60 CNAME www.example.com']),
    verdict: 'fail',
    expected: '203.0.113.10',
    actual: 'aliases that go in a circle',
    message: 'The aliases lead in a circle: www.example.com → cdn.example → www.example.com. One of these CNAME records has to go.',
  },
  {
    of: 'many aliases in a row, which are no circle',
    spec: { answers: '203.0.113.10' },
    answer: answered([
      'www.example.com 300 CNAME 0.example',
      ...Array.from({ length: 50 }, (_, at) => `${at}.example 300 CNAME ${at + 1}.example`),
      '50.example 300 A 203.0.113.10',
    ]),
    verdict: 'pass',
    expected: '203.0.113.10',
    actual: '203.0.113.10, TTL 300 s, by the alias 50.example',
  },
  {
    of: 'a circle where nothing may be',
    spec: { absent: true },
    answer: answered(['www.example.com 300 CNAME www.example.com']),
    verdict: 'error',
    expected: 'no A record',
    actual: 'aliases that go in a circle',
    message: 'Aliases that go in a circle do not prove that there is no record: look at the CNAME records.',
  },
  {
    of: 'mail servers, with names in any case and with a final dot',
    spec: { name: 'example.com', type: 'MX', answers: ['10 Mail1.example.com.', '20  mail2.example.com'] },
    answer: answered(['example.com 300 MX 20 mail2.example.com', 'example.com 300 MX 10 mail1.example.com']),
    verdict: 'pass',
    expected: '10 mail1.example.com, 20 mail2.example.com',
    actual: '10 mail1.example.com, 20 mail2.example.com, TTL 300 s',
  },
  {
    of: 'text that differs in white space',
    spec: { name: 'example.com', type: 'TXT', answers: 'v=spf1 -all' },
    answer: answered(['example.com 300 TXT v=spf1  -all']),
    verdict: 'fail',
    expected: '"v=spf1 -all"',
    actual: '"v=spf1  -all", TTL 300 s',
    message: `Missing: "v=spf1 -all". Not expected: "v=spf1  -all". They differ only in case, white space or quotes. ${mayBeOld(300)}`,
  },
  {
    of: 'one text of several, by a pattern',
    spec: { name: 'example.com', type: 'TXT', contains: { matches: '^v=spf1 .*-all$' } },
    answer: answered(['example.com 300 TXT google-site-verification=x', 'example.com 300 TXT v=spf1 mx -all']),
    verdict: 'pass',
    expected: 'among others matching /^v=spf1 .*-all$/',
    actual: '"google-site-verification=x", "v=spf1 mx -all", TTL 300 s',
  },
  {
    of: 'a TTL that is not lowered yet',
    spec: { answers: '203.0.113.10', ttl: { max: '5m' } },
    answer: answered(['www.example.com 3600 A 203.0.113.10']),
    verdict: 'fail',
    expected: '203.0.113.10; TTL at most 300 s',
    actual: '203.0.113.10, TTL 3600 s',
    message: 'The TTLs are 3600 s.',
  },
  {
    of: 'a TTL that is lowered, but not that of the alias',
    spec: { ttl: { max: '5m' } },
    answer: answered(['www.example.com 3600 CNAME cdn.example', 'cdn.example 60 A 203.0.113.10']),
    verdict: 'fail',
    expected: 'an A record; TTL at most 300 s',
    actual: '203.0.113.10, TTL 60 s, by the alias cdn.example',
    message: 'The TTLs are 3600 s of the alias www.example.com, 60 s. The aliases: www.example.com → cdn.example.',
  },
  {
    of: 'a TTL that was counted down',
    spec: { ttl: '300s' },
    answer: answered(['www.example.com 299 A 203.0.113.10']),
    verdict: 'fail',
    expected: 'an A record; TTL 300 s',
    actual: '203.0.113.10, TTL 299 s',
    message: 'The TTLs are 299 s. A resolver counts it down: only the servers of the zone show it whole.',
  },
  {
    of: 'an answer that comes validated',
    spec: { authenticated: true },
    answer: answered(['www.example.com 300 A 203.0.113.10'], { authenticData: true }),
    verdict: 'pass',
    expected: 'an A record; authenticated (AD)',
    actual: '203.0.113.10, TTL 300 s, authenticated',
  },
  {
    of: 'an answer that does not',
    spec: { authenticated: true },
    answer: answered(['www.example.com 300 A 203.0.113.10']),
    verdict: 'fail',
    expected: 'an A record; authenticated (AD)',
    actual: '203.0.113.10, TTL 300 s, not authenticated',
    message: 'The answer does not come validated (AD): the zone is not signed, or this resolver does not validate.',
  },
  {
    of: 'a name that must not be',
    spec: { absent: true, ttl: { max: '15m' } },
    answer: denied('NXDOMAIN'),
    verdict: 'pass',
    expected: 'no A record; TTL at most 900 s',
    actual: 'no such name (NXDOMAIN), TTL 600 s',
  },
  {
    of: 'a name that must not be, and is',
    spec: { absent: true },
    answer: answered(['www.example.com 300 A 203.0.113.10']),
    verdict: 'fail',
    expected: 'no A record',
    actual: '203.0.113.10, TTL 300 s',
    message: `There must be no A record. ${mayBeOld(300)}`,
  },
  {
    of: 'no name, not only no record',
    spec: { rcode: 'NXDOMAIN' },
    answer: denied('NOERROR'),
    verdict: 'fail',
    expected: 'response code NXDOMAIN',
    actual: 'no A record (NOERROR), TTL 600 s',
    message: `The response code is NOERROR. ${mayBeOld(600)}`,
  },
  {
    of: 'a negative answer that does not say how long it holds',
    spec: { absent: true, ttl: { max: '15m' } },
    answer: answered([], { rcode: 'NXDOMAIN' }),
    verdict: 'error',
    expected: 'no A record; TTL at most 900 s',
    actual: 'no such name (NXDOMAIN)',
    message: 'The negative answer came without a SOA record, so that it does not tell how long it holds (RFC 2308).',
  },
  {
    of: 'a refusal that is wanted',
    spec: { rcode: 'REFUSED' },
    answer: answered([], { rcode: 'REFUSED' }),
    verdict: 'pass',
    expected: 'response code REFUSED',
    actual: 'REFUSED',
  },
  {
    of: 'a failure that only a negation would allow',
    spec: { rcode: { not: 'NXDOMAIN' } },
    answer: answered([], { rcode: 'SERVFAIL', extendedErrors: ['22 No Reachable Authority: at delegation example.com'] }),
    verdict: 'error',
    expected: 'response code not NXDOMAIN',
    actual: 'SERVFAIL',
    message:
      'The resolver did not find out: the servers of the zone do not answer it, or the answer fails DNSSEC validation. Look at `dig +cd @10.0.0.53 www.example.com A`: an answer there, and none without `+cd`, means DNSSEC. It says: 22 No Reachable Authority: at delegation example.com.',
  },
  {
    of: 'a refusal where nothing may be',
    spec: { absent: true },
    answer: answered([], { rcode: 'REFUSED' }),
    verdict: 'error',
    expected: 'no A record',
    actual: 'REFUSED',
    message: 'It does not answer web1: an access list, a limit on the rate of queries, or a server that answers for its own zones only.',
  },
  {
    of: 'a response code that nobody wants',
    spec: {},
    answer: answered([], { rcode: 'NOTIMP' }),
    verdict: 'error',
    expected: 'an A record',
    actual: 'NOTIMP',
    message: `It could not deal with the query: look at ${dig} on web1.`,
  },
  {
    of: 'silence where nothing may be',
    spec: { absent: true },
    answer: silence('timeout'),
    verdict: 'error',
    expected: 'no A record',
    actual: 'no answer, asked 3 times',
    message: `Nothing came back: a firewall drops DNS between web1 and 10.0.0.53, or the server is down or overloaded. Look at ${dig} on web1, and at the firewall's rules for port 53.`,
  },
  {
    of: 'silence over TCP',
    spec: { transport: 'tcp' },
    answer: silence('timeout', { transport: 'tcp', detail: 'connect' }),
    verdict: 'error',
    expected: 'an A record',
    actual: 'no answer over TCP (connect)',
    message: `Nothing came back: a firewall drops DNS between web1 and 10.0.0.53, or the server is down or overloaded. Look at ${dig} on web1, and at the firewall's rules for port 53.`,
  },
  {
    of: 'an ICMP error',
    spec: {},
    answer: silence('rejected', { detail: 'ECONNREFUSED' }),
    verdict: 'error',
    expected: 'an A record',
    actual: 'rejected (ECONNREFUSED)',
    message: `The host answers, but no DNS server listens at this address, or a REJECT rule forbids it. Look at ${dig} on web1.`,
  },
  {
    of: 'an ICMP error of a firewall',
    spec: {},
    answer: silence('rejected', { detail: 'EHOSTUNREACH, ICMP 3/13 from 10.0.0.1' }),
    verdict: 'error',
    expected: 'an A record',
    actual: 'rejected (EHOSTUNREACH, ICMP 3/13 from 10.0.0.1)',
    message: `A firewall forbids it, or no DNS server listens at this address. Look at ${dig} on web1.`,
  },
  {
    of: 'an ICMP error of a router',
    spec: {},
    answer: silence('rejected', { detail: 'ENETUNREACH, ICMP 3/0 from 10.0.0.1' }),
    verdict: 'error',
    expected: 'an A record',
    actual: 'rejected (ENETUNREACH, ICMP 3/0 from 10.0.0.1)',
    message: `A router on the way has no route to it, or the host there is down. Look at ${dig} on web1, and at \`traceroute\`.`,
  },
  {
    of: 'garbage',
    spec: { absent: true },
    answer: silence('malformed', { detail: 'a compression loop' }),
    verdict: 'error',
    expected: 'no A record',
    actual: 'an answer that cannot be read: a compression loop',
    message: `What answers there does not speak DNS as it should, or something on the way changes it. Look at ${dig} on web1.`,
  },
  {
    of: 'answers with another id',
    spec: { absent: true },
    answer: silence('mismatched', { detail: '3 with another id' }),
    verdict: 'error',
    expected: 'no A record',
    actual: 'only answers to something else: 3 with another id',
    message: `The answers had another id, another question or another sender: a broken server or NAT, or somebody who guesses. Look at ${dig} on web1.`,
  },
  {
    of: 'a source that is not there',
    spec: { source: '192.0.2.7' },
    answer: silence('source-error', { detail: 'EADDRNOTAVAIL' }),
    verdict: 'error',
    expected: 'an A record',
    actual: 'not asked: the source could not be used (EADDRNOTAVAIL)',
    message: 'Nothing was sent: web1 cannot send from there. Look at `ip address` on web1, and at `source` in the runbook.',
  },
  {
    of: 'a host without a route',
    spec: {},
    answer: silence('local-error', { detail: 'ENETUNREACH' }),
    verdict: 'error',
    expected: 'an A record',
    actual: 'not asked: the host itself keeps the query back (ENETUNREACH)',
    message: 'Nothing was sent: no route of web1 leads there, or a rule of its own forbids it. Look at `ip route get 10.0.0.53` on web1.',
  },
  {
    of: 'a host without buffers',
    spec: { absent: true },
    answer: silence('local-error', { detail: 'ENOBUFS' }),
    verdict: 'error',
    expected: 'no A record',
    actual: 'not asked: the host itself keeps the query back (ENOBUFS)',
    message:
      'Nothing was sent: web1 is short of buffers, or its neighbour table is full. Look at `dmesg` and `sysctl net.ipv4.neigh.default.gc_thresh3` there.',
  },
  {
    of: 'a probe that cannot ask',
    spec: {},
    answer: silence('unsupported', { detail: 'dig cannot choose an interface' }),
    verdict: 'error',
    expected: 'an A record',
    actual: 'not asked: dig cannot choose an interface',
    message: 'Nothing is known: the probe on web1 could not ask it. With python3 there it could.',
  },
  {
    of: 'a server that does not look names up',
    spec: { absent: true },
    answer: answered([], { recursionAvailable: false, authorities: [record('com 172800 NS a.gtld-servers.net')] }),
    verdict: 'error',
    expected: 'no A record',
    actual: 'no answer of its own',
    message:
      'It refers to other servers or says nothing at all: it does not look names up for web1. It is a server of some zones, or recursion is off for this client.',
  },
  {
    of: 'records of another name',
    spec: { absent: true },
    answer: answered(['ads.example.net 300 A 198.51.100.66']),
    verdict: 'error',
    expected: 'no A record',
    actual: 'records of other names only',
    message: `Its answer is not about www.example.com: something rewrites answers. Look at ${dig} on web1.`,
  },
  {
    of: 'records that the response code denies',
    spec: { answers: '203.0.113.10' },
    answer: answered(['www.example.com 300 A 203.0.113.10'], { rcode: 'NXDOMAIN' }),
    verdict: 'error',
    expected: '203.0.113.10',
    actual: 'records together with NXDOMAIN',
    message: `It gives records and denies the name at once: something rewrites answers. Look at ${dig} on web1.`,
  },
]

describe('what one resolver answers', () => {
  it.each(cases)('$of', ({ spec, answer, verdict, expected, actual, message = '' }) => {
    const { findings, rounds } = solve({ ...www, ...spec }, { dns: () => answer })
    const { name, type = 'A' } = { ...www, ...spec }
    expect(findings).toEqual([{ verdict, subject: `dns ${name} ${type} at 10.0.0.53`, expected, actual, message }])
    expect(rounds).toHaveLength(1)
  })
})

describe('what is known of a resolver', () => {
  const at = (entry: string, answer: DnsQuery, spec: Partial<DnsRecordSpec> = {}) =>
    solve({ ...www, answers: '203.0.113.10', resolvers: entry, ...spec }, { dns: () => answer }).findings.map(({ subject, message }) => [
      subject,
      message,
    ])

  it('tells that it answers customers only', () => {
    expect(at('free', answered([], { rcode: 'REFUSED' }))).toEqual([
      [
        'dns www.example.com A at 212.27.40.240 (free)',
        'It does not answer web1: an access list, a limit on the rate of queries, or a server that answers for its own zones only. free answers customers of Free only: it is unusable from web1, which says nothing about the record. Ask from a host in that network.',
      ],
    ])
  })

  it('leaves that out where it explains nothing: a missing route, a failure of the zone', () => {
    expect(at('free', silence('rejected', { detail: 'ENETUNREACH, ICMP 3/0 from 10.0.0.1' }))[0]?.[1]).not.toContain('customers')
    expect(at('free', answered([], { rcode: 'SERVFAIL' }))[0]?.[1]).not.toContain('customers')
  })

  it('does not blame a filter for a record too many', () => {
    const answer = answered(['www.example.com 60 A 203.0.113.10', 'www.example.com 60 A 203.0.113.11'])
    expect(at('skb', answer)[0]?.[1]).toBe(`Not expected: 203.0.113.11. ${mayBeOld(60)}`)
  })

  it('tells that nobody verified whom it answers', () => {
    expect(at('skb', silence('timeout'))).toEqual([
      [
        'dns www.example.com A at 210.220.163.82 (skb)',
        "Nothing came back: a firewall drops DNS between web1 and skb, or the server is down or overloaded. Look at `dig @210.220.163.82 www.example.com A` on web1, and at the firewall's rules for port 53. Whether skb answers anyone but customers of SK Broadband is not verified: it is unusable from web1, which says nothing about the record. Ask from a host in that network, or leave it out.",
      ],
    ])
  })

  it('tells that it filters, where its answer differs', () => {
    expect(at('quad9', denied('NXDOMAIN'))).toEqual([
      [
        'dns www.example.com A at 9.9.9.9 (quad9)',
        `quad9 may leave out or replace names of malware: ask a resolver that does not filter before you blame the zone. ${mayBeOld(600)}`,
      ],
    ])
    expect(at('skb', answered(['www.example.com 60 A 192.0.2.1'], { extendedErrors: ['16 Censored: court order'] }))[0]?.[1]).toBe(
      `It says: 16 Censored: court order. skb may leave out or replace what the law of KR forbids: ask a resolver that does not filter before you blame the zone. ${mayBeOld(60)}`,
    )
  })

  it('names its port, and asks every address of it', () => {
    const answer = answered(['www.example.com 60 A 203.0.113.10'])
    expect(at('office', answer)).toEqual([['dns www.example.com A at 10.0.0.53:5353 (office)', '']])
    expect(at('kt', answer).map(([subject]) => subject)).toEqual([
      'dns www.example.com A at 168.126.63.1 (kt)',
      'dns www.example.com A at 168.126.63.2 (kt)',
    ])
    expect(at('[::1]:5353', silence('timeout'), { answers: '203.0.113.10' })[0]).toEqual([
      'dns www.example.com A at [::1]:5353',
      "Nothing came back: a firewall drops DNS between web1 and ::1, or the server is down or overloaded. Look at `dig -p 5353 @::1 www.example.com A` on web1, and at the firewall's rules for port 5353.",
    ])
  })
})

describe('what is asked', () => {
  it('is one query for each address, at the rate and in the time that are allowed', () => {
    const spec: DnsRecordSpec = { ...www, resolvers: ['kt'], source: 'eth0', authenticated: true, transport: 'tcp' }
    expect(dnsRecord.needs(spec, context).first.map(({ args }) => args)).toEqual(
      ['168.126.63.1', '168.126.63.2'].map((server) => ({
        server,
        port: 53,
        name: 'www.example.com',
        type: 'A',
        recurse: true,
        timeoutMs: 3_000,
        tries: 3,
        dnssec: true,
        transport: 'tcp',
        source: 'eth0',
        rate: 20,
      })),
    )
    expect(dnsRecord.needs(www, { ...context, timeoutMs: 1_000 }).first[0]?.args).toMatchObject({ timeoutMs: 333 })
  })

  it.each([
    [{ name: 'BÜCHER.example.' }, 'A xn--bcher-kva.example'],
    [{ name: '_sip._tcp.example.com', type: 'SRV' }, 'SRV _sip._tcp.example.com'],
    [{ name: '*.example.com', type: 'TXT' }, 'TXT *.example.com'],
    [{ name: '10.20.0.5', type: 'PTR' }, 'PTR 5.0.20.10.in-addr.arpa'],
    [{ name: '5.0.20.10.in-addr.arpa.', type: 'PTR' }, 'PTR 5.0.20.10.in-addr.arpa'],
  ] as const)('%j asks for %s', (spec, question) => {
    expect(solve({ ...spec, resolvers: '10.0.0.53' }, { dns: () => silence('timeout') }).rounds).toEqual([[`10.0.0.53 +rd ${question}`]])
  })

  it('keeps to one family, that of the source, too', () => {
    const servers = (spec: Partial<DnsRecordSpec>) =>
      dnsRecord.needs({ ...www, resolvers: 'google', ...spec }, context).first.map(({ args }) => args.server)
    expect(servers({})).toEqual(['8.8.8.8', '2001:4860:4860::8888'])
    expect(servers({ family: 'ipv6' })).toEqual(['2001:4860:4860::8888'])
    expect(servers({ source: '10.10.0.11' })).toEqual(['8.8.8.8'])
  })
})

describe('a host without IPv6', () => {
  const good = answered(['www.example.com 60 A 203.0.113.10'])
  const noRoute = silence('local-error', { detail: 'ENETUNREACH' })
  const google = (four: DnsQuery, spec: Partial<DnsRecordSpec> = {}) =>
    solve({ ...www, resolvers: 'google', ...spec }, { dns: ({ server }) => (server.includes(':') ? noRoute : four) }).findings

  it('asks where it can, and says where it could not', () => {
    expect(google(good).map(({ verdict, subject, message }) => [verdict, subject, message])).toEqual([
      ['pass', 'dns www.example.com A at 8.8.8.8 (google)', 'Not asked: 2001:4860:4860::8888, as web1 has no way there over IPv6.'],
    ])
  })

  it('says so once, at the first address', () => {
    const both = contextWith({ pair: resolver({ addresses: ['192.0.2.1', '192.0.2.2', '2001:db8::1', '2001:db8::2'] }) })
    const dns = ({ server }: { server: string }): DnsQuery => (server.includes(':') ? noRoute : good)
    expect(solve({ ...www, resolvers: 'pair' }, { dns }, both).findings.map(({ message }) => message)).toEqual([
      'Not asked: 2001:db8::1, 2001:db8::2, as web1 has no way there over IPv6.',
      '',
    ])
  })

  it('is undetermined where nothing answered, or IPv6 is what is meant', () => {
    expect(google(silence('timeout')).map(({ verdict }) => verdict)).toEqual(['error', 'error'])
    expect(google(good, { family: 'ipv6' })).toMatchObject([
      { verdict: 'error', message: expect.stringContaining('Where only IPv4 is meant, write `family: ipv4`.') },
    ])
  })
})

describe('as the host itself is configured', () => {
  const lookup = { name: 'www.example.com', answers: '203.0.113.10' } as const
  const config = { servers: ['10.0.0.53', '10.0.0.54'], search: [], options: [] }

  it('is what its programs find', () => {
    const { findings, rounds } = solve(lookup, { lookup: { found: ['203.0.113.10'], problem: null, detail: null } })
    expect(rounds).toEqual([['name-lookup']])
    expect(findings).toEqual([
      { verdict: 'pass', subject: 'dns www.example.com A at system (web1)', expected: '203.0.113.10', actual: '203.0.113.10', message: '' },
    ])
  })

  it('tells the hosts file from DNS', () => {
    const { findings, rounds } = solve(lookup, {
      lookup: { found: ['198.51.100.10'], problem: null, detail: null },
      config,
      dns: ({ server }) => (server === '10.0.0.53' ? answered(['www.example.com 60 A 203.0.113.10']) : silence('timeout')),
    })
    expect(rounds).toEqual([['name-lookup'], ['resolver-config'], ['10.0.0.53 +rd A www.example.com', '10.0.0.54 +rd A www.example.com']])
    expect(findings).toEqual([
      {
        verdict: 'fail',
        subject: 'dns www.example.com A at system (web1)',
        expected: '203.0.113.10',
        actual: '198.51.100.10',
        message:
          'Asked by DNS, system (10.0.0.53) answers as expected: the difference is made on web1, by /etc/hosts, /etc/nsswitch.conf or a cache. Look at `getent ahosts www.example.com`, /etc/hosts, /etc/nsswitch.conf and /etc/resolv.conf on web1.',
      },
    ])
  })

  it('says what DNS says where that is no better', () => {
    const { findings } = solve(lookup, { lookup: { found: [], problem: 'none', detail: null }, config, dns: () => denied('NXDOMAIN') })
    expect(findings.map(({ actual, message }) => [actual, message])).toEqual([
      [
        'no A record',
        'Asked by DNS, system (10.0.0.53) answers NXDOMAIN, system (10.0.0.54) answers NXDOMAIN. Look at `getent ahosts www.example.com`, /etc/hosts, /etc/nsswitch.conf and /etc/resolv.conf on web1.',
      ],
    ])
  })

  it('does not take a lookup that failed for an absent name', () => {
    const { findings } = solve(
      { ...www, resolvers: 'system', absent: true },
      { lookup: { found: [], problem: 'temporary', detail: 'Try again' } },
    )
    expect(findings).toMatchObject([
      {
        verdict: 'error',
        actual: 'the lookup failed: Try again',
        message:
          "The host's own DNS servers did not answer or failed, so that nothing is known. Look at `getent ahosts www.example.com` and /etc/resolv.conf on web1.",
      },
    ])
  })

  it('finds names of addresses, and no name', () => {
    const pointer = { name: '10.20.0.5', type: 'PTR' } as const
    expect(
      solve({ ...pointer, answers: 'db1.example.com.' }, { lookup: { found: ['DB1.example.com'], problem: null, detail: null } }).findings,
    ).toMatchObject([{ verdict: 'pass', subject: 'dns 10.20.0.5 PTR at system (web1)', actual: 'db1.example.com' }])
    expect(solve({ ...pointer, absent: true }, { lookup: { found: [], problem: 'none', detail: null } }).findings).toMatchObject([
      { verdict: 'pass', actual: 'no PTR record' },
    ])
  })

  it.each([{ type: 'MX' }, { ttl: { max: '1h' } }, { rcode: 'NOERROR' }, { authenticated: true }, { transport: 'tcp' }] as const)(
    'asks its DNS servers where programs do not tell: %j',
    (spec) => {
      const { findings, rounds } = solve({ name: 'www.example.com', ...spec }, { config, dns: () => silence('timeout') })
      expect(rounds[0]).toEqual(['resolver-config'])
      expect(findings.map(({ verdict, subject }) => [verdict, subject.replace(/.* at /, '')])).toEqual([
        ['error', '10.0.0.53 (system)'],
        ['error', '10.0.0.54 (system)'],
      ])
    },
  )
})
