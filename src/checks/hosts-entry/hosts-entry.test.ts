import { describe, expect, it } from 'vitest'
import type { DnsClient } from '../../facts/dns-client/index.js'
import type { DnsQuery } from '../../facts/dns-query/index.js'
import type { HostsEntry, HostsFile } from '../../facts/hosts-file/index.js'
import { factKey } from '../../lib/fact-key.js'
import { learntFrom, nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext } from '../../model/check.js'
import { hostsEntry } from './index.js'
import type { Spec } from './schema.js'

const context = { host: { name: 'web1' }, timeoutMs: 5_000 } as CheckContext

const line = (number: number, address: string, ...names: readonly string[]): HostsEntry => ({ line: number, address, names })
const file = (entries: readonly HostsEntry[], more: Partial<HostsFile> = {}): HostsFile => ({
  ...{ exists: true, entries, sources: ['files', 'dns'], multi: false, hostname: 'web1', cloudInit: false },
  ...more,
})
const one = file([line(4, '10.20.0.5', 'db1.example.com', 'db1')])
const two = file([line(4, '10.20.0.5', 'db1'), line(9, '10.20.0.4', 'db1.example.com', 'db1')])
const none = file([])

const judge = (spec: Spec, seen: HostsFile) => hostsEntry.evaluate(spec, { file: seen, client: [] }, context, nothingLearnt)

const both =
  'Lines 4 and 9 have the name: programs that ask for both families take all of them, others line 4 alone (host.conf(5), `multi`).'
const name = 'db1'

describe('the file', () => {
  it.each<[Spec, HostsFile, string, string, string, string]>([
    [{ name }, one, 'pass', 'in /etc/hosts', '10.20.0.5 (line 4)', ''],
    [{ name }, two, 'pass', 'in /etc/hosts', '10.20.0.5 (line 4), 10.20.0.4 (line 9)', both],
    [
      { name },
      { ...two, multi: true },
      'pass',
      'in /etc/hosts',
      '10.20.0.5 (line 4), 10.20.0.4 (line 9)',
      'Lines 4 and 9 have the name, and programs take them all (`multi on` in /etc/host.conf).',
    ],
    [
      { name },
      none,
      'fail',
      'in /etc/hosts',
      'not in /etc/hosts',
      'No line of /etc/hosts has db1. Look at what programs get: `getent ahosts db1`.',
    ],
    [
      { name },
      file([], { exists: false }),
      'fail',
      'in /etc/hosts',
      'not in /etc/hosts',
      'There is no /etc/hosts. Look at what programs get: `getent ahosts db1`.',
    ],
    [
      { name },
      { ...one, sources: ['dns'] },
      'fail',
      'in /etc/hosts',
      '10.20.0.5 (line 4)',
      '`hosts: dns` of /etc/nsswitch.conf does not name files: programs of the C library do not look into /etc/hosts.',
    ],
    [{ name }, { ...one, sources: ['resolve'] }, 'pass', 'in /etc/hosts', '10.20.0.5 (line 4)', ''],
    [{ name }, { ...one, sources: null }, 'pass', 'in /etc/hosts', '10.20.0.5 (line 4)', ''],
    [
      { name },
      { ...one, sources: ['dns', 'files'] },
      'pass',
      'in /etc/hosts',
      '10.20.0.5 (line 4)',
      '`hosts: dns files` of /etc/nsswitch.conf asks DNS first: the line counts only for names that DNS does not have.',
    ],
    [{ name, absent: true }, none, 'pass', 'not in /etc/hosts', 'not in /etc/hosts', ''],
    [
      { name: 'web1', absent: true },
      file([], { sources: ['files', 'myhostname', 'dns'] }),
      'pass',
      'not in /etc/hosts',
      'not in /etc/hosts',
      'nss-myhostname answers for web1 all the same.',
    ],
    [
      { name, absent: true },
      { ...two, cloudInit: true },
      'fail',
      'not in /etc/hosts',
      '10.20.0.5 (line 4), 10.20.0.4 (line 9)',
      'It hides what DNS says. Remove line 4, 9 of /etc/hosts. cloud-init writes /etc/hosts again at every boot: change /etc/cloud/templates/hosts.*.tmpl, or `manage_etc_hosts`.',
    ],
  ])('%j', (spec, seen, verdict, expected, actual, message) => {
    expect(judge(spec, seen)).toEqual([{ subject: `hosts-entry ${spec.name}`, verdict, expected, actual, message }])
  })

  it.each<[Spec['addresses'], HostsFile, string, string, string]>([
    [['10.20.0.5'], one, 'pass', '10.20.0.5', ''],
    [['10.20.0.4', '10.20.0.5'], two, 'pass', '10.20.0.4, 10.20.0.5', both],
    [['10.20.0.5'], two, 'fail', '10.20.0.5', `Not expected: line 9, \`10.20.0.4 db1.example.com db1\`. ${both}`],
    [['10.20.0.50'], one, 'fail', '10.20.0.50', 'No line pins it to 10.20.0.50. Not expected: line 4, `10.20.0.5 db1.example.com db1`.'],
    [['10.20.0.5'], none, 'fail', '10.20.0.5', 'No line of /etc/hosts has db1. Look at what programs get: `getent ahosts db1`.'],
    [{ contains: ['10.20.0.5'] }, two, 'pass', '10.20.0.5 among them', both],
    [{ not: ['10.20.0.4'] }, two, 'fail', 'none of 10.20.0.4', `Not expected: line 9, \`10.20.0.4 db1.example.com db1\`. ${both}`],
    [{ not: ['10.20.0.4'] }, one, 'pass', 'none of 10.20.0.4', ''],
    [{ not: ['10.20.0.4'] }, none, 'pass', 'none of 10.20.0.4', ''],
    [['2001:DB8:0::5'], file([line(1, '2001:db8::5', 'db1')]), 'pass', '2001:db8::5', ''],
  ])('addresses %j', (addresses, seen, verdict, expected, message) => {
    const findings = judge({ name, ...(addresses === undefined ? {} : { addresses }) }, seen)
    expect(findings.map((finding) => [finding.subject, finding.verdict, finding.expected, finding.message])).toEqual([
      ['hosts-entry db1: addresses', verdict, expected, message],
    ])
  })
})

describe('and DNS', () => {
  const client = (servers: readonly string[], more: Partial<DnsClient> = {}): DnsClient => ({
    library: { servers, ignored: [], search: ['example.com'], options: [] },
    file: { exists: true, target: null, comments: [] },
    ...{ hostName: 'web1', cLibrary: 'glibc', hosts: ['files', 'dns'], resolved: null, networkManager: null, ...more },
  })
  const spec: Spec = { name, 'matches-dns': true }
  const ask = (seen: HostsFile, dns: DnsClient) =>
    (hostsEntry.further?.(spec, { file: seen, client: [dns] }, context, nothingLearnt) ?? []).map(({ args }) => args)
  const answer = (data: readonly string[], rcode = 'NOERROR'): DnsQuery => ({
    ...{ probe: 'python3', status: 'answered', transport: 'udp', truncated: false, rttMs: 1, tries: 1, strays: 0, detail: null },
    message: {
      ...{
        rcode,
        authoritative: false,
        recursionAvailable: true,
        authenticData: false,
        authorities: [],
        additionals: [],
        extendedErrors: [],
      },
      answers: data.map((address) => ({ name: 'db1.example.com', type: address.includes(':') ? 'AAAA' : 'A', ttl: 60, data: address })),
    },
  })
  const silent: DnsQuery = { ...answer([]), status: 'timeout', message: null, rttMs: null, tries: 2 }
  const compare = (seen: HostsFile, outcome: DnsQuery) => {
    const facts = { file: seen, client: [client(['10.0.0.53'])] }
    const keys = new Set((hostsEntry.further?.(spec, facts, context, nothingLearnt) ?? []).map(factKey))
    const learnt = learntFrom((key) => (keys.has(key) ? { value: outcome } : undefined))
    return hostsEntry.evaluate(spec, facts, context, learnt).map(({ verdict, actual, message }) => [verdict, actual, message])
  }

  it('is asked at every server, for the families that are pinned and the whole name', () => {
    const common = { name: 'db1.example.com', timeoutMs: 2_500, tries: 2, port: 53 }
    expect(ask(one, client(['10.0.0.53', '10.1.0.53']))).toEqual([
      { ...common, server: '10.0.0.53', type: 'A' },
      { ...common, server: '10.1.0.53', type: 'A' },
    ])
    const both = file([line(1, '10.20.0.5', 'db1'), line(2, '2001:db8::5', 'db1')])
    expect(ask(both, client(['10.0.0.53']))).toEqual([
      { ...common, server: '10.0.0.53', type: 'A' },
      { ...common, server: '10.0.0.53', type: 'AAAA' },
    ])
  })

  it('is asked behind systemd-resolved, never of a server that reads the file itself', () => {
    const links = [{ interface: 'eth0', servers: ['10.8.0.53:5353'], domains: [] }]
    const behind = client(['127.0.0.53'], { resolved: { servers: ['10.0.0.53'], domains: [], links } })
    expect(ask(one, behind)).toMatchObject([{ server: '10.0.0.53' }, { server: '10.8.0.53', port: 5353 }])
    expect(ask(one, client(['127.0.0.1'], { networkManager: ['10.0.0.53'] }))).toMatchObject([{ server: '10.0.0.53' }])
    expect(ask(one, client(['127.0.0.1']))).toEqual([])
    expect(hostsEntry.evaluate(spec, { file: one, client: [client(['127.0.0.1'])] }, context, nothingLearnt)).toEqual([
      {
        ...{ subject: 'hosts-entry db1: DNS', verdict: 'error', expected: 'the same addresses in DNS', actual: 'not known' },
        message:
          '127.0.0.1 is a server on the host itself, which may answer from /etc/hosts, and whom it asks is not shown: a dns-record check can name the servers.',
      },
    ])
  })

  it('has nothing to contradict where nothing is pinned', () => {
    expect(compare(none, silent)).toEqual([['pass', 'not in /etc/hosts', 'No line has db1, so programs get what DNS says.']])
  })

  it.each<[string, DnsQuery, string, string, string]>([
    ['says the same', answer(['10.20.0.5']), 'pass', '10.20.0.5', ''],
    [
      'says something else',
      answer(['10.20.0.50']),
      'fail',
      '10.20.0.50',
      'Line 4 of /etc/hosts hides what DNS says from the programs of this host. One of both is out of date.',
    ],
    [
      'says more',
      answer(['10.20.0.5', '10.20.0.6']),
      'fail',
      '10.20.0.5, 10.20.0.6',
      'Line 4 of /etc/hosts hides what DNS says from the programs of this host. One of both is out of date.',
    ],
    [
      'has no such name',
      answer([], 'NXDOMAIN'),
      'fail',
      'no such name',
      'Line 4 of /etc/hosts hides what DNS says from the programs of this host. Remove the line, or add the record.',
    ],
    ['refuses', answer([], 'REFUSED'), 'error', 'REFUSED', 'The DNS server could not or would not say, so nothing can be compared.'],
    [
      'is silent',
      silent,
      'error',
      'timeout',
      'The DNS server gave no answer, so nothing can be compared: prove it with a dns-record check.',
    ],
  ])('that %s', (_, outcome, verdict, actual, message) => {
    expect(compare(one, outcome)).toEqual([[verdict, actual, message]])
  })
})

describe('what it refuses', () => {
  it.each<[Spec, string]>([
    [{ name: '10.0.0.1' }, '10.0.0.1 is an address'],
    [{ name: 'a..b', 'matches-dns': true }, 'an empty label: two dots in a row, or one at the beginning'],
    [{ name: '*.example.com', absent: true }, '/etc/hosts knows no wildcards'],
    [{ name: 'https://db1', absent: true }, '"https://db1" is no name of a host'],
    [{ name: 'db1.example.com.', absent: true }, 'names in /etc/hosts have no dot at their end'],
    [{ name, addresses: [] }, 'no address at all is what `absent: true` means'],
    [{ name, addresses: ['db1'] }, 'expected addresses, found "db1"'],
    [{ name, addresses: { contains: ['10.0.0.1'], not: ['10.0.0.1'] } }, '10.0.0.1 has to be among them, and may not'],
    [{ name, absent: true, addresses: ['10.0.0.1'] }, '`absent` and `addresses` exclude each other'],
    [{ name, absent: true, 'matches-dns': true }, '`absent` and `matches-dns` exclude each other'],
  ])('%j', (spec, message) => {
    expect(hostsEntry.problems?.(spec).map((problem) => problem.message)).toEqual([message])
  })
})
