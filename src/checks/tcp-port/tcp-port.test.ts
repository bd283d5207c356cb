import { describe, expect, it } from 'vitest'
import type { TcpAddressResult, TcpStatus } from '../../facts/tcp-connect/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { Finding } from '../../model/check.js'
import { describePorts } from './findings.js'
import { context, seen, value } from './fixtures.js'
import { tcpPort } from './index.js'
import { type Expected, expectations, type TcpPortSpec } from './spec.js'

function only(spec: Partial<TcpPortSpec>, result: TcpAddressResult, probe = 'python3'): Finding {
  const facts = { targets: [{ probe, addresses: [result] as const }] }
  const [finding, ...others] = tcpPort.evaluate({ target: 'db1:5432', ...spec }, facts, context, nothingLearnt)
  if (finding === undefined || others.length > 0) throw new Error('one address gives one finding')
  return finding
}

describe('needs', () => {
  const asked = (spec: TcpPortSpec) => tcpPort.needs(spec, context).targets.map(({ host, args }) => [host, args.host, args.port])

  it.each<[string, TcpPortSpec, readonly unknown[]]>([
    ['a host of the inventory', { target: 'db1:5432' }, [['web1', '10.20.0.5', 5432]]],
    ['a host whose address is a name', { target: 'db2:5432' }, [['web1', 'db2.internal', 5432]]],
    ['a name', { target: 'www.example.com:443' }, [['web1', 'www.example.com', 443]]],
    ['an international name', { target: '예시.테스트:443' }, [['web1', 'xn--vv4b11d.xn--9t4b11yi5a', 443]]],
    ['an IPv6 address', { target: '[fd00::5]:443' }, [['web1', 'fd00::5', 443]]],
    ['a link-local address', { target: '[fe80::1%eth0]:443' }, [['web1', 'fe80::1%eth0', 443]]],
    ['a range', { target: '10.0.0.5:8000-8002' }, [8000, 8001, 8002].map((port) => ['web1', '10.0.0.5', port])],
    [
      'lists',
      { target: ['db1', 'fd00::5'], port: [80, '443-444'] },
      ['10.20.0.5', 'fd00::5'].flatMap((host) => [80, 443, 444].map((port) => ['web1', host, port])),
    ],
  ])('%s', (_, spec, expected) => {
    expect(tcpPort.problems?.(spec)).toEqual([])
    expect(asked(spec)).toEqual(expected)
  })

  it('pass on source and family, and a wait that ARP needs at most', () => {
    const [request] = tcpPort.needs({ target: 'db1:22', source: 'eth1', family: 'ipv4' }, context).targets
    expect(request?.args).toEqual({ host: '10.20.0.5', port: 22, timeoutMs: 3_300, source: 'eth1', family: 4 })
    const [hurried] = tcpPort.needs({ target: 'db1:22' }, { ...context, timeoutMs: 500 }).targets
    expect(hurried?.args).toEqual({ host: '10.20.0.5', port: 22, timeoutMs: 500 })
  })
})

describe('problems', () => {
  it.each<[string, TcpPortSpec, readonly unknown[]]>([
    [
      'no port',
      { target: ['db1', 'fd00::5'] },
      [
        { path: ['target', 0], message: 'no port is given for db1', hint: 'write "db1:443", or `port: 443` beside the target' },
        { path: ['target', 1], message: 'no port is given for fd00::5', hint: 'write "[fd00::5]:443", or `port: 443` beside the target' },
      ],
    ],
    [
      'two ports',
      { target: 'db1:80', port: 80 },
      [{ path: ['target'], message: 'db1:80 has a port, and so has the check', hint: 'leave one of them out' }],
    ],
    [
      'IPv6 without brackets',
      { target: 'fd00::xyz:80' },
      [
        {
          path: ['target'],
          message: 'expected a host with a port, found "fd00::xyz:80"',
          hint: 'an IPv6 address with a port is written [2001:db8::5]:443',
        },
      ],
    ],
    [
      'a URL',
      { target: 'https://db1' },
      [
        {
          path: ['target'],
          message: 'expected a host with a port, found "https://db1"',
          hint: 'only the host and the port, without a scheme',
        },
      ],
    ],
    ...['10.1:80', '-x:80', 'db1:0', 'db1:70000', 'a b:80', 'db1:9-8', ':80', 'db1:'].map((target): [string, TcpPortSpec, unknown[]] => [
      target,
      { target },
      [
        {
          path: ['target'],
          message: `expected a host with a port, found ${JSON.stringify(target)}`,
          hint: 'such as db1:5432, 10.0.0.5:8000-8010 or [2001:db8::5]:443; ports are 1 to 65535',
        },
      ],
    ]),
    [
      'a range upside down',
      { target: 'db1', port: [80, '90-80'] },
      [{ path: ['port', 1], message: 'expected ports from 1 to 65535, the lower first, found "90-80"' }],
    ],
    [
      'a time for what is not to be open',
      { target: 'db1:80', expect: 'blocked', within: '5ms' },
      [{ path: ['within'], message: '`within` times a connection, but `expect` wants none', hint: 'leave out `within`' }],
    ],
    [
      'a source that is neither',
      { target: 'db1:80', source: 'eth0; reboot' },
      [{ path: ['source'], message: 'expected an address or the name of an interface, found "eth0; reboot"' }],
    ],
    [
      'an interface that nothing leaves by',
      { target: 'db1:443', source: 'lo', expect: 'unreachable' },
      [{ path: ['source'], message: 'nothing leaves a host by its interface lo', hint: 'leave `source` out to reach the host itself' }],
    ],
    [
      'an address of nobody',
      { target: '0.0.0.0:443' },
      [{ path: ['target'], message: '0.0.0.0 is the address of no host', hint: 'name hosts by their own addresses' }],
    ],
    [
      'families that differ',
      { target: ['10.0.0.5:80'], family: 'ipv6' },
      [{ path: ['target', 0], message: '10.0.0.5 is not an IPv6 address, which `family` asks for' }],
    ],
    [
      'a source of the other family',
      { target: '10.0.0.5:80', source: 'fd00::1' },
      [{ path: ['target'], message: '10.0.0.5 cannot be reached from fd00::1: one is an IPv4 address, the other IPv6' }],
    ],
    [
      'too many',
      { target: ['a', 'b'], port: '1-65535' },
      [
        {
          path: ['target'],
          message: '131070 targets are more than one check may have (100000)',
          hint: 'ask fewer ports, or spread them over several checks',
        },
      ],
    ],
  ])('%s', (_, spec, expected) => {
    expect(tcpPort.problems?.(spec)).toEqual(expected)
  })
})

describe('verdicts', () => {
  const statuses: readonly TcpStatus[] = [
    ...(['open', 'open-then-reset', 'refused', 'rejected', 'no-route', 'host-unreachable', 'timeout'] as const),
    ...(['local-policy', 'source-error', 'name-error', 'unsupported'] as const),
  ]
  // One letter a status, in the order above: pass, fail, error.
  it.each<[Expected, string]>([
    ['open', 'PFFFFFF FEFE'],
    ['closed', 'FFPFFFF EEEE'],
    ['filtered', 'FFFFFFP EEEE'],
    ['rejected', 'FFFPFFF EEEE'],
    ['unreachable', 'FFFFPPF EEEE'],
    ['blocked', 'FFPPFFP EEEE'],
  ])('%s', (word, expected) => {
    const letters = statuses.map((status) => only({ expect: word }, seen(status)).verdict.charAt(0).toUpperCase())
    expect(letters.join('')).toBe(expected.replace(' ', ''))
  })

  it('what was never asked meets no expectation at all', () => {
    for (const status of ['local-policy', 'source-error', 'unsupported', 'name-error'] as const) {
      expect(only({ expect: [...expectations] }, seen(status)).verdict).toBe('error')
    }
  })

  it.each<[string, readonly [TcpStatus, ...TcpStatus[]], Partial<TcpPortSpec>, string]>([
    ['all that it may be is blocked', ['refused', 'rejected'], { expect: 'blocked' }, 'pass'],
    ['it is refused or rejected', ['refused', 'rejected'], { expect: 'closed' }, 'error'],
    ['it is not open, whatever it is', ['refused', 'rejected'], {}, 'fail'],
    ['one of several is allowed', ['host-unreachable', 'rejected', 'no-route'], { expect: ['rejected', 'unreachable'] }, 'pass'],
    ['one of them was never asked', ['local-policy', 'rejected'], { expect: 'blocked' }, 'error'],
  ])('an ambiguous answer: %s', (_, possible, spec, verdict) => {
    expect(only(spec, seen(possible)).verdict).toBe(verdict)
  })

  it('silence that a rate limit may explain is not filtered', () => {
    const silence = seen(['timeout', 'rejected', 'no-route', 'host-unreachable', 'refused'], { confirmed: false })
    expect(only({ expect: 'filtered' }, silence).verdict).toBe('error')
    expect(only({ expect: 'open' }, silence).verdict).toBe('fail')
  })

  it.each<[string, NonNullable<TcpPortSpec['within']>, number | null, string, string]>([
    ['in time', '50ms', 50, 'pass', 'open within 50 ms'],
    ['too late', '50ms', 50.1, 'fail', 'open within 50 ms'],
    ['too early', { min: '20ms' }, 3, 'fail', 'open after at least 20 ms'],
    ['not timed', '50ms', null, 'error', 'open within 50 ms'],
  ])('within: %s', (_, within, answerMs, verdict, expected) => {
    expect(only({ within }, seen('open', { answerMs }))).toMatchObject({ verdict, expected })
  })
})

describe('findings', () => {
  it('every address of a name has its own, and every target', () => {
    const findings = tcpPort.evaluate(
      { target: ['db2:5432', 'db6:22'] },
      {
        targets: [
          value(
            seen('open', { answerMs: 0.42, address: '10.20.0.6' }),
            seen('no-route', { address: 'fd00:20::6', local: true, errno: 'ENETUNREACH' }),
          ),
          value(seen('open', { answerMs: 1.5, address: 'fd00:20::5' })),
        ],
      },
      context,
      nothingLearnt,
    )
    expect(findings.map(({ verdict, subject, expected, actual }) => [verdict, subject, expected, actual])).toEqual([
      ['fail', 'tcp [fd00:20::6]:5432 (db2)', 'open', 'no route on web1 itself (ENETUNREACH)'],
      ['pass', 'tcp 10.20.0.6:5432 (db2)', 'open', 'open after 0.42 ms'],
      ['pass', 'tcp [fd00:20::5]:22 (db6)', 'open', 'open after 1.5 ms'],
    ])
  })

  it('many passes of a range are told together, failures each on its own', () => {
    const targets = Array.from({ length: 30 }, (_, index) =>
      value(index === 7 ? seen('refused', { answerMs: 0.3 }) : seen('open', { answerMs: 1 + index })),
    )
    const findings = tcpPort.evaluate({ target: 'db1:8000-8029' }, { targets }, context, nothingLearnt)
    expect(findings.map(({ verdict, subject, actual }) => [verdict, subject, actual])).toEqual([
      ['fail', 'tcp 10.20.0.5:8007 (db1)', 'refused after 0.3 ms'],
      ['pass', 'tcp 10.20.0.5:8000-8006,8008-8029 (db1)', 'open after 1 ms to 30 ms (29 ports)'],
    ])
  })

  it('a thousand equal failures are one', () => {
    const targets = Array.from({ length: 1_000 }, () => value(seen('timeout', { attempts: 3 })))
    const findings = tcpPort.evaluate({ target: 'db1:8000-8999' }, { targets }, context, nothingLearnt)
    expect(findings.map(({ subject, actual }) => [subject, actual])).toEqual([
      ['tcp 10.20.0.5:8000-8999 (db1)', 'no answer, asked 3 times (1000 ports)'],
    ])
  })

  it('ports are joined into runs', () => {
    expect(describePorts([443, 80, 81, 82, 443])).toBe('80-82,443')
  })
})
