import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type ProtocolCounters, protocolCounters } from './index.js'

const source = protocolCounters.sources.linux?.[0]
const read = (stdout: string, again?: string, overMs = 0): ProtocolCounters | undefined =>
  source?.parse(
    { exitCode: 0, stdout, stderr: '', ...(again === undefined ? {} : { again: { stdout: again, stderr: '', afterMs: 5_010 } }) },
    [{ overMs }],
  )[0]
const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')

const small = (retransmitted: string): string => `@ snmp\n Tcp: MaxConn RetransSegs\n Tcp: -1 ${retransmitted}\n\n@ end\n`

describe('counters of the kernel', () => {
  it.each([
    ['proc.linux-6.18.out', { TcpOutSegs: '11', TcpExtTCPTimeouts: '0', Ip6InReceives: '6', IcmpMsgInType3: '4', TcpMaxConn: '-1' }],
    [
      'proc.linux-2.6.32-by-source.out',
      { TcpRetransSegs: '52', TcpExtListenOverflows: '3', IpExtInOctets: '9007199254740993', UdpInErrors: '0' },
    ],
  ])('%s', (name, expected) => {
    const value = read(fixture(name))
    const found = Object.fromEntries(value?.counters.map((counter) => [counter.name, counter.before]) ?? [])
    expect(found).toMatchObject(expected)
    expect(value?.afterMs).toBe(null)
    expect(protocolCounters.isValue(value)).toBe(true)
  })

  it('are paired where they are read twice, new and lost ones too', () => {
    const later = '@ snmp\n Tcp: MaxConn RetransSegs\n Tcp: -1 9\n IcmpMsg: InType3\n IcmpMsg: 1\n\n@ end\n'
    expect(read(small('7'), later)).toEqual({
      afterMs: 5_010,
      counters: [
        { name: 'TcpMaxConn', before: '-1', after: '-1' },
        { name: 'TcpRetransSegs', before: '7', after: '9' },
        { name: 'IcmpMsgInType3', before: null, after: '1' },
      ],
    })
    expect(read(later, small('9'))?.counters.at(-1)).toEqual({ name: 'IcmpMsgInType3', before: '1', after: null })
  })

  it('are read twice only where a time is given', () => {
    expect(source?.command([{ overMs: 0 }])).not.toHaveProperty('againAfterMs')
    expect(source?.command([{ overMs: 5_000 }, { overMs: 5_000 }])).toHaveProperty('againAfterMs', 5_000)
    expect(protocolCounters.group?.({ overMs: 5_000 })).not.toBe(protocolCounters.group?.({ overMs: 1_000 }))
  })

  it.each([
    ['', 'expected the counters of /proc/net, whole, found nothing'],
    ['@ end\n', 'expected /proc/net/snmp, found "@ end\\n"'],
    ['@ snmp\n Tcp: A B\n Tcp: 1\n@ end\n', 'expected names and values of one group of counters, found "Tcp: A B\\nTcp: 1"'],
    ['@ snmp\n Tcp: A\n Udp: 1\n@ end\n', 'expected names and values of one group of counters, found "Tcp: A\\nUdp: 1"'],
    ['@ snmp\n Tcp: A\n@ end\n', 'expected names and values of one group of counters, found "Tcp: A\\n"'],
    ['@ snmp\n Tcp: A\n Tcp: x\n@ end\n', 'expected names and values of one group of counters, found "Tcp: A\\nTcp: x"'],
    [`${small('1').replace('@ end', '@ snmp6\n Ip6InReceives\n@ end')}`, 'expected a line of /proc/net/snmp6, found "Ip6InReceives"'],
  ])('%j is refused', (stdout, message) => {
    expect(() => read(stdout)).toThrow(message)
  })

  it('any damage gives a value of the right shape or is refused', () => {
    const whole = fixture('proc.linux-2.6.32-by-source.out')
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(60), fc.string({ maxLength: 8 }), fc.boolean(), (start, length, inserted, twice) => {
        const damaged = whole.slice(0, start) + inserted + whole.slice(start + length)
        try {
          return protocolCounters.isValue(twice ? read(whole, damaged) : read(damaged))
        } catch (error) {
          return error instanceof NotUnderstood
        }
      }),
    )
  })

  it.runIf(process.platform === 'linux').each([[['sh']], [['bash']], [['busybox', 'sh']]])(
    'are read by %j on this machine',
    ([shell = '', ...more]) => {
      const stdout = execFileSync(shell, [...more, ...(source?.command([{ overMs: 0 }]).args ?? [])], { encoding: 'utf8' })
      expect(read(stdout)?.counters).toContainEqual({ name: 'TcpRetransSegs', before: expect.stringMatching(/^\d+$/), after: null })
    },
  )
})
