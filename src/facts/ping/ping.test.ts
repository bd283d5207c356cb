import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type Ping, type PingAddress, type PingArgs, ping } from './index.js'
import { parsePing } from './ping-output.js'
import { pingTool, python } from './sources.js'
import { commandTimeoutMs } from './timing.js'
import { pingExe } from './windows.js'

const request = (host: string, more: Partial<PingArgs> = {}): PingArgs => ({
  host,
  count: 3,
  intervalMs: 200,
  size: 56,
  timeoutMs: 3_300,
  ...more,
})
const output = (stdout: string) => ({ exitCode: 0, stdout, stderr: '' })
const head = '{"probe":"python3"}'

describe('commands', () => {
  it('send all targets of a host through one process', () => {
    expect(ping.active).toBe(true)
    expect(ping.group?.(request('a'))).toBe(ping.group?.(request('b', { source: '10.0.0.1' })))
    const requests = [
      request('10.20.0.5'),
      request('db.example.com', { family: 6, dontFragment: true, size: 1_452 }),
      request('fd00::5', { source: 'eth0', timeoutMs: 250.4 }),
      request('db.example.com', { source: '10.0.0.1', count: 10 }),
    ]
    const expected =
      '0 10.20.0.5 0 3 200 56 0 - 3300\n1 db.example.com 6 3 200 1452 1 - 3300\n2 fd00::5 0 3 200 56 0 %eth0 250\n3 db.example.com 4 10 200 56 0 10.0.0.1 3300\n'
    for (const source of [python, pingTool, pingExe]) expect(source.command(requests).stdin).toBe(expected)
  })

  it('name their tools in order of preference', () => {
    expect(ping.sources.linux?.map(({ name, command }) => [name, command([request('a')]).tool[0]])).toEqual([
      ['python', 'python3'],
      ['python (become)', 'python3'],
      ['ping', 'sh'],
    ])
  })

  it('never send what would break out of a line', () => {
    const written = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(written, fc.option(written, { nil: undefined }), (host, from) => {
        const stdin = python.command([request(host, from === undefined ? {} : { source: from })]).stdin ?? ''
        expect(stdin).toMatch(/^(0 [\w.:%][\w.:%-]* [046] 3 200 56 0 (-|%?[\w.:%][\w.:%-]*) 3300\n)?$/)
      }),
    )
  })

  it('may take as long as silence everywhere takes, but never hours', () => {
    const silent = (count: number) => commandTimeoutMs(Array.from({ length: count }, (_, index) => request(`10.0.0.${index}`)))
    expect(silent(1)).toBeLessThan(40_000)
    expect(silent(1_000)).toBeGreaterThan((1_000 / 512) * 5_000)
    expect(silent(200_000)).toBeLessThan(3_600_000)
    expect(commandTimeoutMs([request('a', { count: 600, intervalMs: 1_000 })])).toBeGreaterThan(600_000)
  })
})

describe('what the Python probe wrote', () => {
  const only = (line: string): PingAddress | undefined => python.parse(output(`${head}\n${line}\n`), [request('10.0.0.5')])[0]?.addresses[0]

  it('is read whole', () => {
    const line =
      '{"i":0,"address":"10.0.0.5","source":"10.0.0.1","sent":3,"replies":[[0,0.412,63],[2,1.5,null]],"duplicates":1,"errors":[[1,3,4,"10.0.0.254",1400]],"confirmed":true,"problem":null}'
    expect(only(line)).toEqual({
      address: '10.0.0.5',
      source: '10.0.0.1',
      sent: 3,
      replies: [
        { sequence: 0, rttMs: 0.412, ttl: 63 },
        { sequence: 2, rttMs: 1.5, ttl: null },
      ],
      duplicates: 1,
      errors: [{ sequence: 1, type: 3, code: 4, from: '10.0.0.254', mtu: 1400 }],
      confirmed: true,
      problem: null,
    })
  })

  it.each([
    ['["name","","Name or service not known"]', 'name-error', 'Name or service not known'],
    ['["source","EADDRNOTAVAIL","Cannot assign requested address"]', 'source-error', 'Cannot assign requested address (EADDRNOTAVAIL)'],
    ['["source","EPERM","Operation not permitted"]', 'not-permitted', 'Operation not permitted (EPERM)'],
    [
      '["socket","EAFNOSUPPORT","Address family not supported by protocol"]',
      'no-route',
      'Address family not supported by protocol (EAFNOSUPPORT)',
    ],
    ['["route","ENETUNREACH",""]', 'no-route', 'ENETUNREACH'],
    ['["route","EINVAL","Invalid argument"]', 'local-policy', 'Invalid argument (EINVAL)'],
    ['["send","EPERM","Operation not permitted"]', 'local-policy', 'Operation not permitted (EPERM)'],
    ['["send","EMSGSIZE","Message too long, MTU 1500"]', 'too-big', 'Message too long, MTU 1500 (EMSGSIZE)'],
    ['["send","ENOBUFS","No buffer space available"]', 'unsupported', 'No buffer space available (ENOBUFS)'],
    ['["unasked","ETIME","the probe ran out of time"]', 'unsupported', 'the probe ran out of time (ETIME)'],
  ])('a problem %s', (problem, kind, detail) => {
    expect(only(`{"i":0,"address":null,"problem":${problem}}`)).toMatchObject({ sent: 0, problem: { kind, detail } })
  })

  it('a target without an answer claims nothing', () => {
    const values = python.parse(output(`${head}\n`), [request('10.0.0.5'), request('-x')])
    expect(values.map(({ addresses: [first] }) => first.problem?.detail)).toEqual([
      'the probe ended without an answer for this target',
      'not a target that can be pinged',
    ])
  })

  it('replies to what was never sent, or twice the same, are none', () => {
    const line =
      '{"i":0,"address":"10.0.0.5","source":null,"sent":2,"replies":[[0,1,64],[0,2,64],[7,1,64],["x",1,1],[1,-5,999]],"duplicates":0,"errors":[[9,3,1,null,0],[0,999,1,null,0]],"confirmed":true,"problem":null}'
    expect(only(line)).toMatchObject({
      replies: [
        { sequence: 0, rttMs: 2, ttl: 64 },
        { sequence: 1, rttMs: null, ttl: null },
      ],
      errors: [{ sequence: null, type: 3, code: 1, from: null, mtu: null }],
    })
  })

  it('anything else is not understood, and whatever comes is a value', () => {
    expect(() => python.parse(output('Traceback (most recent call last):'), [request('a')])).toThrow(NotUnderstood)
    const lines = fc.array(
      fc.oneof(
        fc.json(),
        fc.string(),
        fc
          .json()
          .map((json) => `{"i":0,"address":"10.0.0.5","sent":3,"duplicates":0,"replies":[${json}],"errors":[${json}],"problem":${json}}`),
      ),
    )
    fc.assert(
      fc.property(lines, (some) => {
        const [value] = python.parse(output([head, ...some].join('\n')), [request('10.0.0.5')])
        expect(ping.isValue(value)).toBe(true)
      }),
    )
  })
})

describe('what ping wrote', () => {
  const folder = new URL('fixtures/', import.meta.url)
  const cases = readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .flatMap((file) => {
      const values = JSON.parse(readFileSync(new URL(file.replace('.txt', '.json'), folder), 'utf8')) as Record<string, PingAddress>
      const sections = readFileSync(new URL(file, folder), 'utf8').split(/^## /m).slice(1)
      expect(sections).toHaveLength(Object.keys(values).length)
      return sections.map((section) => {
        const [command = '', ...lines] = section.split('\n')
        return { file, command, text: lines.join('\n'), value: values[command] }
      })
    })

  it.each(cases)('$file: $command', ({ command, text, value }) => {
    const words = command.replace(/ \(.*/, '').split(' ')
    const host = words.at(-1) ?? ''
    const source = words.includes('-I') ? { source: words.at(-2) ?? '' } : {}
    expect(parsePing(text, request(host, source), host.endsWith('.test') ? null : host)).toEqual(value)
  })

  it.each([
    ['a reply of another address', '64 bytes from 10.0.0.9: icmp_seq=1 ttl=64 time=1 ms', { replies: [] }],
    ['a reply that says so', '64 bytes from 10.0.0.5: icmp_seq=1 ttl=64 time=1 ms (DIFFERENT ADDRESS!)', { replies: [] }],
    ['a damaged one', '64 bytes from 10.0.0.5: icmp_seq=1 ttl=64 time=1 ms (BAD CHECKSUM!)', { replies: [] }],
    [
      'a duplicate',
      '64 bytes from 10.0.0.5: icmp_seq=1 ttl=64 time=1 ms\n64 bytes from 10.0.0.5: icmp_seq=1 ttl=64 time=2 ms (DUP!)',
      { duplicates: 1 },
    ],
    [
      'a truncated reply',
      '76 bytes from 10.0.0.5: icmp_seq=2 ttl=115 time=30.1 ms (truncated)',
      { replies: [{ sequence: 1, rttMs: 30.1, ttl: 115 }] },
    ],
    [
      'a time that cannot be',
      '64 bytes from 10.0.0.5: icmp_seq=1 ttl=64 time=1.2.3 ms',
      { replies: [{ sequence: 0, rttMs: null, ttl: 64 }] },
    ],
    ['an old error', 'From 10.0.0.1: icmp_seq=1 Redirect Host(New nexthop: 10.0.0.2)', { errors: [], confirmed: false }],
    ['an ICMP error that is not known', 'From 10.0.0.1 icmp_seq=1 Something quite new', { errors: [], confirmed: false }],
    [
      'a loop',
      'From 10.0.0.1 icmp_seq=1 Time to live exceeded',
      { errors: [{ sequence: 0, type: 11, code: 0, from: '10.0.0.1', mtu: null }] },
    ],
  ])('%s', (_, line, expected) => {
    const text = `PING 10.0.0.5 (10.0.0.5) 56(84) bytes of data.\n${line}\n\n3 packets transmitted, 0 received, 100% packet loss, time 2ms\n`
    expect(parsePing(text, request('10.0.0.5'), '10.0.0.5')).toMatchObject(expected)
  })

  it('of many addresses is told apart, and what was not understood costs only its own', () => {
    const stdout = `#iputils 20221126
=0 10.0.0.5 |PING 10.0.0.5 (10.0.0.5) 56(84) bytes of data.
=1 - |ping: unknown host
=0 10.0.0.5 |64 bytes from 10.0.0.5: icmp_seq=1 ttl=64 time=0.5 ms
=2 fd00::1 |Segmentation fault
=0 10.0.0.5 |3 packets transmitted, 1 received, 66% packet loss, time 402ms
=0 10.0.0.5 !0
=2 fd00::1 !139
=9 10.0.0.9 |64 bytes from 10.0.0.9
`
    const values = pingTool.parse(output(stdout), [request('10.0.0.5'), request('nosuch'), request('fd00::1')])
    expect(values.map(({ probe, addresses: [first] }) => [probe, first.sent, first.replies.length, first.problem])).toEqual([
      ['ping (iputils)', 3, 1, null],
      ['ping (iputils)', 0, 0, { kind: 'name-error', detail: 'unknown host' }],
      ['ping (iputils)', 0, 0, { kind: 'unsupported', detail: 'expected the summary of ping, found "Segmentation fault\\n"' }],
    ])
    expect(() => pingTool.parse(output('sh: not found'), [request('a')])).toThrow(NotUnderstood)
  })

  it('is a value or not understood, whatever it is', () => {
    const text = fc
      .array(fc.oneof(fc.string(), fc.constantFrom(...cases.flatMap((each) => each.text.split('\n')))))
      .map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(text, (some) => {
        const value = ((): PingAddress | null => {
          try {
            return parsePing(some, request('10.78.2.5'), '10.78.2.5')
          } catch (error) {
            if (error instanceof NotUnderstood) return null
            throw error
          }
        })()
        if (value === null) return
        expect(ping.isValue({ probe: 'ping', addresses: [value] } satisfies Ping)).toBe(true)
        expect(value.replies.length).toBeLessThanOrEqual(value.sent)
        if (value.sent < 3) expect(value.problem).not.toBeNull()
      }),
    )
  })
})

/** From Microsoft's documentation and public posts; not recorded. */
describe('what ping.exe writes', () => {
  const parse = (text: string, host = '10.0.0.5') =>
    pingExe.parse(
      output(
        `#ping.exe\r\n${text
          .split('\n')
          .map((line) => `=0 ${host} |${line}\r\n`)
          .join('')}=0 ${host} !0\r\n`,
      ),
      [request(host)],
    )[0]?.addresses[0]
  const languages = {
    English: {
      head: 'Pinging 10.0.0.5 with 32 bytes of data:',
      reply: 'Reply from 10.0.0.5: bytes=32 time=2ms TTL=127',
      fast: 'Reply from 10.0.0.5: bytes=32 time<1ms TTL=127',
      dead: 'Reply from 10.0.0.1: Destination host unreachable.',
      silent: 'Request timed out.',
      tail: 'Ping statistics for 10.0.0.5:\n    Packets: Sent = 3, Received = 3, Lost = 0 (0% loss),',
    },
    German: {
      head: 'Ping wird ausgeführt für 10.0.0.5 mit 32 Bytes Daten:',
      reply: 'Antwort von 10.0.0.5: Bytes=32 Zeit=2ms TTL=127',
      fast: 'Antwort von 10.0.0.5: Bytes=32 Zeit<1ms TTL=127',
      dead: 'Antwort von 10.0.0.1: Zielhost nicht erreichbar.',
      silent: 'Zeitüberschreitung der Anforderung.',
      tail: 'Ping-Statistik für 10.0.0.5:\n    Pakete: Gesendet = 3, Empfangen = 3, Verloren = 0\n    (0% Verlust),',
    },
    Korean: {
      head: 'Ping 10.0.0.5 32바이트 데이터 사용:',
      reply: '10.0.0.5의 응답: 바이트=32 시간=2ms TTL=127',
      fast: '10.0.0.5의 응답: 바이트=32 시간<1ms TTL=127',
      dead: '10.0.0.1의 응답: 대상 호스트에 연결할 수 없습니다.',
      silent: '요청 시간이 만료되었습니다.',
      tail: '10.0.0.5에 대한 Ping 통계:\n    패킷: 보냄 = 3, 받음 = 3, 손실 = 0 (0% 손실),',
    },
  }

  it.each(Object.entries(languages))('in %s', (_, { head: heading, reply, fast, dead, silent, tail }) => {
    const page = (...lines: readonly string[]): string => ['', heading, ...lines, '', ...tail.split('\n')].join('\n')
    expect(parse(page(reply, fast, silent))).toEqual({
      address: '10.0.0.5',
      source: null,
      sent: 3,
      replies: [
        { sequence: 0, rttMs: 2, ttl: 127 },
        { sequence: 1, rttMs: null, ttl: 127 },
      ],
      duplicates: 0,
      errors: [],
      confirmed: true,
      problem: null,
    })
    expect(parse(page(dead, dead, dead))).toMatchObject({
      replies: [],
      errors: [0, 1, 2].map((sequence) => ({ sequence, type: 3, code: 1, from: '10.0.0.1', mtu: null })),
    })
    expect(parse(page(silent, silent, silent))).toMatchObject({ sent: 3, replies: [], errors: [], confirmed: false, problem: null })
  })

  it('has no TTL in IPv6, and its own failures are problems', () => {
    const six =
      'Pinging fd00::5 with 32 bytes of data:\nReply from fd00::5: time=3ms\nReply from fd00::5: time<1ms\nReply from fd00::1: Destination host unreachable.\n'
    expect(parse(six, 'fd00::5')).toMatchObject({
      replies: [{ rttMs: 3, ttl: null }, { sequence: 1 }],
      errors: [{ sequence: 2, from: 'fd00::1' }],
    })
    const failed =
      'Pinging 10.0.0.5 with 32 bytes of data:\nPING: transmit failed. General failure.\nPING: transmit failed. General failure.\nPING: transmit failed. General failure.\n'
    expect(parse(failed)).toMatchObject({ sent: 0, problem: { kind: 'unsupported', detail: 'PING: transmit failed. General failure.' } })
    const large =
      'Pinging 10.0.0.5 with 2000 bytes of data:\nPacket needs to be fragmented but DF set.\nPacket needs to be fragmented but DF set.\nPacket needs to be fragmented but DF set.\n'
    expect(parse(large)).toMatchObject({ sent: 0, problem: { kind: 'too-big' } })
  })
})
