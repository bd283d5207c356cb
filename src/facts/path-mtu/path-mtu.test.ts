import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type PathMtu, type PathMtuArgs, pathMtu } from './index.js'
import { commandTimeoutMs } from './timing.js'

const [plain, privileged] = pathMtu.sources.linux ?? []
if (plain === undefined || privileged === undefined) throw new Error('there are two sources for linux')
const request = (host: string, more: Partial<PathMtuArgs> = {}): PathMtuArgs => ({ host, upTo: 1_500, timeoutMs: 1_000, ...more })
const head = '{"probe":"python3"}'
const parse = (lines: readonly string[], requests: readonly PathMtuArgs[] = [request('10.0.0.5')]) =>
  plain.parse({ exitCode: 0, stdout: [head, ...lines].join('\n'), stderr: '' }, requests)

describe('commands', () => {
  it('search for all targets of a host in one process, the second with privileges', () => {
    expect(pathMtu.active).toBe(true)
    expect(pathMtu.group?.(request('a'))).toBe(pathMtu.group?.(request('b')))
    const requests = [request('10.0.0.5'), request('a.test', { family: 6, upTo: 9_000 }), request('fd00::5', { source: 'eth0' })]
    expect(plain.command(requests).stdin).toBe('0 10.0.0.5 0 - 1500 1000\n1 a.test 6 - 9000 1000\n2 fd00::5 0 %eth0 1500 1000\n')
    expect([plain.command(requests).privileged, privileged.command(requests).privileged]).toEqual([undefined, true])
  })

  it('never send what would break out of a line, nor a size that cannot be', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer(), (host, upTo) => {
        const stdin = plain.command([request(host, { upTo })]).stdin ?? ''
        expect(stdin).toMatch(/^(0 [\w.:%][\w.:%-]* 0 - \d{2,5} 1000\n)?$/)
      }),
    )
  })

  it('may take as long as a black hole takes, but never hours', () => {
    expect(commandTimeoutMs([request('a')])).toBeGreaterThan(60_000)
    expect(commandTimeoutMs(Array.from({ length: 100_000 }, () => request('a')))).toBeLessThan(3_600_000)
  })
})

describe('answers', () => {
  it.each<[string, string, Partial<PathMtu>]>([
    [
      'an ICMP error',
      '"address":"10.0.0.5","source":"10.0.0.1","mtu":1400,"limit":"icmp","tooBig":1500,"error":[3,4,"10.0.0.254",1400],"problem":null',
      { mtu: 1_400, limit: 'icmp', tooBig: 1_500, error: { type: 3, code: 4, from: '10.0.0.254', mtu: 1_400 }, problem: null },
    ],
    [
      'nothing',
      '"address":"10.0.0.5","mtu":1500,"limit":"none","tooBig":null,"error":null,"problem":null',
      { mtu: 1_500, limit: 'none', tooBig: null },
    ],
    [
      'a target that does not answer',
      '"address":"10.0.0.5","mtu":null,"limit":"silence","tooBig":null,"error":null,"problem":["silent","","no echo request was answered"]',
      { mtu: null, problem: { kind: 'silent', detail: 'no echo request was answered' } },
    ],
    [
      'a name',
      '"address":null,"problem":["name","","Name or service not known"]',
      { address: null, mtu: null, problem: { kind: 'name-error', detail: 'Name or service not known' } },
    ],
    [
      'more than was asked for',
      '"address":"10.0.0.5","mtu":9000,"limit":"none","tooBig":null,"error":null,"problem":null',
      { mtu: null, problem: { kind: 'unsupported', detail: 'the probe gave no figure and no reason' } },
    ],
  ])('%s', (_, fields, value) => {
    expect(parse([`{"i":0,${fields}}`])[0]).toMatchObject(value)
  })

  it('that are missing claim nothing', () => {
    const values = parse([], [request('10.0.0.5'), request('-x')])
    expect(values.map(({ mtu, problem }) => [mtu, problem?.detail])).toEqual([
      [null, 'the probe ended without an answer for this target'],
      [null, 'not a target that can be asked'],
    ])
    expect(() => plain.parse({ exitCode: 0, stdout: 'Traceback', stderr: '' }, [request('a')])).toThrow(NotUnderstood)
  })

  it('are values, whatever comes', () => {
    const some = fc
      .json()
      .map((json) => `{"i":0,"address":${json},"mtu":${json},"limit":${json},"tooBig":${json},"error":${json},"problem":${json}}`)
    fc.assert(
      fc.property(fc.array(fc.oneof(some, fc.json(), fc.string())), (lines) => {
        expect(pathMtu.isValue(parse(lines)[0])).toBe(true)
      }),
    )
  })
})
