import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pythonGround } from '../../lib/probe/python.js'
import { pythonAnswers } from './python/answers.js'
import { pythonPackets } from './python/packets.js'
import { simulation } from './simulation.js'

function run(program: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync('python3', ['-E', '-s', '-S', '-c', program, ...args], { input, encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

describe('the probe', () => {
  it('says nothing that is not so of a thousand networks, and comes to an end', { timeout: 60_000 }, () => {
    expect(run(simulation, ['0', '1000'])).toMatch(/^done in \d{1,2} s at most, with \d{1,3} packets at most\n$/)
  })
})

/** What arrives, and what it is taken for: our flow is tcp from 40001 to 10.0.0.9:443 with token 7, or an echo with id 77. */
const reader = `
COOKIE = b'n\\xc3\\x97\\xb2abcd'
for line in sys.stdin:
    how, family, data = line.split(' ')
    data = bytes(bytearray.fromhex(data.strip()))
    family = socket.AF_INET6 if family == '6' else socket.AF_INET
    sender = '10.0.0.9' if family == socket.AF_INET else 'fd00::9'
    print({'icmp': lambda: read_icmp(family, sender, data), 'tcp': lambda: read_tcp(sender, data), 'udp': lambda: read_udp(sender, data)}[how]())
`
const read = (lines: readonly string[]): string[] =>
  run([pythonGround, pythonPackets, pythonAnswers, reader].join('\n\n'), [], `${lines.join('\n')}\n`)
    .trimEnd()
    .split('\n')

const hex = (...bytes: readonly number[]): string => Buffer.from(bytes).toString('hex')
const ip = (protocol: number): string => hex(0x45, 0, 0, 44, 0, 7, 0, 0, 1, protocol, 0, 0, 10, 0, 0, 2, 10, 0, 0, 9)
const syn = hex(0x9c, 0x41, 1, 0xbb, 0, 0, 0, 7)
const cookie = Buffer.from('6ec397b261626364', 'hex').toString('hex')
const exceeded = hex(11, 0, 0, 0, 0, 0, 0, 0)
const segment = (flags: number): string => hex(1, 0xbb, 0x9c, 0x41, 0, 0, 0, 1, 0, 0, 0, 8, 0x50, flags, 0, 0, 0, 0, 0, 0)

describe('packets', () => {
  it.each([
    [
      'time exceeded, quoting 8 bytes',
      `icmp 4 ${exceeded}${ip(6)}${syn}`,
      "(('tcp', '10.0.0.9', 40001, 443), 7, '10.0.0.9', 'time-exceeded', (11, 0))",
    ],
    ['the same cut off', `icmp 4 ${exceeded}${ip(6)}${syn.slice(0, -2)}`, 'None'],
    ['reassembly took too long', `icmp 4 ${hex(11, 1, 0, 0, 0, 0, 0, 0)}${ip(6)}${syn}`, 'None'],
    ['a redirect', `icmp 4 ${hex(5, 1, 0, 0, 10, 0, 0, 1)}${ip(6)}${syn}`, 'None'],
    ['a quote of IPv6 in IPv4', `icmp 4 ${exceeded}60${ip(6).slice(2)}${syn}`, 'None'],
    ['a quote of another protocol', `icmp 4 ${exceeded}${ip(47)}${syn}`, 'None'],
    [
      'port unreachable about TCP',
      `icmp 4 ${hex(3, 3, 0, 0, 0, 0, 0, 0)}${ip(6)}${syn}`,
      "(('tcp', '10.0.0.9', 40001, 443), 7, '10.0.0.9', 'unreachable', (3, 3))",
    ],
    [
      'our echo reply',
      `icmp 4 ${hex(0, 0, 0, 0, 0, 77, 0, 7)}${cookie}fff8`,
      "(('icmp', '10.0.0.9', 77, 0), 7, '10.0.0.9', 'reply', None)",
    ],
    ["another program's", `icmp 4 ${hex(0, 0, 0, 0, 0, 77, 0, 7)}${cookie.replace(/64$/, '65')}fff8`, 'None'],
    ['our own request', `icmp 4 ${hex(8, 0, 0, 0, 0, 77, 0, 7)}${cookie}fff8`, 'None'],
    ['a SYN-ACK', `tcp 4 ${segment(0x12)}`, "(('tcp', '10.0.0.9', 40001, 443), 7, '10.0.0.9', 'open', None)"],
    ['a RST that acknowledges', `tcp 4 ${segment(0x14)}`, "(('tcp', '10.0.0.9', 40001, 443), 7, '10.0.0.9', 'closed', None)"],
    ['a RST that does not', `tcp 4 ${segment(4)}`, 'None'],
    ["a peer's SYN", `tcp 4 ${segment(2)}`, "(('tcp', '10.0.0.9', 40001, 443), None, '10.0.0.9', 'peer', None)"],
    ['other segments', `tcp 4 ${segment(0x10)}`, 'None'],
    ["a peer's UDP probe", `udp 4 ${hex(1, 0xbb, 0x9c, 0x41, 0, 20, 0, 0)}${cookie.slice(0, 8)}00000000${hex(0, 0, 0, 7)}`, 'None'],
  ])('%s', (_, line, expected) => {
    expect(read([line])).toEqual([expected])
  })

  it('of any content are read to their end', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 120 }).map((data) => Buffer.from(data).toString('hex')),
      fc.uint8Array({ maxLength: 60 }).map((data) => `${exceeded}${ip(6)}${Buffer.from(data).toString('hex')}`),
      fc.uint8Array({ maxLength: 60 }).map((data) => `${exceeded}4${Buffer.from(data).toString('hex')}`.slice(0, -1)),
      fc.tuple(fc.nat(8 + 20 + 20), fc.uint8Array({ minLength: 1, maxLength: 4 })).map(([at, data]) => {
        const whole = Buffer.from(`${exceeded}${ip(17)}${syn}${cookie}`, 'hex')
        whole.set(data, Math.min(at, whole.length - data.length))
        return whole.toString('hex')
      }),
    )
    const line = fc.tuple(fc.constantFrom('icmp', 'tcp', 'udp'), fc.constantFrom('4', '6'), bytes).map((words) => words.join(' '))
    const lines = fc.sample(fc.array(line, { minLength: 2_000, maxLength: 2_000 }), 1).flat()
    expect(read(lines)).toHaveLength(lines.length)
  })
})
