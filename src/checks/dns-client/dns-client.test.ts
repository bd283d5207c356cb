import { describe, expect, it } from 'vitest'
import type { DnsClient } from '../../facts/dns-client/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext } from '../../model/check.js'
import { dnsClient } from './index.js'
import type { Spec } from './schema.js'

const context = { host: { name: 'web1' } } as CheckContext

const byHand = 'Nothing in /etc/resolv.conf says that a program writes it: change it there.'

const implied = (name: string): string => `There is no line \`search\`: glibc then takes the domain of the host's own name, ${name}`

const client = (library: Partial<DnsClient['library']>, more: Partial<DnsClient> = {}): DnsClient => ({
  library: { servers: ['10.0.0.53', '10.1.0.53'], ignored: [], search: [], options: [], ...library },
  file: { exists: true, target: null, comments: [] },
  hostName: 'web1',
  cLibrary: 'glibc',
  hosts: ['files', 'dns'],
  resolved: null,
  networkManager: null,
  ...more,
})
const two = client({})
const stubbed = client(
  { servers: ['127.0.0.53'], search: ['corp.example.com'], options: ['edns0', 'trust-ad'] },
  {
    file: { exists: true, target: '../run/systemd/resolve/stub-resolv.conf', comments: [] },
    resolved: {
      servers: [],
      domains: ['corp.example.com'],
      links: [
        { interface: 'eth0', servers: ['10.0.0.53', '10.1.0.53'], domains: ['corp.example.com', '~.'] },
        { interface: 'wg0', servers: ['10.8.0.1'], domains: ['~lab.example'] },
      ],
    },
  },
)
const behind = 'Programs ask 127.0.0.53, and systemd-resolved these (eth0: 10.0.0.53, 10.1.0.53; wg0: 10.8.0.1).'
const resolvedWrites =
  'systemd-resolved writes /etc/resolv.conf and would overwrite a change by hand: change /etc/systemd/resolved.conf, netplan or the .network file of the link, and look at `resolvectl status`.'

const judge = (spec: Spec, seen: DnsClient) => dnsClient.evaluate(spec, { client: seen }, context, nothingLearnt)

describe('servers', () => {
  it.each<[string, Spec, DnsClient, string, string, string, string]>([
    ['exactly these', { servers: ['10.0.0.53', '10.1.0.53'] }, two, 'pass', '10.0.0.53, 10.1.0.53', '10.0.0.53, 10.1.0.53', ''],
    [
      'in another order',
      { servers: ['10.1.0.53', '10.0.0.53'] },
      two,
      'fail',
      '10.1.0.53, 10.0.0.53',
      '10.0.0.53, 10.1.0.53',
      `The order is another, and the first is asked first. ${byHand}`,
    ],
    [
      'in any order',
      { servers: ['10.1.0.53', '10.0.0.53'], ordered: false },
      two,
      'pass',
      '10.1.0.53, 10.0.0.53',
      '10.0.0.53, 10.1.0.53',
      '',
    ],
    [
      'one missing and one too many',
      { servers: ['10.0.0.53', '192.0.2.53'] },
      two,
      'fail',
      '10.0.0.53, 192.0.2.53',
      '10.0.0.53, 10.1.0.53',
      `Missing: 192.0.2.53; not expected: 10.1.0.53. ${byHand}`,
    ],
    ['among others', { servers: { contains: ['10.1.0.53'] } }, two, 'pass', '10.1.0.53 among them', '10.0.0.53, 10.1.0.53', ''],
    ['none of these', { servers: { not: ['10.1.0.5'] } }, two, 'pass', 'none of 10.1.0.5', '10.0.0.53, 10.1.0.53', ''],
    [
      'one that has to be gone',
      { servers: { not: ['10.1.0.53'] } },
      two,
      'fail',
      'none of 10.1.0.53',
      '10.0.0.53, 10.1.0.53',
      `Not expected: 10.1.0.53. ${byHand}`,
    ],
    [
      'however they are spelt',
      { servers: ['2001:DB8:0::53', 'FE80::1%eth0'] },
      client({ servers: ['2001:db8::53', 'fe80::1%eth0'] }),
      'pass',
      '2001:db8::53, fe80::1%eth0',
      '2001:db8::53, fe80::1%eth0',
      '',
    ],
    [
      'a fourth, which is ignored',
      { servers: { contains: ['10.0.0.4'] } },
      client({ servers: ['10.0.0.1', '10.0.0.2', '10.0.0.3'], ignored: ['10.0.0.4'] }),
      'fail',
      '10.0.0.4 among them',
      '10.0.0.1, 10.0.0.2, 10.0.0.3',
      `Missing: 10.0.0.4. 10.0.0.4 stands there too, and is ignored: the C library asks the first three (resolv.conf(5), MAXNS). ${byHand}`,
    ],
    [
      'no program asks them',
      { servers: ['10.0.0.53', '10.1.0.53'] },
      client({}, { hosts: ['files'] }),
      'pass',
      '10.0.0.53, 10.1.0.53',
      '10.0.0.53, 10.1.0.53',
      '`hosts: files` of /etc/nsswitch.conf names neither dns nor resolve: programs of the C library ask no DNS server at all.',
    ],
    [
      'one of them twice',
      { servers: ['10.0.0.53'] },
      client({ servers: ['10.0.0.53', '10.0.0.53'] }),
      'fail',
      '10.0.0.53',
      '10.0.0.53, 10.0.0.53',
      `It is there more than once: 10.0.0.53. ${byHand}`,
    ],
    [
      'the port that all have, written out',
      { servers: { not: ['10.0.0.53:53'] } },
      two,
      'fail',
      'none of 10.0.0.53',
      '10.0.0.53, 10.1.0.53',
      `Not expected: 10.0.0.53. ${byHand}`,
    ],
    [
      'behind a stub that stands among others, not shown',
      { servers: { not: ['192.0.2.53'] } },
      client({ servers: ['127.0.0.1', '10.0.0.53'] }),
      'error',
      'none of 192.0.2.53',
      '127.0.0.1',
      'Programs ask 127.0.0.1, a server on the host itself, and whom that asks is not shown: look at `ss -lnup sport = :53` and its configuration.',
    ],
    [
      'beside a stub, seen',
      { servers: { not: ['10.0.0.53'] } },
      client({ servers: ['127.0.0.1', '10.0.0.53'] }),
      'fail',
      'none of 10.0.0.53',
      '127.0.0.1, 10.0.0.53',
      `Not expected: 10.0.0.53. ${byHand}`,
    ],
    [
      'behind a stub that stands among others, shown',
      { servers: { not: ['192.0.2.53'] } },
      client({ servers: ['127.0.0.1', '10.0.0.53'] }, { networkManager: ['192.0.2.53'] }),
      'fail',
      'none of 192.0.2.53',
      '127.0.0.1, 10.0.0.53, 192.0.2.53',
      `Not expected: 192.0.2.53. Programs ask 127.0.0.1, which asks what NetworkManager was given. ${byHand}`,
    ],
    [
      'no file',
      { servers: ['10.0.0.53'] },
      client({ servers: ['127.0.0.1'] }, { file: { exists: false, target: null, comments: [] }, networkManager: ['10.9.0.53'] }),
      'fail',
      '10.0.0.53',
      '10.9.0.53',
      'Missing: 10.0.0.53; not expected: 10.9.0.53. Programs ask 127.0.0.1, which asks what NetworkManager was given. There is no /etc/resolv.conf: programs ask 127.0.0.1.',
    ],
  ])('%s', (_, spec, seen, verdict, expected, actual, message) => {
    expect(judge(spec, seen)).toEqual([{ subject: 'dns-client: servers', verdict, expected, actual, message }])
  })

  it.each<[string, Spec, DnsClient, string, string, string]>([
    [
      'behind systemd-resolved',
      { servers: ['10.0.0.53', '10.1.0.53', '10.8.0.1'] },
      stubbed,
      'pass',
      '10.0.0.53, 10.1.0.53, 10.8.0.1',
      behind,
    ],
    [
      'not those behind systemd-resolved',
      { servers: ['10.0.0.53'] },
      stubbed,
      'fail',
      '10.0.0.53, 10.1.0.53, 10.8.0.1',
      `Not expected: 10.1.0.53, 10.8.0.1. ${behind} ${resolvedWrites}`,
    ],
    [
      'no other stub, and whom it asks',
      { servers: { not: ['127.0.0.1', '10.8.0.1'] } },
      stubbed,
      'fail',
      '10.0.0.53, 10.1.0.53, 10.8.0.1',
      `Not expected: 10.8.0.1. ${behind} ${resolvedWrites}`,
    ],
    ['no other stub', { servers: { not: ['127.0.0.1'] } }, stubbed, 'pass', '127.0.0.53', ''],
    ['the stub itself', { servers: ['127.0.0.53'] }, stubbed, 'pass', '127.0.0.53', ''],
    [
      'a stub that does not run',
      { servers: { not: ['192.0.2.53'] } },
      { ...stubbed, resolved: null },
      'error',
      '127.0.0.53',
      'Programs ask 127.0.0.53, where systemd-resolved should listen, and it does not run: `systemctl status systemd-resolved`.',
    ],
    [
      'a stub that says nothing',
      { servers: { not: ['192.0.2.53'] } },
      { ...stubbed, resolved: 'unknown' },
      'error',
      '127.0.0.53',
      'systemd-resolved runs, but says nothing of its servers: look at `resolvectl status`.',
    ],
    [
      'another stub',
      { servers: { not: ['192.0.2.53'] } },
      client({ servers: ['127.0.0.1'] }),
      'error',
      '127.0.0.1',
      'Programs ask 127.0.0.1, a server on the host itself, and whom that asks is not shown: look at `ss -lnup sport = :53` and its configuration.',
    ],
  ])('%s', (_, spec, seen, verdict, actual, message) => {
    expect(judge(spec, seen).map((finding) => [finding.verdict, finding.actual, finding.message])).toEqual([[verdict, actual, message]])
  })
})

describe('of a link', () => {
  it.each<[Spec, DnsClient, string, string, string]>([
    [{ interface: 'wg0', servers: ['10.8.0.1'] }, stubbed, 'pass', '10.8.0.1', ''],
    [{ interface: 'eth0', search: ['corp.example.com'] }, stubbed, 'pass', 'corp.example.com', ''],
    [{ interface: 'wg0', search: [] }, stubbed, 'pass', 'none', ''],
    [
      { interface: 'eth9', servers: ['10.8.0.1'] },
      stubbed,
      'error',
      'no such link',
      'systemd-resolved has no link eth9; it has eth0, wg0.',
    ],
    [
      { interface: 'eth0', servers: ['10.8.0.1'] },
      two,
      'error',
      'not known',
      'systemd-resolved does not run here, and nothing else has servers of one link: leave `interface` out.',
    ],
    [
      { interface: 'eth0', servers: ['10.8.0.1'] },
      { ...stubbed, resolved: { servers: ['10.8.0.1'], domains: [], links: null } },
      'error',
      'not known',
      'Without `resolvectl status` it is not shown which servers eth0 has.',
    ],
  ])('%j', (spec, seen, verdict, actual, message) => {
    const property = spec.servers === undefined ? 'search' : 'servers'
    expect(judge(spec, seen).map(({ expected: _, ...finding }) => finding)).toEqual([
      { subject: `dns-client ${spec.interface}: ${property}`, verdict, actual, message },
    ])
  })
})

describe('the rest of it', () => {
  it.each<[Spec, DnsClient, string, string, string, string]>([
    [{ search: ['Corp.example.com.'] }, stubbed, 'search', 'pass', 'corp.example.com', ''],
    [{ search: [] }, two, 'search', 'pass', 'none', ''],
    [{ search: [] }, client({ search: ['.'] }, { hostName: 'web1.corp.example' }), 'search', 'pass', 'none', ''],
    [{ search: { not: ['b.example'] } }, client({ search: ['a.example', '.'] }), 'search', 'pass', 'a.example', ''],
    [{ search: ['a.example'] }, client({ search: ['.'] }), 'search', 'fail', 'none', `Missing: a.example. ${byHand}`],
    [
      { search: [] },
      client({}, { hostName: 'web1.Corp.example' }),
      'search',
      'fail',
      'corp.example',
      `Not expected: corp.example. ${implied('web1.Corp.example')}; \`search .\` keeps it out. ${byHand}`,
    ],
    [
      { search: ['corp.example'] },
      client({}, { hostName: 'web1.corp.example' }),
      'search',
      'pass',
      'corp.example',
      `${implied('web1.corp.example')}; \`search .\` keeps it out.`,
    ],
    [{ search: [] }, client({}, { hostName: 'web1.corp.example', cLibrary: 'musl' }), 'search', 'pass', 'none', ''],
    [{ search: [] }, client({}, { hostName: null, cLibrary: 'musl' }), 'search', 'pass', 'none', ''],
    [{ search: [] }, client({}, { hostName: 'web1', cLibrary: null }), 'search', 'pass', 'none', ''],
    [{ search: [] }, client({}, { hostName: 'web1.' }), 'search', 'pass', 'none', ''],
    [
      { search: [] },
      client({}, { hostName: 'web1.corp.example', cLibrary: null }),
      'search',
      'error',
      'none, or corp.example',
      `${implied('web1.corp.example')}, musl does not, and which of them is there is not known.`,
    ],
    [{ search: { not: ['old.example'] } }, client({}, { hostName: 'web1.corp.example', cLibrary: null }), 'search', 'pass', 'none', ''],
    [
      { search: [] },
      client({}, { hostName: null }),
      'search',
      'error',
      'not known',
      "There is no line `search`: glibc then takes the domain of the host's own name, and that is not shown by /proc/sys/kernel/hostname.",
    ],
    [
      { search: ['a.example'] },
      client({ search: ['b.example'] }),
      'search',
      'fail',
      'b.example',
      `Missing: a.example; not expected: b.example. ${byHand}`,
    ],
    [{ options: ['trust-ad', 'edns0'] }, stubbed, 'options', 'pass', 'edns0, trust-ad', ''],
    [
      { options: { contains: ['timeout:1'] } },
      client({ options: ['timeout:3', 'rotate', 'timeout:1'] }),
      'options',
      'pass',
      'timeout:1, rotate',
      '',
    ],
    [
      { options: { contains: ['timeout:5', 'attempts:2'] } },
      client({ options: ['rotate'] }),
      'options',
      'pass',
      'rotate, timeout:5, attempts:2',
      'By default, as nothing is written: timeout:5, attempts:2 (resolv.conf(5)).',
    ],
    [
      { options: { contains: ['timeout:1'] } },
      two,
      'options',
      'fail',
      'timeout:5',
      `Missing: timeout:1. By default, as nothing is written: timeout:5 (resolv.conf(5)). ${byHand}`,
    ],
    [
      { options: { not: ['ndots:1'] } },
      two,
      'options',
      'fail',
      'ndots:1',
      `Not expected: ndots:1. By default, as nothing is written: ndots:1 (resolv.conf(5)). ${byHand}`,
    ],
    [{ options: [] }, two, 'options', 'pass', 'none', ''],
    [
      { options: ['timeout:5'] },
      two,
      'options',
      'fail',
      'none',
      `Missing: timeout:5. timeout:5: in effect by default, and not written; \`contains\` takes that. ${byHand}`,
    ],
    [
      { options: ['timeout:5'] },
      client({ options: ['timeout:60'] }),
      'options',
      'fail',
      'timeout:30',
      `Missing: timeout:5; not expected: timeout:30. Written is timeout:60: the C library takes timeout:30 at most. ${byHand}`,
    ],
    [{ stub: true }, stubbed, 'stub', 'pass', 'a stub on the host (127.0.0.53)', ''],
    [{ stub: false }, stubbed, 'stub', 'fail', 'a stub on the host (127.0.0.53)', resolvedWrites],
    [
      { stub: false },
      client({ servers: ['127.0.0.1', '10.0.0.53'] }),
      'stub',
      'fail',
      'a stub on the host and others (127.0.0.1, 10.0.0.53)',
      byHand,
    ],
    [{ stub: true }, two, 'stub', 'fail', 'no stub (10.0.0.53, 10.1.0.53)', byHand],
    [{ sources: ['files', 'dns'] }, two, 'sources', 'pass', 'files, dns', ''],
    [
      { sources: ['dns', 'files'] },
      two,
      'sources',
      'fail',
      'files, dns',
      'The order is another, and the first is asked first. Change the line `hosts:` of /etc/nsswitch.conf (on RHEL with authselect).',
    ],
    [
      { sources: { not: ['mdns4'] } },
      client({}, { hosts: null }),
      'sources',
      'error',
      'not said',
      '/etc/nsswitch.conf has no line `hosts:`; what a C library does then depends on its version.',
    ],
  ])('%j', (spec, seen, property, verdict, actual, message) => {
    expect(judge(spec, seen).map(({ expected: _, ...finding }) => finding)).toEqual([
      { subject: `dns-client: ${property}`, verdict, actual, message },
    ])
  })

  it.each<[Partial<DnsClient['file']>, string]>([
    [{ comments: ['# Generated by NetworkManager'] }, 'NetworkManager writes /etc/resolv.conf'],
    [{ target: '/run/NetworkManager/resolv.conf' }, 'NetworkManager writes /etc/resolv.conf'],
    [{ target: '/run/resolvconf/resolv.conf' }, 'resolvconf writes /etc/resolv.conf'],
    [{ target: '../run/systemd/resolve/resolv.conf' }, 'systemd-resolved writes /etc/resolv.conf'],
    [{ comments: ['; generated by /usr/sbin/dhclient-script'] }, 'dhclient writes /etc/resolv.conf'],
    [{ target: '/mnt/shared/resolv.conf' }, '/etc/resolv.conf leads to /mnt/shared/resolv.conf: look at what writes that.'],
    [{ target: '/run/gone', exists: false }, '/etc/resolv.conf leads to /run/gone, which is not there: programs ask 127.0.0.1.'],
  ])('%j is somebody’s', (file, words) => {
    const [finding] = judge({ stub: true }, client({}, { file: { exists: true, target: null, comments: [], ...file } }))
    expect(finding?.message).toContain(words)
  })
})

describe('what it refuses', () => {
  it.each<[Spec, readonly (string | number)[], string]>([
    [{ servers: [] }, ['servers'], 'there is always a server: without one in the file, programs ask 127.0.0.1'],
    [{ servers: ['ns1', '10.0.0.53:5353'] }, ['servers', 0], 'expected an address of a DNS server, found "ns1"'],
    [{ servers: { not: ['10.0.0.300'] } }, ['servers', 'not', 0], 'expected an address of a DNS server, found "10.0.0.300"'],
    [{ servers: ['10.0.0.53:99999'] }, ['servers', 0], 'expected an address of a DNS server, found "10.0.0.53:99999"'],
    [{ search: ['.'] }, ['search', 0], '"." is the root, which completes no name'],
    [{ options: ['timeout:60'] }, ['options', 0], 'the C library never takes timeout:60'],
    [{ search: { contains: ['a'], not: ['a'] } }, ['search'], 'a has to be among them, and may not'],
    [{ stub: true, interface: 'eth0' }, ['interface'], '`interface` is about `servers` and `search`, and neither is expected'],
    [{ stub: true, ordered: false }, ['ordered'], '`ordered` is about `servers` and `search`, and neither is expected'],
  ])('%j', (spec, path, message) => {
    expect(dnsClient.problems?.(spec).map((problem) => [problem.path, problem.message])).toEqual([[path, message]])
  })
})
