import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mapOf, text } from '../shape.js'
import { type Packet, readPacket, readPcap, writePcap } from './index.js'

const fixture = (name: string): Buffer => readFileSync(new URL(`fixtures/${name}`, import.meta.url))

/** A packet in the order in which tcpdump shows one. */
function line({
  vlans,
  protocol,
  source,
  destination,
  sourcePort,
  destinationPort,
  flags,
  icmp,
  direction,
  isLaterFragment,
}: Omit<Packet, 'offsetMs' | 'length'>): string {
  const port = (number: number | null): string => (number === null ? '' : `.${number}`)
  const words = [
    direction ?? '',
    vlans.map((vlan) => `vlan ${vlan}`).join(' '),
    `${source}${port(sourcePort)} > ${destination}${port(destinationPort)}`,
    protocol,
    flags?.join('.') ?? '',
    icmp === null ? '' : `${icmp.type}/${icmp.code}`,
    isLaterFragment ? 'later' : '',
  ]
  return words.filter((word) => word !== '').join(' ')
}

function linesOf(name: string): readonly string[] {
  const { linkType, records } = readPcap(fixture(`${name}.pcap`))
  return records.map(({ data }) => line(readPacket(linkType, data)))
}

describe('captures that tcpdump wrote', () => {
  it('are read on Ethernet, with VLAN tags, fragments and ARP', () => {
    expect(linesOf('ethernet').slice(2)).toEqual([
      '10.9.0.1 > 10.9.0.2 arp',
      '10.9.0.2 > 10.9.0.1 arp',
      '10.9.0.1 > 10.9.0.2 icmp 8/0',
      '10.9.0.2 > 10.9.0.1 icmp 0/0',
      '10.9.0.1 > 10.9.0.2 icmp 8/0',
      '10.9.0.1 > 10.9.0.2 icmp later',
      '10.9.0.1 > 10.9.0.2 icmp later',
      '10.9.0.2 > 10.9.0.1 icmp 0/0',
      '10.9.0.2 > 10.9.0.1 icmp later',
      '10.9.0.2 > 10.9.0.1 icmp later',
      'fe80::ff:fe00:2 > ff02::2 icmp6 133/0',
      '2001:db8:9::1 > ff02::1:ff00:2 icmp6 135/0',
      '2001:db8:9::2 > 2001:db8:9::1 icmp6 136/0',
      '2001:db8:9::1 > 2001:db8:9::2 icmp6 128/0',
      '2001:db8:9::1 > 2001:db8:9::2 icmp6 later',
      '2001:db8:9::2 > 2001:db8:9::1 icmp6 129/0',
      '2001:db8:9::2 > 2001:db8:9::1 icmp6 later',
      '10.9.0.1.44992 > 10.9.0.2.81 tcp syn',
      '10.9.0.2.81 > 10.9.0.1.44992 tcp rst.ack',
      '10.9.0.1.50495 > 10.9.0.2.9 udp',
      '10.9.0.2 > 10.9.0.1 icmp 3/3',
      'vlan 100 vlan 10 10.9.0.1.1000 > 10.9.0.2.2000 udp',
      'fe80::ff:fe00:1 > ff02::2 icmp6 133/0',
    ])
  })

  it.each(['cooked', 'cooked2'])('are read from all interfaces, with their direction: %s', (name) => {
    expect(linesOf(name)).toEqual([
      'out 10.9.0.1 > 10.9.0.2 icmp 8/0',
      'in 10.9.0.2 > 10.9.0.1 icmp 0/0',
      'out 10.9.0.1 > 10.9.0.2 icmp 8/0',
      'out 10.9.0.1 > 10.9.0.2 icmp later',
      'out 10.9.0.1 > 10.9.0.2 icmp later',
      'in 10.9.0.2 > 10.9.0.1 icmp 0/0',
      'in 10.9.0.2 > 10.9.0.1 icmp later',
      'in 10.9.0.2 > 10.9.0.1 icmp later',
      'out 10.9.0.1.44992 > 10.9.0.2.81 tcp syn',
      'in 10.9.0.2.81 > 10.9.0.1.44992 tcp rst.ack',
      'in 10.9.0.2 > 10.9.0.1 icmp 3/3',
    ])
  })

  it.each(['ethernet', 'cooked', 'cooked2'])('have the lengths and times that tcpdump shows: %s', (name) => {
    const shown = fixture(`${name}.txt`).toString().trimEnd().split('\n')
    const { records } = readPcap(fixture(`${name}.pcap`))
    expect(records.map(({ length }) => length)).toEqual(shown.map((one) => Number(/, length (\d+)/.exec(one)?.[1])))
    const clock = (time: number): string => new Date(Math.floor(time * 1_000)).toISOString().slice(11, 23)
    expect(records.map(({ time }) => clock(time))).toEqual(shown.map((one) => one.slice(0, 12)))
  })

  it('are written again as they were, whole or in part', () => {
    const bytes = fixture('ethernet.pcap')
    const file = readPcap(bytes)
    expect(writePcap(file, file.records).equals(bytes)).toBe(true)
    expect(readPcap(writePcap(file, file.records.slice(3, 5))).records.length).toBe(2)
  })
})

describe('captures of other systems', () => {
  const packet = Buffer.from('450000280001000040060000c0000201c0000202115c005000000000000000005012000000000000', 'hex')

  function pcap(big: boolean, magic: number, linkType: number, data: Buffer): Buffer {
    const bytes = Buffer.alloc(40)
    const put = (value: number, at: number): number => (big ? bytes.writeUInt32BE(value, at) : bytes.writeUInt32LE(value, at))
    put(magic, 0)
    put(linkType, 20)
    put(1_700_000_000, 24)
    put(500_000_000, 28)
    put(data.length, 32)
    put(data.length, 36)
    return Buffer.concat([bytes, data])
  }

  it.each([
    ['RAW, big-endian', pcap(true, 0xa1b23c4d, 101, packet)],
    ['RAW, little-endian', pcap(false, 0xa1b23c4d, 101, packet)],
    ['NULL', pcap(false, 0xa1b23c4d, 0, Buffer.concat([Buffer.from([2, 0, 0, 0]), packet]))],
    ['LOOP', pcap(true, 0xa1b23c4d, 108, Buffer.concat([Buffer.from([0, 0, 0, 2]), packet]))],
  ])('are read: %s', (_, bytes) => {
    const { linkType, records } = readPcap(bytes)
    expect(records.map(({ time, data }) => [time, line(readPacket(linkType, data))])).toEqual([
      [1_700_000_000.5, '192.0.2.1.4444 > 192.0.2.2.80 tcp syn.ack'],
    ])
  })

  it('are told apart from what is none', () => {
    expect(() => readPcap(Buffer.from('not a capture, but long enough'))).toThrow('expected a capture file')
    expect(() => readPcap(Buffer.alloc(0))).toThrow('expected a capture file')
    expect(line(readPacket(147, packet))).toBe('null > null link-147')
  })
})

describe('damage', () => {
  const shape = mapOf<{ protocol: string }>({ protocol: text })

  it('gives packets of the right shape, or is refused', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('ethernet.pcap', 'cooked.pcap', 'cooked2.pcap'),
        fc.array(fc.tuple(fc.nat(2_500), fc.nat(255)), { maxLength: 30 }),
        fc.nat(2_500),
        (name, changes, end) => {
          const bytes = Buffer.from(fixture(name)).subarray(0, end)
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
          try {
            const { linkType, records } = readPcap(bytes)
            for (const { data } of records) expect(shape(readPacket(linkType, data))).toBe(true)
          } catch (error) {
            expect((error as Error).name).toBe('NotUnderstood')
          }
        },
      ),
    )
  })

  it('of a single packet gives one, whatever its link', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 1, 12, 101, 108, 113, 228, 229, 276, 999), fc.uint8Array({ maxLength: 200 }), (linkType, data) => {
        expect(shape(readPacket(linkType, Buffer.from(data)))).toBe(true)
      }),
    )
  })
})
