import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type DnsClient, dnsClient } from './index.js'

const source = dnsClient.sources.linux?.[0]
const read = (stdout: string): DnsClient | undefined => source?.parse({ exitCode: 0, stdout, stderr: '' }, [{}])[0]
const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')

/** A section as the script prints it. */
const section = (name: string, text: string): string => `@ ${name}\n${text.replaceAll(/^/gm, ' ')}\n`
const status = (text: string): string => `@ running\n${section('status', text)}@ end\n`

const library = { servers: ['127.0.0.1'], ignored: [], search: [], options: [] }
const nothing: DnsClient = {
  library,
  file: { exists: false, target: null, comments: [] },
  hostName: null,
  cLibrary: null,
  hosts: null,
  resolved: null,
  networkManager: null,
}

describe('who is asked for names', () => {
  it.each<[string, string, DnsClient]>([
    ['nothing at all', '@ end\n', nothing],
    [
      'a file of four servers',
      `${section('file', '; by hand\nnameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n')}@ end\n`,
      {
        ...nothing,
        library: { ...library, servers: ['192.0.2.1', '192.0.2.2', '192.0.2.3'], ignored: ['192.0.2.4'] },
        file: { exists: true, target: null, comments: ['; by hand'] },
      },
    ],
    ['a link that leads nowhere', '@ target\n ../run/gone\n@ end\n', { ...nothing, file: { ...nothing.file, target: '../run/gone' } }],
    [
      'the order of sources, without actions and comments',
      `${section('nsswitch', 'passwd: files\nhosts: files mdns4_minimal [NOTFOUND=return] resolve [!UNAVAIL=return] dns # as usual\n')}@ end\n`,
      { ...nothing, hosts: ['files', 'mdns4_minimal', 'resolve', 'dns'] },
    ],
    ...(
      [
        ['7f0 r-xp 00026000 fe:01 652 /usr/lib/x86_64-linux-gnu/libc.so.6', 'glibc'],
        ['7f0 r-xp 00026000 fe:01 652                        /lib64/libc-2.17.so', 'glibc'],
        ['7f0 r-xp 00014000 00:1b 12 /lib/ld-musl-x86_64.so.1', 'musl'],
        ['400 r-xp 00001000 00:1b 12 /bin/busybox', null],
      ] as const
    ).map(([maps, cLibrary]): [string, string, DnsClient] => [
      `the host's name and its C library: ${maps}`,
      `${section('hostname', 'web1.corp.example\n')}${section('maps', `400 r--p 00000000 00:1b 12 /bin/sed\n${maps}\n7ff rw-p 0 0 0 [stack]\n`)}@ end\n`,
      { ...nothing, hostName: 'web1.corp.example', cLibrary },
    ]),
    [
      "NetworkManager's, all of them",
      `${section('networkmanager', 'nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n')}@ end\n`,
      { ...nothing, networkManager: ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'] },
    ],
    ['systemd-resolved that says nothing', '@ running\n@ end\n', { ...nothing, resolved: 'unknown' }],
    [
      'systemd-resolved by its file alone',
      `@ running\n${section('upstreams', 'nameserver 192.0.2.53\nsearch corp.example.com\n')}@ end\n`,
      { ...nothing, resolved: { servers: ['192.0.2.53'], domains: ['corp.example.com'], links: null } },
    ],
    [
      'resolvectl of systemd 252',
      status(fixture('resolvectl.252-by-source.out')),
      {
        ...nothing,
        resolved: {
          servers: ['192.0.2.53', '[2001:db8::53]:853'],
          domains: ['corp.example.com'],
          links: [
            { interface: 'eth0', servers: ['10.0.0.1', '10.0.0.2', 'fe80::1%21786'], domains: ['office.example.com', '~.'] },
            { interface: 'wg0', servers: [], domains: [] },
          ],
        },
      },
    ],
    [
      'resolvectl where nothing but the fallback is left',
      status('Global\nFallback DNS Servers: 198.51.100.1#one.example 2001:db8:ffff::1\n\nLink 2 (eth0)\n    Protocols: +DefaultRoute\n'),
      {
        ...nothing,
        resolved: {
          servers: ['198.51.100.1', '2001:db8:ffff::1'],
          domains: [],
          links: [{ interface: 'eth0', servers: [], domains: [] }],
        },
      },
    ],
    [
      'resolvectl that does not name the fallback, and the file that does',
      `@ running\n${section('upstreams', 'nameserver 198.51.100.1\n')}${section('status', 'Global\n       LLMNR setting: yes')}@ end\n`,
      { ...nothing, resolved: { servers: ['198.51.100.1'], domains: [], links: [] } },
    ],
    [
      'systemd-resolve of systemd 237',
      status(fixture('systemd-resolve.237-by-source.out')),
      {
        ...nothing,
        resolved: {
          servers: ['192.0.2.53', '2001:db8::53'],
          domains: ['corp.example.com'],
          links: [
            { interface: 'ens4', servers: [], domains: [] },
            { interface: 'ens3', servers: ['10.0.0.1', '10.0.0.2'], domains: ['~.', 'office.example.com'] },
          ],
        },
      },
    ],
  ])('%s', (_, stdout, expected) => {
    expect(read(stdout)).toEqual(expected)
    expect(dnsClient.isValue(expected)).toBe(true)
  })

  it.each([
    ['', 'expected the files of the DNS client, whole, found nothing'],
    ['@ file\n nameserver 192.0.2.1\n', 'expected the files of the DNS client, whole, found "@ file\\n nameserver 192.0.2.1\\n"'],
    ['welcome\n@ end\n', 'expected the files of the DNS client, found "welcome"'],
    [status('DNS Servers: 192.0.2.1'), 'expected a block `Global` of resolvectl, found "DNS Servers: 192.0.2.1"'],
    [status('Link 2 (eth0)\n'), 'expected a block `Global` of resolvectl, found "Link 2 (eth0)\\n\\n"'],
    [status('Global\n  DNS Servers: none yet\n'), 'expected a DNS server of resolvectl, found "none"'],
    [`${section('file', 'nameserver 127.1')}@ end\n`, 'expected a DNS server as an address of four decimals, found "127.1"'],
  ])('%j is refused', (stdout, message) => {
    expect(() => read(stdout)).toThrow(message)
  })

  it('any damage gives a value of the right shape or is refused', () => {
    const whole =
      section('file', 'nameserver 192.0.2.1\n') +
      section('nsswitch', 'hosts: files dns\n') +
      status(fixture('resolvectl.252-by-source.out'))
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(60), fc.string({ maxLength: 8 }), (start, length, inserted) => {
        try {
          return dnsClient.isValue(read(whole.slice(0, start) + inserted + whole.slice(start + length)))
        } catch (error) {
          return error instanceof NotUnderstood
        }
      }),
    )
  })
})
