import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import type { CommandOutput, Source } from '../../model/fact.js'
import { type Listener, type ListenersArgs, listeners } from './index.js'
import { narrowNetstat, wideNetstat } from './netstat.js'
import { proc } from './proc.js'
import { ss } from './ss.js'

type Hide = 'v6only' | 'interface' | 'processes' | 'uid'
type ListenerSource = Source<ListenersArgs, readonly Listener[]>

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
const output = (stdout: string): CommandOutput => ({ exitCode: 0, stdout, stderr: '' })
const read = (source: ListenerSource, stdout: string): readonly Listener[] | undefined =>
  source.parse(output(stdout), [{ processes: true }])[0]
const truth: readonly Listener[] = JSON.parse(fixture('listeners.json'))
const without = (source: ListenerSource, hidden: readonly Hide[]): readonly Listener[] =>
  truth.map((listener) => ({ ...listener, interfaceShown: source === ss, ...Object.fromEntries(hidden.map((field) => [field, null])) }))
const newHeader = 'Netid State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess'
const oldHeader = 'Netid  State      Recv-Q Send-Q     Local Address:Port       Peer Address:Port '
const netstatHeader = 'Proto Recv-Q Send-Q Local Address           Foreign Address         State'

describe('one namespace seen by every tool', () => {
  const recordings: readonly [file: string, source: ListenerSource, hidden: readonly Hide[]][] = [
    ['ss-3.3.0.txt', ss, ['v6only', 'interface']],
    ['ss-4.1.0.txt', ss, ['v6only']],
    ['ss-4.11.0.txt', ss, []],
    ['ss-4.13.0.txt', ss, []],
    ['ss-4.15.0.txt', ss, []],
    ['ss-6.1.0.txt', ss, []],
    ['ss-6.1.0-without-processes.txt', ss, ['processes']],
    ['proc.txt', proc, ['v6only', 'interface']],
    ['proc-busybox-1.35.0.txt', proc, ['v6only', 'interface']],
    ['netstat-net-tools-2.10-wide.txt', wideNetstat, ['v6only', 'interface', 'processes']],
    ['netstat-busybox-1.35.0.txt', narrowNetstat, ['v6only', 'interface', 'processes', 'uid']],
  ]
  it.each(recordings)('%s', (file, source, hidden) => {
    expect(read(source, fixture(file))).toEqual(without(source, hidden))
  })

  it.each([
    ['ss-6.1.0-as-nobody.txt', ss, []],
    ['proc-as-nobody.txt', proc, ['v6only', 'interface']],
  ] as const)('%s: only the own process is seen', (file, source, hidden) => {
    const others = without(source, hidden).map((listener) => ({
      ...listener,
      processes: listener.port === 8019 ? listener.processes : null,
    }))
    expect(read(source, fixture(file))).toEqual(others)
  })
})

describe('what is refused, so that the next source is asked', () => {
  it.each<[what: string, source: ListenerSource, stdout: string, message: string]>([
    ['ss that knows no UDP listeners', ss, fixture('ss-2.6.35.txt'), 'expected the header of ss with a column State, found "Netid  Recv-Q'],
    ['no output of ss', ss, '', 'expected the header of ss with a column State, found nothing'],
    ['a usage text', ss, "ss: unrecognized option '-e'\n", 'expected the header of ss with a column State, found "ss: unrec'],
    ['a row of ss that is none', ss, `${newHeader}\ntcp LISTEN 0 5 nonsense\n`, 'expected a socket of ss, found "tcp LISTEN 0 5 nonsense"'],
    [
      'an unknown row after a known one',
      ss,
      `${newHeader}\ntcp LISTEN 0 5 0.0.0.0:1 0.0.0.0:* ino:5 sk:1\nmptcp LISTEN 0 5 0.0.0.0:2 0.0.0.0:*\n`,
      'expected a socket of ss, found "mptcp LISTEN',
    ],
    ['a row without details', ss, `${newHeader}\ntcp LISTEN 0 5 0.0.0.0:1 0.0.0.0:*\n`, 'expected details of a socket (ino:…), found "tcp'],
    [
      'an impossible port',
      ss,
      `${newHeader}\ntcp LISTEN 0 5 0.0.0.0:65536 0.0.0.0:* ino:5\n`,
      'expected an address and a port, found "tcp',
    ],
    [
      'a wildcard of either family',
      ss,
      `${oldHeader}\ntcp    LISTEN     0      5       *:22        *:*     ino:5 sk:1\n`,
      'expected a wildcard that is IPv4 or IPv6 and not either, found "tcp',
    ],
    [
      'processes that do not end',
      ss,
      `${newHeader}\ntcp LISTEN 0 5 0.0.0.0:1 0.0.0.0:* users:(("a",pid=1,fd=2) ino:5\n`,
      'expected the processes of a socket, found',
    ],
    [
      'an address that is cut',
      narrowNetstat,
      fixture('netstat-net-tools-2.10-narrow.txt'),
      'expected an address that is not cut, found "tcp6',
    ],
    ['no output of netstat', wideNetstat, '', 'expected the header of netstat, found nothing'],
    [
      'a row of netstat that is none',
      wideNetstat,
      `${netstatHeader}\ntcp 0 0 x y\n`,
      'expected a listening socket of netstat, found "tcp 0 0 x y"',
    ],
    ['no byte order', proc, 'file tcp\nfile udp\n', 'expected the byte order of this machine, found nothing'],
    ['no /proc', proc, 'order 1\n', 'expected /proc/net/tcp, found "order 1\\n"'],
    [
      'half an address',
      proc,
      'order 1\nfile tcp\nfile udp\nsocket tcp 0100:0016 0 5\n',
      'expected a socket of /proc/net, found "socket tcp',
    ],
  ])('%s', (_what, source, stdout, message) => {
    expect(() => read(source, stdout)).toThrow(NotUnderstood)
    expect(() => read(source, stdout)).toThrow(message)
  })
})

describe('spellings of the wildcard', () => {
  const tcp = (local: string, peer: string, details = ''): string =>
    `tcp    LISTEN     0      5   ${local}   ${peer}   ino:5 sk:1${details}`
  it.each<[what: string, rows: readonly string[], port22: { address: string; v6only: boolean | null }]>([
    ['since 4.14, dual stack', [tcp('*:22', '*:*', ' v6only:0 <->')], { address: '::', v6only: false }],
    ['since 4.14, IPv6 only', [tcp('[::]:22', '[::]:*', ' v6only:1 <->')], { address: '::', v6only: true }],
    ['since 4.14, IPv4', [tcp('0.0.0.0:22', '0.0.0.0:*')], { address: '0.0.0.0', v6only: null }],
    // Documentation-derived: a kernel before 4.3 does not tell v6only (commit 1267c0b924de says what ss then prints).
    ['since 4.14 on an old kernel', [tcp('127.0.0.1:25', '0.0.0.0:*'), tcp('*:22', '*:*')], { address: '::', v6only: null }],
    ['before 4.13, IPv4 beside IPv6', [tcp('*:22', '*:*'), tcp(':::80', ':::*')], { address: '0.0.0.0', v6only: null }],
    ['before 4.13, IPv6', [tcp(':::22', ':::*')], { address: '::', v6only: null }],
    ['before 4.13, IPv4 alone', [tcp('*:22', '*:*'), tcp('127.0.0.1:25', '*:*')], { address: '0.0.0.0', v6only: null }],
    ['4.13, IPv4 beside IPv6', [tcp('*:22', '*:*'), tcp('*:80', '*:*', ' v6only:0 <->')], { address: '0.0.0.0', v6only: null }],
  ])('%s', (_what, rows, expected) => {
    const found = read(ss, [newHeader, ...rows, ''].join('\n'))?.find((listener) => listener.port === 22)
    expect(found).toMatchObject(expected)
  })

  it('reads /proc of a big-endian machine', () => {
    const lines = [
      'order 256',
      'file tcp',
      'socket tcp 7F000001:0016 0 5',
      'file tcp6',
      'socket tcp6 20010DB8000000000000000000000001:0050 0 6',
      'file udp',
    ]
    expect(read(proc, lines.join('\n'))?.map((listener) => listener.address)).toEqual(['127.0.0.1', '2001:db8::1'])
  })
})

describe('no listeners', () => {
  it.each<[source: ListenerSource, stdout: string]>([
    [ss, `${newHeader}\n`],
    [ss, `${oldHeader}\n`],
    [proc, 'order 1\nfile tcp\nfile udp\n'],
    [wideNetstat, `Active Internet connections (only servers)\n${netstatHeader}       User       Inode     \n`],
  ])('is an empty list, not an error', (source, stdout) => {
    expect(read(source, stdout)).toEqual([])
  })

  it('leaves out sockets that are bound and do not listen', () => {
    expect(read(ss, `${newHeader}\ntcp UNCONN 0 0 127.0.0.1:8021 0.0.0.0:* ino:5 sk:1\n`)).toEqual([])
  })
})

describe('commands', () => {
  it('asks for processes, and for privileges, only when a check wants them', () => {
    expect(ss.command([{ processes: false }])).toEqual({ tool: ['ss', '/usr/sbin/ss', '/sbin/ss'], args: ['-n', '-l', '-t', '-u', '-e'] })
    expect(ss.command([{ processes: false }, { processes: true }])).toMatchObject({
      args: ['-n', '-l', '-t', '-u', '-e', '-p'],
      privileged: true,
    })
    expect(proc.command([{ processes: false }]).args.slice(2)).toEqual(['listeners'])
    expect(proc.command([{ processes: false }])).not.toHaveProperty('privileged')
    expect(proc.command([{ processes: true }])).toMatchObject({ privileged: true })
  })

  it('answers all requests of a host with one command', () => {
    expect(listeners.group?.({ processes: true })).toBe(listeners.group?.({ processes: false }))
    const both = ss.parse(output(fixture('ss-6.1.0.txt')), [{ processes: true }, { processes: false }])
    expect(both).toEqual([truth, truth])
  })
})

describe('any output', () => {
  const sources = [ss, proc, wideNetstat, narrowNetstat]
  const pieces = [
    'tcp',
    'udp',
    'LISTEN',
    'UNCONN',
    '0',
    '5',
    '*:80',
    '[::]:80',
    '0.0.0.0:*',
    'users:(("',
    '",pid=1,fd=2))',
    'ino:5',
    'v6only:1',
    'socket',
    'order 1',
    'process',
    '00000000:0016',
    '%eth0:1',
    '\n',
    ' ',
  ]
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })), { maxLength: 30 }).map((parts) => parts.join(' ')),
  )
  const start = fc.constantFrom('', `${newHeader}\n`, `${netstatHeader}\n`, 'order 1\nfile tcp\nfile udp\n')
  it.each(sources)('$name: is understood or refused', (source) => {
    fc.assert(
      fc.property(start, text, (head, tail) => {
        try {
          return (read(source, head + tail) ?? []).every(({ port }) => Number.isInteger(port))
        } catch (error) {
          return error instanceof NotUnderstood
        }
      }),
    )
  })

  const big = (line: (n: number) => string, count: number): string => Array.from({ length: count }, (_, n) => line(n)).join('\n')
  const port = (n: number): string => String(1 + (n % 65_535))
  it.each<[name: string, source: ListenerSource, head: string, line: (n: number) => string]>([
    [
      'ss',
      ss,
      newHeader,
      (n) =>
        `udp   UNCONN 0      0      127.0.0.1:${port(n)}      0.0.0.0:*    users:(("named",pid=${n},fd=9)) uid:53 ino:${n + 1} sk:1 <->${' '.repeat(80)}`,
    ],
    [
      'netstat',
      wideNetstat,
      netstatHeader,
      (n) => `udp        0      0 127.0.0.1:${port(n)}    0.0.0.0:*                 0          ${n}     `,
    ],
    [
      '/proc',
      proc,
      'order 1\nfile tcp\nfile udp',
      (n) => `socket udp 0100007F:${(1 + (n % 65_535)).toString(16).toUpperCase().padStart(4, '0')} 53 ${n}\nprocess ${n} ${n} named`,
    ],
  ])('%s: 100,000 sockets in seconds', (_name, source, head, line) => {
    const stdout = `${head}\n${big(line, 100_000)}\n`
    const began = performance.now()
    expect(read(source, stdout)).toHaveLength(100_000)
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  it('refuses a row of one million characters in seconds', () => {
    const began = performance.now()
    const tail = '("a",'.repeat(200_000)
    expect(() => read(ss, `${newHeader}\ntcp LISTEN 0 5 0.0.0.0:1 0.0.0.0:* users:(${tail}\n`)).toThrow(NotUnderstood)
    expect(() => read(ss, `${newHeader}\n${'tcp LISTEN 0 5 '.repeat(70_000)}\n`)).toThrow(NotUnderstood)
    expect(() => read(wideNetstat, `${netstatHeader}\ntcp 0 0 ${' '.repeat(1_000_000)}x\n`)).toThrow(NotUnderstood)
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})
