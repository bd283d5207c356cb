import { describe, expect, it } from 'vitest'
import { host, inventory } from '../../../test/support/plan.js'
import type { Capture } from '../../facts/capture/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { Packet } from '../../lib/pcap/index.js'
import { type PacketCaptureSpec, packetCapture } from './index.js'
import type { ProbeAnswer } from './probe.js'

const hosts = inventory(host('db1', { address: '10.20.0.5' }), host('web1', { address: '10.10.0.11' }))
const own = hosts.hosts.get('db1') ?? host('db1')
const context = { host: own, inventory: hosts, timeoutMs: 5_000 }

function packet(more: Partial<Packet> = {}): Packet {
  return {
    ...{ offsetMs: 1, length: 74, direction: 'in', sourceMac: null, targetMac: null, vlans: [], protocol: 'tcp' },
    ...{ source: '10.10.0.11', destination: '10.20.0.5', sourcePort: 40_000, destinationPort: 5432, flags: ['syn'] },
    ...{ ttl: 63, icmp: null, isLaterFragment: false },
    ...more,
  }
}

function capture(packets: readonly Packet[], more: Partial<Capture> = {}): Capture {
  return { tool: 'tcpdump', ended: 'answered', listenedMs: 1_200, dropped: { kernel: 0, interface: 0 }, packets, pcap: 'AAAA', ...more }
}

const answer = (status: string, more: object = {}): ProbeAnswer =>
  ({
    probe: 'python3',
    addresses: [{ address: '10.20.0.5', status, possible: [status], local: false, detail: null, errno: null, ...more }],
  }) as unknown as ProbeAnswer

const base = { interface: 'eth0', filter: 'tcp port 5432' }
const probed = { ...base, probe: { from: 'web1', tcp: 'db1:5432' } }
const reply = packet({ source: '10.20.0.5', destination: '10.10.0.11', sourcePort: 5432, destinationPort: 40_000, flags: ['syn', 'ack'] })

const judge = (spec: PacketCaptureSpec, value: Capture, probe: readonly ProbeAnswer[] = spec.probe === undefined ? [] : [answer('open')]) =>
  packetCapture.evaluate(spec, { capture: value, probe }, context, nothingLearnt)

const told = (...given: Parameters<typeof judge>): readonly string[] =>
  judge(...given).map(({ verdict, subject, expected, actual, message }) => [verdict, subject, expected, actual, message].join(' | '))

describe('packet-capture accepts', () => {
  it.each<[string, PacketCaptureSpec, Capture]>([
    ['so many packets', { ...base, packets: 2 }, capture([packet(), reply])],
    ['none, in all the time', { ...base, packets: 0 }, capture([], { ended: 'time' })],
    ['at least some, though it stopped early', { ...base, packets: { min: 1 } }, capture([packet()], { ended: 'count' })],
    ['flags', { ...probed, flags: { syn: 1, 'syn-ack': 1, ack: 1, rst: 0 } }, capture([packet(), reply])],
    ['exactly these sources, by address and by prefix', { ...base, sources: ['10.10.0.11', '10.20.0.0/16'] }, capture([packet(), reply])],
    ['these destinations among others', { ...base, destinations: { contains: '10.20.0.5' } }, capture([packet(), reply])],
    [
      'the sources of as many as were wished for',
      { ...base, 'until-count': 1, sources: '10.10.0.11' },
      capture([packet()], { ended: 'count' }),
    ],
    ['lengths', { ...base, length: { max: 1514 } }, capture([packet(), reply])],
    ['a later fragment without flags', { ...base, flags: { rst: 0 } }, capture([packet({ flags: null, isLaterFragment: true })])],
  ])('%s', (_, spec, value) => {
    expect(judge(spec, value).map(({ verdict, message }) => verdict + message)).not.toContainEqual(expect.not.stringMatching(/^pass$/))
    expect(judge(spec, value)).not.toEqual([])
  })
})

describe('packet-capture rejects', () => {
  const nothing = 'Nothing came that the filter takes, while a canary showed that the capture listened.'

  it.each<[string, Parameters<typeof judge>, string]>([
    [
      'a SYN that did not arrive',
      [{ ...probed, flags: { syn: { min: 1 } } }, capture([]), [answer('timeout')]],
      `fail | capture on eth0 (tcp port 5432): flags syn | at least 1 | none in 1.2 s | ${nothing} Meanwhile tcp db1:5432 from web1 said: timeout. It was lost before db1, or came in by another interface: look at \`ip route get\` on web1, at firewalls on the way, and at \`tcpdump -ni any\` on db1.`,
    ],
    [
      'nothing, where the host itself sends',
      [{ ...base, probe: { tcp: 'web1:80' }, packets: 1 }, capture([]), [answer('open')]],
      `fail | capture on eth0 (tcp port 5432): packets | 1 | none in 1.2 s | ${nothing} Meanwhile tcp web1:80 from db1 said: open. It left by another interface, or not at all: look at \`ip route get\` on db1, and at its firewall.`,
    ],
    [
      'nothing, without a probe',
      [{ ...base, packets: { min: 1 } }, capture([], { ended: 'time' })],
      `fail | capture on eth0 (tcp port 5432): packets | at least 1 | none in 1.2 s | ${nothing} Look at the traffic with \`tcpdump -ni eth0\` on db1, without a filter.`,
    ],
    [
      'what must not be there',
      [{ ...base, packets: 0 }, capture([packet(), packet(), reply])],
      'fail | capture on eth0 (tcp port 5432): packets | 0 | 3 in 1.2 s | Seen: 2 × 10.10.0.11:40000 > 10.20.0.5:5432 tcp [syn]; 10.20.0.5:5432 > 10.10.0.11:40000 tcp [syn ack].',
    ],
    [
      'one reset too many, also in a capture that stopped early',
      [{ ...base, flags: { rst: { max: 0 } } }, capture([packet({ flags: ['rst', 'ack'] })], { ended: 'full' })],
      'fail | capture on eth0 (tcp port 5432): flags rst | at most 0 | at least 1 in 1.2 s | Seen: 10.10.0.11:40000 > 10.20.0.5:5432 tcp [rst ack].',
    ],
    [
      'no answer to a SYN',
      [{ ...probed, flags: { 'syn-ack': { min: 1 } } }, capture([packet()]), [answer('timeout')]],
      'fail | capture on eth0 (tcp port 5432): flags syn-ack | at least 1 | none in 1.2 s | Seen instead: 10.10.0.11:40000 > 10.20.0.5:5432 tcp [syn]. Meanwhile tcp db1:5432 from web1 said: timeout.',
    ],
    [
      'another source',
      [{ ...probed, sources: '10.10.0.11' }, capture([packet({ source: '10.20.0.1' })])],
      "fail | capture on eth0 (tcp port 5432): sources | 10.10.0.11 | 10.20.0.1 (1) | No packet goes from 10.10.0.11. Packets go from 10.20.0.1, which was not expected: source NAT or another interface on the way, or somebody else's traffic that the filter takes, too. Meanwhile tcp db1:5432 from web1 said: open.",
    ],
    [
      'a packet that is too long',
      [{ ...base, length: { max: 70 } }, capture([packet()])],
      'fail | capture on eth0 (tcp port 5432): length | at most 70 bytes | 74 bytes in 1 packet | Not so: 10.10.0.11:40000 > 10.20.0.5:5432 tcp [syn].',
    ],
  ])('%s', (_, given, message) => {
    expect(told(...given)).toEqual([message])
  })
})

describe('packet-capture leaves open', () => {
  it.each<[string, Parameters<typeof judge>, string]>([
    [
      'everything, where the kernel dropped packets',
      [{ ...base, packets: { min: 1 } }, capture([packet()], { dropped: { kernel: 7, interface: 0 } })],
      'error | capture on eth0 | every packet that the filter takes | the kernel dropped 7 packets | More came than tcpdump could take on db1, so what was not seen may have been there. Narrow the `filter`, or lower `snap-length`.',
    ],
    [
      'everything, where the probe was not sent',
      [{ ...probed, packets: 0 }, capture([]), [answer('no-route', { local: true, errno: 'ENETUNREACH' })]],
      'error | probe tcp db1:5432 from web1 | sent | not sent: no-route (ENETUNREACH) | What does not leave web1 cannot be seen anywhere, so the capture proves nothing.',
    ],
    [
      'everything, where the probe may not have been sent',
      [{ ...probed, packets: 0 }, capture([]), [answer('ambiguous', { possible: ['rejected', 'local-policy'] })]],
      'error | probe tcp db1:5432 from web1 | sent | perhaps not sent: rejected or local-policy | What does not leave web1 cannot be seen anywhere, so the capture proves nothing.',
    ],
    [
      'how many came after it stopped',
      [{ ...base, 'until-count': 2, packets: 2 }, capture([packet(), reply], { ended: 'count' })],
      'error | capture on eth0 (tcp port 5432): packets | 2 | at least 2 in 1.2 s | It stopped at 2 packets, as `until-count` says; more may have come.',
    ],
    [
      'whether there was none, where more came than is kept',
      [{ ...base, flags: { rst: 0 } }, capture([packet()], { ended: 'full' })],
      'error | capture on eth0 (tcp port 5432): flags rst | 0 | none seen in 1.2 s | More came than is kept of one capture (1 packet): narrow the `filter`, or shorten `for`.',
    ],
    [
      'what the interface lost',
      [{ ...base, packets: 0 }, capture([], { dropped: { kernel: 0, interface: 3 } })],
      'error | capture on eth0 (tcp port 5432): packets | 0 | none seen in 1.2 s | eth0 itself lost 3 packets meanwhile, before any capture could see them. Look at `ip -s link show eth0` on db1.',
    ],
    [
      'flags that were cut off',
      [{ ...base, flags: { rst: 0 } }, capture([packet({ flags: null })])],
      'error | capture on eth0 (tcp port 5432): flags rst | 0 | none seen in 1.2 s | Some TCP packets were cut off before their flags: raise `snap-length`.',
    ],
    [
      'the length of nothing',
      [{ ...base, length: { max: 1514 } }, capture([])],
      'error | capture on eth0 (tcp port 5432): length | at most 1514 bytes | no packet | No packet came, so none could be measured.',
    ],
  ])('%s', (_, given, message) => {
    expect(told(...given)).toEqual([message])
  })
})

describe('packet-capture asks', () => {
  it('for the probe while the capture runs, which is that of this probe alone', () => {
    const { capture: first, probe } = packetCapture.needs({ ...probed, packets: 1 }, context)
    const { capture: other } = packetCapture.needs({ ...probed, probe: { tcp: 'db1:5432' }, packets: 1 }, context)
    expect(probe.map(({ fact, host: on, args, during }) => ({ fact, on, args, during }))).toEqual([
      { fact: 'tcp-connect', on: 'web1', args: { host: '10.20.0.5', port: 5432, timeoutMs: 3_300 }, during: first },
    ])
    expect(first).toMatchObject({ fact: 'capture', host: 'db1', args: { forMs: 90_000, lingerMs: 500, snapLength: 512, count: null } })
    expect(other.args).not.toEqual(first.args)
  })

  it('for a capture of its own time where one is given, or where nothing is sent', () => {
    expect(packetCapture.needs({ ...probed, for: '2s', packets: 1 }, context).capture.args).toMatchObject({ forMs: 2_000, lingerMs: null })
    expect(packetCapture.needs({ ...base, packets: 1 }, context)).toMatchObject({
      capture: { args: { forMs: 5_000, probe: null } },
      probe: [],
    })
  })
})

describe('packet-capture refuses', () => {
  it.each<[object, string]>([
    [{ ...base }, 'nothing is expected of the packets'],
    [{ interface: 'eth0@if7', packets: 1 }, 'expected the name of an interface, found "eth0@if7"'],
    [{ ...base, filter: ' ', packets: 1 }, 'expected a filter such as "tcp port 443"'],
    [{ ...base, for: '11m', packets: 1 }, 'expected a time from 100ms to 10m, found 11m'],
    [{ ...base, packets: { min: 3, max: 2 } }, '`min` 3 is more than `max` 2'],
    [{ ...base, packets: { min: 0 } }, 'it is always at least 0: that proves nothing'],
    [{ ...base, flags: { syn: { min: 0 } } }, 'it is always at least 0: that proves nothing'],
    [{ ...base, flags: { syn: { min: 3, max: 2 } } }, '`min` 3 is more than `max` 2'],
    [{ ...base, packets: 0, sources: '10.0.0.1' }, 'where no packet may be, none has sources'],
    [{ ...base, 'until-count': 2, packets: { min: 3 } }, 'it stops at 2, and `packets` wants 3'],
    [{ ...base, sources: '10.0.0.1/8' }, '10.0.0.1/8 is an address within a network'],
    [{ ...base, sources: ['web1'] }, 'expected an address or a prefix, found "web1"'],
    [{ ...base, probe: {}, packets: 1 }, 'expected one of `tcp`, `ping` and `dns`, found none'],
    [{ ...base, probe: { tcp: 'db1:1', ping: 'db1' }, packets: 1 }, 'expected one of `tcp`, `ping` and `dns`, found tcp and ping'],
    [{ ...base, probe: { tcp: 'db1' }, packets: 1 }, 'no port is given for db1'],
    [{ ...base, probe: { tcp: 'db1:70000' }, packets: 1 }, 'expected a host with a port, found "db1:70000"'],
    [{ ...base, probe: { ping: 'db1:80' }, packets: 1 }, 'a ping has no port: db1:80'],
    [{ ...base, probe: { ping: '224.0.0.1' }, packets: 1 }, '224.0.0.1 is a multicast or broadcast address'],
    [{ ...base, probe: { tcp: 'db1:80', count: 3 }, packets: 1 }, '`count` is that of echo requests, and this is no ping'],
    [{ ...base, probe: { dns: { server: 'ns1', name: 'example.com' } }, packets: 1 }, 'expected the address of a DNS server, found "ns1"'],
    [{ ...base, probe: { tcp: 'db1:80', source: 'lo' }, packets: 1 }, 'nothing leaves a host by its interface lo'],
  ])('%j', (spec, message) => {
    expect(packetCapture.problems?.(spec as PacketCaptureSpec).map((problem) => problem.message)).toEqual([message])
  })

  it('a host that no inventory has', () => {
    const problems = packetCapture.problemsOn?.({ ...probed, probe: { from: 'wbe1', tcp: 'db1:1' }, packets: 1 }, context)
    expect(problems).toEqual([{ path: ['probe', 'from'], message: 'no inventory has a host "wbe1"', hint: 'did you mean "web1"?' }])
  })
})
