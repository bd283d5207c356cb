import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type TcpAddressResult, type TcpConnectArgs, tcpConnect } from './index.js'
import { commandTimeoutMs } from './timing.js'

const sources = tcpConnect.sources.linux ?? []
const [python] = sources
if (python === undefined) throw new Error('there is a source for linux')

const head = '{"probe":"python3","icmp":"full"}'
const coarseHead = '{"probe":"nc","icmp":"none"}'
const request = (host: string, port = 80, more: Partial<TcpConnectArgs> = {}): TcpConnectArgs => ({ host, port, timeoutMs: 3_300, ...more })

function parse(lines: readonly string[], requests: readonly TcpConnectArgs[] = [request('10.20.0.5')]) {
  return python?.parse({ exitCode: 0, stdout: `${lines.join('\n')}\n`, stderr: '' }, requests) ?? []
}

function only(line: string, first = head): TcpAddressResult {
  const [value] = parse([first, line])
  if (value === undefined) throw new Error('one request gives one value')
  return value.addresses[0]
}

describe('commands', () => {
  it('send all targets of a host through one process', () => {
    expect(tcpConnect.active).toBe(true)
    expect(tcpConnect.group?.(request('a'))).toBe(tcpConnect.group?.(request('b', 1, { source: '10.0.0.1' })))
    const requests = [
      request('10.20.0.5', 5432),
      request('db.example.com', 443, { family: 6 }),
      request('fd00::5', 22, { source: 'eth0', timeoutMs: 250.4 }),
      request('db.example.com', 22, { source: '10.0.0.1' }),
    ]
    const expected =
      '0 10.20.0.5 5432 3300 0 -\n1 db.example.com 443 3300 6 -\n2 fd00::5 22 250 0 %eth0\n3 db.example.com 22 3300 4 10.0.0.1\n'
    for (const source of sources) expect(source.command(requests).stdin).toBe(expected)
  })

  it('name their tools in order of preference', () => {
    expect(sources.map((source) => [source.name, source.command([request('a')]).tool[0]])).toEqual([
      ['python', 'python3'],
      ['perl', 'perl'],
      ['bash /dev/tcp', 'bash'],
      ['nc', 'sh'],
      ['curl', 'sh'],
    ])
    // A Mac's python3 may be a stub that opens a dialogue.
    expect(tcpConnect.sources.darwin?.[0]?.name).toBe('perl')
  })

  it('never send what would break out of a line', () => {
    const written = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(written, fc.option(written, { nil: undefined }), (host, from) => {
        const stdin = python.command([request(host, 80, from === undefined ? {} : { source: from })]).stdin ?? ''
        expect(stdin).toMatch(/^(0 [\w.:%][\w.:%-]* 80 3300 [046] (-|%?[\w.:%][\w.:%-]*)\n)?$/)
      }),
    )
  })

  it('may take as long as silence everywhere takes, but never hours', () => {
    const silent = (count: number) => commandTimeoutMs(Array.from({ length: count }, (_, index) => request('10.20.0.5', index + 1)))
    expect(silent(1)).toBeLessThan(75_000)
    expect(silent(10_000)).toBeGreaterThan(4 * 20 * 3_300)
    expect(silent(100_000)).toBeLessThan(3_600_000)
  })
})

describe('answers', () => {
  it.each([
    ['a handshake', '{"i":0,"outcome":"open","address":"10.20.0.5","asks":1,"ms":0.412,"source":"10.0.0.2"}', 'open'],
    ['a reset after it', '{"i":0,"outcome":"reset","address":"10.20.0.5","asks":1,"ms":0.4}', 'open-then-reset'],
    ['a RST', '{"i":0,"outcome":"error","address":"10.20.0.5","asks":1,"errno":"ECONNREFUSED","ms":0.4}', 'refused'],
    ['a port unreachable', '{"i":0,"outcome":"error","address":"10.20.0.5","errno":"ECONNREFUSED","icmp":[3,3,"10.20.0.5"]}', 'rejected'],
    ['a policy', '{"i":0,"outcome":"error","address":"10.20.0.5","errno":"EHOSTUNREACH","icmp":[3,13,"10.0.0.1"]}', 'rejected'],
    ['a missing route', '{"i":0,"outcome":"error","address":"10.20.0.5","errno":"ENETUNREACH","icmp":[3,0,"10.0.0.1"]}', 'no-route'],
    ['a routing loop', '{"i":0,"outcome":"error","address":"10.20.0.5","errno":"EHOSTUNREACH","icmp":[11,0,"10.0.0.1"]}', 'no-route'],
    ['a dead host', '{"i":0,"outcome":"error","address":"10.20.0.5","errno":"EHOSTUNREACH","icmp":[3,1,"10.0.0.1"]}', 'host-unreachable'],
    [
      'a host that says it is dead',
      '{"i":0,"outcome":"error","address":"10.20.0.5","errno":"EHOSTUNREACH","icmp":[3,1,"10.20.0.5"]}',
      'rejected',
    ],
    ['an unknown ICMP code', '{"i":0,"outcome":"error","address":"10.20.0.5","errno":"EHOSTUNREACH","icmp":[3,77,null]}', 'rejected'],
    ['a policy of IPv6', '{"i":0,"outcome":"error","address":"fd00::5","errno":"EACCES","icmp":[1,1,"fd00::1"]}', 'rejected'],
    [
      'no neighbour of IPv6',
      '{"i":0,"outcome":"error","address":"fd00::5","errno":"EHOSTUNREACH","icmp":[1,3,"fd00::1"]}',
      'host-unreachable',
    ],
    ['a loop of IPv6', '{"i":0,"outcome":"error","address":"fd00::5","errno":"EHOSTUNREACH","icmp":[3,0,"fd00::1"]}', 'no-route'],
    ['no route here', '{"i":0,"outcome":"error","address":"10.20.0.5","errno":"ENETUNREACH","local":true}', 'no-route'],
    ['a prohibit route here', '{"i":0,"outcome":"error","address":"10.20.0.5","errno":"EACCES","local":true}', 'local-policy'],
    ['silence that is certain', '{"i":0,"outcome":"timeout","address":"10.20.0.5","asks":3,"confirmed":true}', 'timeout'],
    ['a source that is not there', '{"i":0,"outcome":"source","address":"10.20.0.5","asks":1,"errno":"EADDRNOTAVAIL"}', 'source-error'],
    ['a name without an address', '{"i":0,"outcome":"name","text":"Name or service not known"}', 'name-error'],
    ['a target not reached in time', '{"i":0,"outcome":"unasked","address":"10.20.0.5","asks":0}', 'unsupported'],
  ])('%s', (_, line, status) => {
    expect(only(line).possible).toEqual([status])
    expect(only(line).status).toBe(status)
  })

  it.each([
    ['connection refused', '"text":"nc: connect to 10.20.0.5 port 80 (tcp) failed: Connection refused"', ['refused', 'rejected']],
    ['no route to host', '"text":"No route to host"', ['host-unreachable', 'rejected', 'no-route']],
    ['musl says it in other words', '"text":"Host is unreachable"', ['host-unreachable', 'rejected', 'no-route']],
    ['network unreachable', '"errno":"ENETUNREACH"', ['no-route', 'rejected']],
    ['no ICMP error gives EINVAL', '"text":"Invalid argument"', ['local-policy']],
    ["curl's exit code 7", '"asks":1', ['refused', 'rejected', 'no-route', 'host-unreachable', 'local-policy']],
  ])('a coarse probe leaves open what it cannot tell: %s', (_, words, possible) => {
    const result = only(`{"i":0,"outcome":"error","address":"10.20.0.5",${words}}`, coarseHead)
    expect(result.possible).toEqual(possible)
    expect(result.status).toBe(possible.length > 1 ? 'ambiguous' : possible[0])
  })

  it('an ICMP error that was seen but not read rules out a RST', () => {
    const line = '{"i":0,"outcome":"error","address":"10.20.0.5","errno":"ECONNREFUSED","icmp":"seen"}'
    expect(only(line, '{"probe":"python2","icmp":"seen"}').possible).toEqual(['rejected'])
    expect(only(line, '{"probe":"python2","icmp":"seen"}').icmp).toBeNull()
  })

  it('silence is not believed unless it was confirmed', () => {
    const result = only('{"i":0,"outcome":"timeout","address":"10.20.0.5","asks":1}')
    expect(result).toMatchObject({ status: 'ambiguous', confirmed: false })
    expect(result.possible).toEqual(['timeout', 'rejected', 'no-route', 'host-unreachable', 'refused'])
  })

  it('silence beside errors of the same address may only be what these were', () => {
    const lines = [
      head,
      '{"i":0,"outcome":"timeout","address":"10.20.0.5","asks":3,"limited":true}',
      '{"i":1,"outcome":"error","address":"10.20.0.5","errno":"ECONNREFUSED","icmp":[3,3,"10.20.0.5"]}',
      '{"i":2,"outcome":"open","address":"10.20.0.5"}',
      '{"i":3,"outcome":"error","address":"10.20.0.6","errno":"EHOSTUNREACH","icmp":[3,1,"10.0.0.1"]}',
    ]
    const requests = [1, 2, 3, 4].map((port) => request('10.20.0.5', port))
    expect(parse(lines, requests)[0]?.addresses[0].possible).toEqual(['timeout', 'rejected'])
  })

  it('every address of a name has its own result', () => {
    const lines = [
      head,
      '{"i":0,"outcome":"error","address":"fd00::5","errno":"ENETUNREACH","local":true}',
      '{"i":0,"outcome":"open","address":"10.20.0.5","ms":0.4}',
    ]
    expect(parse(lines, [request('db.example.com')])[0]?.addresses.map(({ address, status }) => [address, status])).toEqual([
      ['fd00::5', 'no-route'],
      ['10.20.0.5', 'open'],
    ])
  })

  it('a target without an answer is not judged, and says why', () => {
    const lines = [head, '{"i":1,"outcome":"open","address":"10.20.0.6"}']
    const values = parse(lines, [request('10.20.0.5'), request('10.20.0.6'), request('a b')])
    expect(values.map(({ addresses: [first] }) => [first.status, first.detail])).toEqual([
      ['unsupported', 'the probe ended without an answer for this target'],
      ['open', null],
      ['unsupported', 'not an address or a host name'],
    ])
  })

  it('of another program are not understood', () => {
    expect(() => parse(['Usage: python [options]'])).toThrow('expected the answers of a TCP probe, found "Usage: python [options]\\n"')
  })

  it('are total, whatever a host sends', () => {
    const line = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify({ i: 0, outcome: 'error', icmp: value, errno: value })),
    )
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const values = parse([head, ...lines], [request('10.20.0.5'), request('10.20.0.6')])
        expect(values).toHaveLength(2)
        for (const { addresses } of values) expect(addresses.length).toBeGreaterThan(0)
      }),
    )
  })

  it('are made safe to print', () => {
    const line = JSON.stringify({ i: 0, outcome: 'name', text: 'no \u001b[31msuch\u001b[0m name\n\u202e' })
    expect(only(line).detail).toBe('no such name \ufffd')
  })
})
