import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import type { Source } from '../../model/fact.js'
import { readDetail } from './details.js'
import { type SocketSummary, type SocketsArgs, socketStates, sockets } from './index.js'
import { narrowNetstat, wideNetstat } from './netstat.js'
import { proc } from './proc.js'
import { ss } from './ss.js'

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
type SocketSource = Source<SocketsArgs, SocketSummary>
const readAll = (source: SocketSource, stdout: string, requests: readonly SocketsArgs[]): readonly SocketSummary[] =>
  source.parse({ exitCode: 0, stdout, stderr: '' }, requests)
const tcp = (rest: Partial<SocketsArgs> = {}): SocketsArgs => ({ protocol: 'tcp', states: ['established'], ...rest })
const port = (from: number, to = from) => [{ from, to }]
const header = 'Netid State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess'

describe('one namespace seen by every tool', () => {
  const recordings: readonly [file: string, source: SocketSource][] = [
    ['ss-6.1.0.txt', ss],
    ['ss-6.1.0-details.txt', ss],
    ['ss-6.1.0-as-nobody.txt', ss],
    ['ss-3.16.0-by-source.txt', ss],
    ['ss-3.16.0-details-by-source.txt', ss],
    ['proc.txt', proc],
    ['proc-busybox-1.35.0.txt', proc],
    ['netstat-net-tools-2.10-wide.txt', wideNetstat],
    ['netstat-busybox-1.35.0.txt', narrowNetstat],
  ]
  const wishes: readonly [args: SocketsArgs, count: number][] = [
    [tcp(), 12],
    [tcp({ states: ['time-wait'] }), 1],
    [tcp({ states: ['fin-wait-2', 'close-wait'] }), 2],
    [tcp({ states: socketStates }), 16],
    [tcp({ states: ['syn-sent'], peer: ['10.99.0.0/24'] }), 1],
    [tcp({ localPorts: port(443) }), 4],
    [tcp({ peerPorts: port(443) }), 4],
    [tcp({ localPorts: port(443), peer: ['127.0.0.2/32'] }), 3],
    [tcp({ localPorts: port(443), peer: ['127.0.0.2/32', '::/0'] }), 4],
    [tcp({ localPorts: port(40_001, 40_003) }), 3],
    [tcp({ peerPorts: port(5432), local: ['127.0.0.0/8'] }), 2],
    [tcp({ family: 'inet6' }), 2],
    [tcp({ family: 'inet', localPorts: port(443) }), 3],
    [tcp({ local: ['10.0.0.0/8'] }), 0],
    [{ protocol: 'udp', states: ['established'] }, 1],
    [{ protocol: 'udp', states: ['established'], peerPorts: port(5300) }, 1],
  ]
  it.each(recordings)('%s', (file, source) => {
    const requests = wishes.map(([args]) => args)
    expect(readAll(source, fixture(file), requests).map(({ count }) => count)).toEqual(wishes.map(([, count]) => count))
  })

  it.each(recordings.filter(([file]) => !/nobody|netstat/.test(file)))('%s: processes', (file, source) => {
    const requests = [tcp({ process: 'fixture' }), tcp({ process: { not: 'fixture' } }), tcp({ process: 'nginx', states: socketStates })]
    expect(readAll(source, fixture(file), requests).map(({ count, hidden }) => [count, hidden])).toEqual([
      [12, 0],
      [0, 0],
      [0, 0],
    ])
  })

  it.each(recordings.filter(([file]) => /nobody|netstat/.test(file)))('%s: processes are hidden', (file, source) => {
    const [summary] = readAll(source, fixture(file), [tcp({ process: 'fixture', states: ['established', 'time-wait'] })])
    expect([summary?.count, summary?.hidden]).toEqual([0, 12])
  })

  it('is told in few words, however many connections there are', () => {
    const [summary] = readAll(ss, fixture('ss-6.1.0.txt'), [
      tcp({ states: ['established', 'time-wait'], localPorts: port(443), process: { not: 'x' } }),
    ])
    expect(summary).toEqual({
      count: 4,
      hidden: 0,
      states: [{ name: 'established', count: 4 }],
      peers: [
        { name: '127.0.0.2', count: 3 },
        { name: '::1', count: 1 },
      ],
      localPorts: [{ name: 443, count: 4 }],
      peerPorts: [40_001, 40_002, 40_003, 40_004].map((name) => ({ name, count: 1 })),
      examples: [
        { state: 'established', local: '127.0.0.1:443', peer: '127.0.0.2:40002', process: 'fixture' },
        { state: 'established', local: '127.0.0.1:443', peer: '127.0.0.2:40003', process: 'fixture' },
        { state: 'established', local: '[::1]:443', peer: '[::1]:40004', process: 'fixture' },
        { state: 'established', local: '127.0.0.1:443', peer: '127.0.0.2:40001', process: 'fixture' },
      ],
      details: [],
    })
  })

  it('ss -i tells how connections run', () => {
    const details = ['rtt', 'min-rtt', 'retransmits', 'retransmit-ratio', 'cwnd', 'unacked', 'lost', 'delivery-rate'] as const
    const [summary] = readAll(ss, fixture('ss-6.1.0-details.txt'), [tcp({ localPorts: port(443), details })])
    expect(summary?.details.map(({ name, shown, hidden, median, highest }) => [name, shown, hidden, median, highest[0]?.value])).toEqual([
      ['rtt', 4, 0, 0.004, 0.023],
      ['min-rtt', 4, 0, 0.003, 0.02],
      ['retransmits', 4, 0, 0, 0],
      ['retransmit-ratio', 4, 0, 0, 0],
      ['cwnd', 4, 0, 11, 11],
      ['unacked', 4, 0, 0, 0],
      ['lost', 4, 0, 0, 0],
      // Nothing has been sent by one of them.
      ['delivery-rate', 3, 1, 94_208_000_000, 141_312_000_000],
    ])
    expect(summary?.details[0]?.highest[0]?.socket.peer).toBe('127.0.0.2:40001')
    expect(summary?.details[4]?.lowest[0]).toMatchObject({ value: 10, socket: { peer: '[::1]:40004' } })
  })

  it.each([
    ['proc.txt', proc, 4],
    ['netstat-busybox-1.35.0.txt', narrowNetstat, 4],
  ] as const)('%s shows no details', (file, source, hidden) => {
    const [summary] = readAll(source, fixture(file), [tcp({ localPorts: port(443), details: ['rtt'] })])
    expect(summary?.details).toEqual([{ name: 'rtt', shown: 0, hidden, median: null, lowest: [], highest: [] }])
  })

  it('an old ss hides whether something was lost, not the round trip', () => {
    const [summary] = readAll(ss, fixture('ss-3.16.0-details-by-source.txt'), [
      tcp({ localPorts: port(443), details: ['rtt', 'retransmits'] }),
    ])
    expect(summary?.details.map(({ name, shown, hidden, median }) => [name, shown, hidden, median])).toEqual([
      ['rtt', 4, 0, 0.12],
      ['retransmits', 0, 4, null],
    ])
  })
})

describe('details', () => {
  const info =
    ' cubic wscale:7,7 rto:204 rtt:31.5/4.2 cwnd:10 segs_out:200 segs_in:9 delivery_rate 1.2Gbps unacked:3 retrans:1/8 lost:2 minrtt:30.1'
  it.each([
    ['rtt', 31.5],
    ['min-rtt', 30.1],
    ['retransmits', 8],
    ['retransmit-ratio', 4],
    ['cwnd', 10],
    ['unacked', 3],
    ['lost', 2],
    ['delivery-rate', 1_200_000_000],
  ] as const)('%s is %d', (detail, value) => {
    expect(readDetail(info, detail)).toBe(value)
  })

  it('does not take the receiver for the sender', () => {
    expect(readDetail(' cubic rcv_rtt:5 mrtt:7/1 bbr:(bw:1bps,mrtt:0.2)', 'rtt')).toBeNull()
  })
})

describe('asks', () => {
  it.each<[what: string, requests: readonly SocketsArgs[], args: readonly string[]]>([
    ['one state, with another to keep the column', [tcp()], ['state', 'established', 'state', 'closing']],
    ['that other itself', [tcp({ states: ['closing'] })], ['state', 'last-ack', 'state', 'closing']],
    ['all states that are wanted', [tcp(), tcp({ states: ['time-wait'] })], ['state', 'established', 'state', 'time-wait']],
    [
      'all ports that are wanted',
      [tcp({ localPorts: port(443) }), tcp({ states: ['time-wait'], peerPorts: port(5000, 5010) })],
      ['state', 'established', 'state', 'time-wait', '( ( dport >= :5000 and dport <= :5010 ) or sport = :443 )'],
    ],
    [
      'all addresses of IPv4 that are wanted',
      [tcp({ peer: ['10.0.0.0/8', '192.0.2.1/32'] }), tcp({ local: ['10.1.0.0/16'] })],
      ['state', 'established', 'state', 'closing', '( ( dst 10.0.0.0/8 or dst 192.0.2.1/32 ) or src 10.1.0.0/16 )'],
    ],
    [
      'no more than all of it together selects, and what they have in common once',
      [
        tcp({ localPorts: port(443), peer: ['10.1.0.0/16'] }),
        tcp({ localPorts: port(443), peer: ['10.2.0.0/16'] }),
        tcp({ localPorts: port(40_000), peerPorts: port(443) }),
        tcp({ localPorts: port(22), peer: ['10.1.0.0/16'] }),
        tcp({ localPorts: port(22) }),
      ],
      [
        ...['state', 'established', 'state', 'closing'],
        '( ( sport = :40000 and ( dport = :443 ) ) or ( sport = :443 and ( dst 10.1.0.0/16 or dst 10.2.0.0/16 ) ) or sport = :22 )',
      ],
    ],
    [
      'any address where IPv6 is among them, or all of IPv4, or what is no address',
      [
        tcp({ localPorts: port(443), peer: ['10.0.0.0/8', '2001:db8::/32'] }),
        tcp({ localPorts: port(444), local: ['0.0.0.0/0'] }),
        tcp({ localPorts: port(445), local: ['1.2.3.4; reboot'] }),
      ],
      ['state', 'established', 'state', 'closing', '( sport = :443 or sport = :444 or sport = :445 )'],
    ],
    [
      'any address where too many are wanted',
      Array.from({ length: 90 }, (_, n) => tcp({ localPorts: port(443), peer: [`10.0.${n}.0/24`, `10.1.${n}.0/24`] })),
      ['state', 'established', 'state', 'closing', '( sport = :443 )'],
    ],
    [
      'any port where one wants any',
      [tcp({ localPorts: port(443) }), tcp({ states: ['time-wait'] })],
      ['state', 'established', 'state', 'time-wait'],
    ],
    [
      'any port where too many are wanted',
      [tcp({ states: ['established', 'time-wait'], localPorts: Array.from({ length: 101 }, (_, from) => ({ from, to: from })) })],
      ['state', 'established', 'state', 'time-wait'],
    ],
  ])('for %s', (_what, requests, args) => {
    expect(ss.command(requests)).toEqual({ tool: ['ss', '/usr/sbin/ss', '/sbin/ss'], args: ['-n', '-t', '-u', ...args] })
  })

  it('for processes and details only where somebody wants them', () => {
    expect(ss.command([tcp({ process: 'nginx' })])).toMatchObject({ args: expect.arrayContaining(['-p']), privileged: true })
    expect(ss.command([tcp({ details: ['rtt'] })])).toMatchObject({ tool: ['sh'], args: expect.arrayContaining(['-i']) })
    expect(proc.command([tcp({ process: 'x' })])).toMatchObject({ args: expect.arrayContaining([' 01 ', 'processes']), privileged: true })
    expect(proc.command([tcp({ states: ['time-wait', 'closing'] })]).args.slice(2)).toEqual(['sockets', ' 06 0B '])
  })

  it('once for what is counted and once for what is measured, and apart for what is closing alone', () => {
    expect(sockets.group?.(tcp())).toBe(sockets.group?.({ protocol: 'udp', states: ['established'], process: 'named' }))
    expect(sockets.group?.(tcp({ details: ['rtt'] }))).not.toBe(sockets.group?.(tcp()))
    expect(sockets.group?.(tcp({ states: ['time-wait', 'established'] }))).toBe(sockets.group?.(tcp()))
    expect(sockets.group?.(tcp({ states: ['time-wait'] }))).not.toBe(sockets.group?.(tcp()))
    expect(sockets.group?.(tcp({ states: ['time-wait'] }))).toBe(sockets.group?.(tcp({ states: ['fin-wait-2', 'close-wait'] })))
  })
})

describe('what is refused, so that the next source is asked', () => {
  it.each<[what: string, source: SocketSource, stdout: string, message: string]>([
    [
      'no column State',
      ss,
      'Netid Recv-Q Send-Q Local Address:Port Peer Address:Port\n',
      'expected the header of ss with a column State, found "Netid',
    ],
    ['nothing', ss, '', 'expected the header of ss with a column State, found nothing'],
    ['an exit code', ss, `${header}\nss ended with exit code 255\n`, 'expected a socket of ss, found "ss ended'],
    ['a row that is none', ss, `${header}\ntcp ESTAB nonsense\n`, 'expected a socket of ss, found "tcp ESTAB nonsense"'],
    ['an unknown state', ss, `${header}\ntcp MAGIC 0 0 1.2.3.4:1 1.2.3.4:2\n`, 'expected a state of a connection, found "tcp MAGIC'],
    ['an impossible port', ss, `${header}\ntcp ESTAB 0 0 1.2.3.4:65536 1.2.3.4:2\n`, 'expected two addresses and two ports, found'],
    ['no address', ss, `${header}\ntcp ESTAB 0 0 localhost:1 1.2.3.4:2\n`, 'expected two addresses and two ports, found'],
    ['no peer', ss, `${header}\ntcp ESTAB 0 0 1.2.3.4:1 *:*\n`, 'expected two addresses and two ports, found'],
    [
      'addresses that are cut',
      narrowNetstat,
      fixture('netstat-net-tools-2.10-narrow.txt'),
      'expected an address that is not cut, found "tcp6',
    ],
    ['another language', wideNetstat, 'Aktive Internetverbindungen\n', 'expected the header of netstat, found "Aktive'],
    ['no byte order', proc, 'file tcp\nfile udp\nend\n', 'expected the byte order of this machine, found nothing'],
    ['no end', proc, 'order 1\nfile tcp\nfile udp\n', 'expected a line "end" about /proc/net, found'],
    [
      'a row of /proc that is none',
      proc,
      'order 1\nfile tcp\nfile udp\nend\nsocket tcp 01 0:0 0:0 5\n',
      'expected a socket of /proc/net, found',
    ],
  ])('%s', (_what, source, stdout, message) => {
    expect(() => readAll(source, stdout, [tcp()])).toThrow(NotUnderstood)
    expect(() => readAll(source, stdout, [tcp()])).toThrow(message)
  })
})

describe('any output', () => {
  const pieces = [
    'tcp',
    'udp',
    'ESTAB',
    'TIME-WAIT',
    'LISTEN',
    '0',
    '1.2.3.4:80',
    '[::1]:80',
    '*:*',
    'users:(("',
    '",pid=1,fd=2))',
    '\t rtt:1/2',
    'socket tcp 01',
    '0100007F:0016',
    '5',
    'end',
    '\n',
    ' ',
  ]
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })), { maxLength: 30 }).map((parts) => parts.join(' ')),
  )
  const start = fc.constantFrom(
    '',
    `${header}\n`,
    'Proto Recv-Q Send-Q Local Address Foreign Address State\n',
    'order 1\nfile tcp\nfile udp\nend\n',
  )
  const wishes = [tcp({ process: 'a', details: ['rtt'] }), tcp({ states: socketStates })]
  it.each([ss, proc, wideNetstat, narrowNetstat])('of $name is understood or refused', (source) => {
    fc.assert(
      fc.property(start, text, (head, tail) => {
        try {
          return readAll(source, head + tail, wishes).every(sockets.isValue)
        } catch (error) {
          return error instanceof NotUnderstood
        }
      }),
    )
  })

  it('of a host with 100,000 connections is added up within seconds, and stays small', () => {
    const row = (n: number): string =>
      `tcp   ESTAB 0      0      10.0.${(n >> 8) & 255}.${n & 255}:443  10.1.${n & 255}.${(n >> 8) & 255}:${1024 + (n % 60_000)}`
    const stdout = `${header}\n${Array.from({ length: 100_000 }, (_, n) => row(n)).join('\n')}\n`
    const wishes = Array.from({ length: 100 }, (_, n) => tcp({ peer: [`10.1.${n}.0/24`], peerPorts: port(1024, 65_535 - n) }))
    const began = performance.now()
    const found = readAll(ss, stdout, [tcp(), ...wishes])
    expect(found[0]?.count).toBe(100_000)
    expect(JSON.stringify(found).length).toBeLessThan(200_000)
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})
