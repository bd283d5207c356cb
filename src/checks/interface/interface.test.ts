import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Bond } from '../../facts/bonds/index.js'
import type { InterfaceCounters } from '../../facts/interface-counters/index.js'
import type { LinkSpeed } from '../../facts/link-speed/index.js'
import type { Links } from '../../facts/links/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext, Finding } from '../../model/check.js'
import { interfaceCheck } from './index.js'
import type { Spec } from './schema.js'

/** What sources showed: see the recordings and the documented outputs of the facts. */
const recorded = <Value>(file: string): Value =>
  JSON.parse(readFileSync(new URL(`../../facts/${file}.expected.json`, import.meta.url), 'utf8')) as Value
const deb = recorded<Links>('links/fixtures/ip-j-d.debian12')
const old = recorded<Links>('links/fixtures/ip-d.iproute2-2.6.32-by-source')
const sys = recorded<Links>('links/fixtures/sys.debian12')
const bb = recorded<Links>('links/fixtures/busybox-ip.debian12')
const otherNames: Readonly<Record<string, string>> = { br0: 'bridge-of-the-house', pair0: 'first', eth1: 'back-end' }
const renamed: Links = { ...deb, links: deb.links.map((link) => ({ ...link, altNames: [otherNames[link.name] ?? []].flat() })) }
/** What stands as it is when it was set up, and nothing gives it a carrier. */
const idle: Links = { ...deb, links: deb.links.map((link) => ({ ...link, up: true, carrier: false, operState: 'down' })) }
const doc = recorded<Links>('links/fixtures/ip-j-d.iproute2-6.1-by-source')
const bonds = recorded<readonly [Bond, Bond]>('bonds/fixtures/lacp-root-by-source')
const user = recorded<readonly Bond[]>('bonds/fixtures/lacp-user-by-source')
const none: readonly Bond[] = []
const [good, lonely] = bonds
const split: readonly Bond[] = [{ ...good, members: good.members.map((member, index) => ({ ...member, aggregator: index + 1 })) }]

const counters: InterfaceCounters = {
  afterMs: 5_010,
  interfaces: [
    {
      name: 'eth0',
      replaced: false,
      changes: [
        { counter: 'rx-errors', change: 3 },
        { counter: 'tx-errors', change: 0 },
        { counter: 'rx-packets', change: -5 },
      ],
    },
    { name: 'eth1', replaced: true, changes: [] },
  ],
}
const speeds: readonly LinkSpeed[] = [
  { name: 'eth0', speed: 10_000_000_000, duplex: 'full' },
  { name: 'eth1', speed: null, duplex: null },
]

const context = { host: { name: 'web1' } } as CheckContext
const show = ({ verdict, subject, expected, actual, message }: Finding): string =>
  `${verdict} | ${subject} | ${expected} | ${actual}${message === '' ? '' : ` | ${message}`}`

type Row = readonly [spec: Spec, links: Links, bonds: readonly Bond[], ...findings: readonly string[]]

describe('interface', () => {
  const rows: readonly Row[] = [
    [{ name: 'eth0' }, deb, none, 'pass | interface eth0 | an interface | veth, up'],
    [
      { name: 'eht0' },
      deb,
      none,
      'fail | interface eht0 | an interface | no such interface | Did you mean eth0? There are: lo, eth0, eth1, tun0, tap0, br0, pair1, pair0.',
    ],
    [{ name: 'eth7', absent: true }, deb, none, 'pass | interface eth7 | no such interface | no such interface'],
    [
      { name: 'eth7', absent: true },
      bb,
      none,
      'pass | interface eth7 | no such interface | no such interface | Alternative names of interfaces are not shown by this host.',
    ],
    [
      { name: 'enp0s3', state: 'up' },
      bb,
      none,
      'error | interface enp0s3 | an interface | no such interface | There are: lo, eth0, eth1, tun0, tap0, br0, pair1, pair0. Alternative names of interfaces are not shown by this host.',
    ],
    [
      { name: 'eth1', master: 'bridge-of-the-house' },
      renamed,
      none,
      'pass | interface eth1: master | bridge-of-the-house | br0 | bridge-of-the-house is another name of br0.',
    ],
    [
      { name: 'eth1', master: { not: 'bridge-of-the-house' } },
      renamed,
      none,
      'fail | interface eth1: master | not bridge-of-the-house | br0 | bridge-of-the-house is another name of br0. Look at `ip link show master eth1`.',
    ],
    [{ name: 'pair1', parent: 'first' }, renamed, none, 'pass | interface pair1: parent | first | pair0 | first is another name of pair0.'],
    [
      { name: 'bridge-of-the-house', members: ['back-end'] },
      renamed,
      none,
      'pass | interface bridge-of-the-house: members | back-end | eth1',
    ],
    [
      { name: 'br0', members: { contains: ['eth1'], not: ['back-end'] } },
      renamed,
      none,
      'fail | interface br0: members | eth1 among them and none of back-end | eth1 | Not expected: eth1. Look at `ip link show master br0`.',
    ],
    [
      { name: 'eth1', master: 'bridge-of-the-house' },
      bb,
      none,
      'error | interface eth1: master | bridge-of-the-house | br0 | The host shows no interface bridge-of-the-house. There are: lo, eth0, eth1, tun0, tap0, br0, pair1, pair0. Alternative names of interfaces are not shown by this host. The tools of this host do not show it; `ip` of iproute2 would.',
    ],
    [
      { name: 'br0', members: ['back-end'] },
      bb,
      none,
      'error | interface br0: members | back-end | eth1 | The host shows no interface back-end. Alternative names of interfaces are not shown by this host.',
    ],
    [{ name: 'eth0', absent: true }, deb, none, 'fail | interface eth0 | no such interface | veth, up | Look at `ip -d link show eth0`.'],
    [
      {
        name: 'front-end-of-the-house',
        state: 'up',
        carrier: true,
        type: 'veth',
        mtu: 9000,
        mac: '0200.0000.0010',
        master: { not: 'br0' },
      },
      deb,
      none,
      'pass | interface front-end-of-the-house: state | up | up',
      'pass | interface front-end-of-the-house: carrier | a signal | a signal',
      'pass | interface front-end-of-the-house: type | veth | veth',
      'pass | interface front-end-of-the-house: mac | 02:00:00:00:00:10 | 02:00:00:00:00:10',
      'pass | interface front-end-of-the-house: mtu | 9000 | 9000',
      'pass | interface front-end-of-the-house: master | not br0 | none',
    ],
    [
      {
        name: 'eth0',
        state: 'down',
        carrier: false,
        type: 'ethernet',
        mtu: 1500,
        mac: '02:00:00:00:00:99',
        master: 'br0',
        'vlan-id': 5,
        parent: 'x',
      },
      deb,
      none,
      'fail | interface eth0: state | down | up | It works: is it the right interface?',
      'fail | interface eth0: carrier | no signal | a signal | It works: is it the right interface?',
      'fail | interface eth0: type | ethernet | veth | Look at `ip -d link show eth0`.',
      'fail | interface eth0: mac | 02:00:00:00:00:99 | 02:00:00:00:00:10 | Another card, another virtual machine, or a MAC that was set by hand or by a bond.',
      'fail | interface eth0: mtu | 1500 | 9000 | All hosts of a LAN must have one MTU: larger packets vanish. `ip link set eth0 mtu NUMBER` holds until the next boot: set it in the network configuration, too.',
      'fail | interface eth0: vlan-id | 5 | none | Look at `ip -d link show eth0`.',
      'fail | interface eth0: parent | x | none | The host has no interface x. There are: lo, eth0, eth1, tun0, tap0, br0, pair1, pair0.',
      'fail | interface eth0: master | br0 | none | Look at `ip link show master br0`.',
    ],
    [
      { name: 'br0', state: 'up', carrier: true, members: ['eth1'] },
      deb,
      none,
      'fail | interface br0: state | up | down: administratively | It was taken down, or never set up: `ip link set br0 up` does it, until the next boot if the network configuration does not.',
      'fail | interface br0: carrier | a signal | not known while it is administratively down | It was taken down, or never set up: `ip link set br0 up` does it, until the next boot if the network configuration does not.',
      'pass | interface br0: members | eth1 | eth1',
    ],
    [
      { name: 'br0', members: ['eth0', 'eth9'], carrier: false },
      deb,
      none,
      'error | interface br0: carrier | no signal | not known while it is administratively down | Set it up to see.',
      'fail | interface br0: members | eth0, eth9 | eth1 | eth0 belongs to none. There is no interface eth9. Not expected: eth1. Look at `ip link show master br0`.',
    ],
    [
      { name: 'eth0', addresses: ['203.0.113.11/24', '203.0.113.12/24', '2001:db8:1::11/64', '2001:db8:1::99/64'] },
      deb,
      none,
      'pass | interface eth0: addresses | 203.0.113.11/24, 203.0.113.12/24, 2001:db8:1::11/64, 2001:db8:1::99/64 | 203.0.113.11/24, 203.0.113.12/24, 2001:db8:1::99/64, 2001:db8:1::11/64',
      'fail | interface eth0: address 2001:db8:1::99/64 | in service | a duplicate: another host answers for it | The kernel does not use it until it is taken away and set anew. Find the other host: `ip -6 neigh show dev eth0` on a neighbour.',
    ],
    [
      { name: 'eth0', addresses: ['203.0.113.11/25', '10.9.0.1/32', '192.0.2.1/24'], family: 'inet' },
      deb,
      none,
      'fail | interface eth0: addresses | 203.0.113.11/25, 10.9.0.1/32, 192.0.2.1/24 | 203.0.113.11/24, 203.0.113.12/24 | 203.0.113.11 is there with /24: hosts between the two lengths are taken for neighbours, or not. 10.9.0.1 is on tun0 instead. Missing: 192.0.2.1/24. Not expected: 203.0.113.11/24, 203.0.113.12/24.',
    ],
    [
      { name: 'eth0', addresses: { contains: ['fe80::11/64'], not: ['203.0.113.12/24'] } },
      deb,
      none,
      'fail | interface eth0: addresses | fe80::11/64 among them and none of 203.0.113.12/24 | 203.0.113.11/24, 203.0.113.12/24, 2001:db8:1::99/64, 2001:db8:1::11/64, fe80::11/64 | Not expected: 203.0.113.12/24.',
    ],
    [
      { name: 'eth0', addresses: { not: ['203.0.113.12', 'FE80:0::11', '192.0.2.1'] } },
      deb,
      none,
      'fail | interface eth0: addresses | none of 203.0.113.12, fe80::11, 192.0.2.1 | 203.0.113.11/24, 203.0.113.12/24, 2001:db8:1::99/64, 2001:db8:1::11/64, fe80::11/64 | Not expected: 203.0.113.12/24, fe80::11/64.',
    ],
    [
      { name: 'eth0', addresses: { not: ['192.0.2.1', '203.0.113.13/24'] }, family: 'inet' },
      deb,
      none,
      'pass | interface eth0: addresses | none of 192.0.2.1, 203.0.113.13/24 | 203.0.113.11/24, 203.0.113.12/24',
    ],
    [
      { name: 'eth0', addresses: { contains: ['203.0.113.11/24'], not: ['203.0.113.12/32'] }, family: 'inet' },
      deb,
      none,
      'pass | interface eth0: addresses | 203.0.113.11/24 among them and none of 203.0.113.12/32 | 203.0.113.11/24, 203.0.113.12/24 | 203.0.113.12 is there with /24: without a length, as 203.0.113.12, `not` means it whatever its length.',
    ],
    [
      { name: 'eth0', addresses: ['203.0.113.11/24'] },
      sys,
      none,
      'error | interface eth0: addresses | 203.0.113.11/24 | 2001:db8:1::99/64, 2001:db8:1::11/64 | Without `ip` this host does not show which interface has an IPv4 address; with `family: inet6` the others can be judged.',
    ],
    [
      { name: 'eth0', addresses: { contains: ['2001:db8:1::11/64'] }, family: 'inet6' },
      sys,
      none,
      'pass | interface eth0: addresses | 2001:db8:1::11/64 among them | 2001:db8:1::99/64, 2001:db8:1::11/64',
    ],
    [
      { name: 'eth0', type: 'ethernet', 'vlan-id': 5, parent: 'x', state: 'up' },
      bb,
      none,
      'pass | interface eth0: state | up | up',
      'error | interface eth0: type | ethernet | not shown by this host | The tools of this host do not show it; `ip` of iproute2 would.',
      'error | interface eth0: vlan-id | 5 | not shown by this host | The tools of this host do not show it; `ip` of iproute2 would.',
      'error | interface eth0: parent | x | not shown by this host | The host shows no interface x. There are: lo, eth0, eth1, tun0, tap0, br0, pair1, pair0. Alternative names of interfaces are not shown by this host. The tools of this host do not show it; `ip` of iproute2 would.',
    ],
    [
      { name: 'bond0.100', type: 'vlan', 'vlan-id': 100, parent: 'bond0', addresses: ['10.1.0.5/24'] },
      old,
      none,
      'pass | interface bond0.100: type | vlan | vlan',
      'pass | interface bond0.100: vlan-id | 100 | 100',
      'pass | interface bond0.100: parent | bond0 | bond0',
      'pass | interface bond0.100: addresses | 10.1.0.5/24 | 10.1.0.5/24',
    ],
    [
      { name: 'br0', state: 'up' },
      idle,
      none,
      'fail | interface br0: state | up | down: no carrier | A bridge has a carrier once one of its ports has: it has no port, or none that is up. Look at `ip -d link show master br0`.',
    ],
    [
      { name: 'tun0', state: 'up' },
      idle,
      none,
      'fail | interface tun0: state | up | down: no carrier | A tun interface has a carrier while a process holds it: is its program running, such as a VPN? Look at `ip -d link show tun0`.',
    ],
    [
      { name: 'tap0', carrier: true },
      idle,
      none,
      'fail | interface tap0: carrier | a signal | no signal | A tap interface has a carrier while a process holds it: is its program running, such as a virtual machine or a VPN? Look at `ip -d link show tap0`.',
    ],
    [
      { name: 'eth0', state: 'up' },
      idle,
      none,
      'fail | interface eth0: state | up | down: no carrier | It is one end of a pair, and the other end is down, in another namespace perhaps: that of a container or a virtual machine. Look at `ip -d link show eth0`.',
    ],
    [
      { name: 'eth1', state: 'up', master: 'bond0' },
      old,
      none,
      'fail | interface eth1: state | up | down: no carrier | Look at the cable, the SFP and the switch port, at the other end too, and at `ip -d link show eth1` and `ethtool eth1`.',
      'pass | interface eth1: master | bond0 | bond0',
    ],
    [
      { name: 'bond0', lacp: true },
      doc,
      bonds,
      'pass | interface bond0: bond-mode | 802.3ad | 802.3ad',
      'pass | interface bond0: lacp | a partner, and all members in one aggregator | partner 00:1b:54:aa:bb:cc; eth0 up in aggregator 1, eth1 up in aggregator 1',
    ],
    [
      { name: 'bond0', lacp: true, 'bond-mode': '802.3ad' },
      doc,
      user,
      'pass | interface bond0: bond-mode | 802.3ad | 802.3ad',
      'error | interface bond0: lacp | a partner, and all members in one aggregator | partner not shown; eth0 up in aggregator 1, eth1 up in aggregator 1 | The kernel shows LACP partners to root alone: give the host `become: sudo` in the inventory.',
    ],
    [
      { name: 'bond0', lacp: true },
      doc,
      [{ ...lonely, name: 'bond0' }],
      'pass | interface bond0: bond-mode | 802.3ad | 802.3ad',
      'fail | interface bond0: lacp | a partner, and all members in one aggregator | partner 00:00:00:00:00:00; eth2 up in aggregator 1, eth3 down in aggregator 2 | Nobody answers LACP at the other end: the switch ports are not in a port-channel of mode active or passive, or not in this one. Look at `cat /proc/net/bonding/bond0` as root and at the switch.',
    ],
    [
      { name: 'bond0', lacp: true },
      doc,
      split,
      'pass | interface bond0: bond-mode | 802.3ad | 802.3ad',
      'fail | interface bond0: lacp | a partner, and all members in one aggregator | partner 00:1b:54:aa:bb:cc; eth0 up in aggregator 1, eth1 up in aggregator 2 | eth1 carries no traffic of the bond: no link, another switch or port-channel at the other end, or another speed. Look at `cat /proc/net/bonding/bond0` as root and at these switch ports.',
    ],
    [
      { name: 'bond0', 'bond-mode': 'active-backup' },
      doc,
      bonds,
      'fail | interface bond0: bond-mode | active-backup | 802.3ad | Both ends must agree, the switch too: LACP on one side alone, or on neither, loses or loops frames.',
    ],
    [{ name: 'eth0', 'bond-mode': 'active-backup' }, doc, bonds, 'fail | interface eth0: bond-mode | active-backup | no bond: ethernet'],
    [
      { name: 'bond0', lacp: true },
      doc,
      none,
      'error | interface bond0: bond-mode | 802.3ad | not shown by this host | /proc/net/bonding/bond0 is not there, or may not be read: is it a bond?',
    ],
    [
      { name: 'eth0', counters: { 'rx-errors': 0, 'tx-errors': 0, 'rx-packets': { min: 1 }, 'rx-crc-errors': 0 } },
      deb,
      none,
      'error | interface eth0: rx-packets | at least 1 in 5.0 s | -5 in 5.0 s | A counter that goes backwards was reset, by the driver or by its device: look at the log of the kernel.',
      'fail | interface eth0: rx-errors | 0 in 5.0 s | 3 in 5.0 s | Frames arrive broken: cable, SFP, a port that does not fit the other in speed or duplex. Look at `ip -s -s link show eth0` and `ethtool -S eth0`.',
      'pass | interface eth0: tx-errors | 0 in 5.0 s | 0 in 5.0 s',
      'error | interface eth0: rx-crc-errors | 0 in 5.0 s | not shown by this host | Its kernel, or /proc/net/dev where there is no /sys, does not count that by itself.',
    ],
    [
      { name: 'eth1', counters: { 'rx-errors': 0 } },
      deb,
      none,
      'error | interface eth1: rx-errors | 0 in 5.0 s | nothing to compare | The interface came or went between the two readings.',
    ],
    [
      { name: 'eth0', counters: { 'tx-errors': { min: 1 } } },
      deb,
      none,
      'fail | interface eth0: tx-errors | at least 1 in 5.0 s | 0 in 5.0 s | Nothing of the kind was counted: no traffic, or it takes another interface. Look at `ip -s -s link show eth0` and `ethtool -S eth0`.',
    ],
    [
      { name: 'eth0', speed: '10Gbit/s', duplex: 'full' },
      deb,
      none,
      'pass | interface eth0: speed | 10Gbit/s | 10Gbit/s',
      'pass | interface eth0: duplex | full | full',
    ],
    [
      { name: 'eth0', speed: '1Gbit/s', duplex: 'half' },
      deb,
      none,
      'fail | interface eth0: speed | 1Gbit/s | 10Gbit/s | Look at `ethtool eth0`: autonegotiation must be the same at both ends, and cable and SFP good for it.',
      'fail | interface eth0: duplex | half | full | Look at `ethtool eth0`: autonegotiation must be the same at both ends, and cable and SFP good for it.',
    ],
    [
      { name: 'br0', speed: '1Gbit/s' },
      deb,
      none,
      'fail | interface br0: speed | 1Gbit/s | none | It was taken down, or never set up: `ip link set br0 up` does it, until the next boot if the network configuration does not.',
    ],
    [
      { name: 'eth1', speed: '1Gbit/s' },
      deb,
      none,
      'error | interface eth1: speed | 1Gbit/s | not shown by this host | The driver does not tell it (/sys/class/net/eth1/speed): virtual interfaces often do not.',
    ],
  ]
  test.each(rows.map((row) => [JSON.stringify(row[0]), row] as const))('%s', (_, [spec, links, known, ...findings]) => {
    const needs = interfaceCheck.needs(spec, context)
    const facts = {
      links,
      speeds: needs.speeds.map(() => speeds),
      bonds: needs.bonds.map(() => known),
      counters: needs.counters.map(() => counters),
    }
    expect(interfaceCheck.evaluate(spec, facts, context, nothingLearnt).map(show)).toEqual(findings)
  })
})

describe('refuses', () => {
  test.each<[Spec, string]>([
    [{ name: 'e', addresses: ['10.0.0.1'] }, 'addresses.0: 10.0.0.1 lacks its prefix length'],
    [
      { name: 'e', addresses: { contains: ['10.0.0.300/24'] } },
      'addresses.contains.0: expected an address with its prefix length, found "10.0.0.300/24"',
    ],
    [{ name: 'e', addresses: { contains: ['10.0.0.1'] } }, 'addresses.contains.0: 10.0.0.1 lacks its prefix length'],
    [{ name: 'e', addresses: { not: ['10.0.0.1'] }, family: 'inet6' }, 'addresses.not.0: 10.0.0.1 is not of family inet6'],
    [
      { name: 'e', addresses: { contains: ['2001:db8::1/64'], not: ['2001:db8:0::1'] } },
      'addresses: 2001:db8::1/64 has to be among them, and may not',
    ],
    [
      { name: 'e', addresses: { not: ['10.0.0.1/33'] } },
      'addresses.not.0: expected an address with its prefix length, found "10.0.0.1/33"',
    ],
    [{ name: 'e', addresses: ['10.0.0.1/24'], family: 'inet6' }, 'addresses.0: 10.0.0.1/24 is not of family inet6'],
    [
      { name: 'e', addresses: { contains: ['10.0.0.1/24'], not: ['10.0.0.1/24'] } },
      'addresses: 10.0.0.1/24 has to be among them, and may not',
    ],
    [{ name: 'e', family: 'inet' }, 'family: `family` is about `addresses`, which are not there'],
    [{ name: 'e', mac: { 'one-of': ['52:54:00:12:34:5'] } }, 'mac.one-of.0: expected a MAC address, found "52:54:00:12:34:5"'],
    [{ name: 'e', type: { min: 'a' } }, 'type.min: `min` needs numbers, and type is none'],
    [{ name: 'e', mtu: { min: 9_000, max: 1_500 } }, 'mtu.min: `min` 9000 is more than `max` 1500'],
    [{ name: 'e', speed: { min: '10Gbit/s', max: '1Gbit/s' } }, 'speed.min: `min` 10Gbit/s is more than `max` 1Gbit/s'],
    [{ name: 'e', counters: { over: '5s' } }, 'counters: no counter is named: that proves nothing'],
    [{ name: 'e', counters: { over: '1h', 'rx-errors': 0 } }, 'counters.over: expected a time from 100ms to 10m, found "1h"'],
    [{ name: 'e', counters: { 'rx-errors': { min: 0 } } }, 'counters.rx-errors: any growth would do: that proves nothing'],
    [{ name: 'e', counters: { 'rx-errors': { min: 2, max: 1 } } }, 'counters.rx-errors.min: `min` 2 is more than `max` 1'],
    [{ name: 'e', absent: true, mtu: 1_500 }, 'mtu: an interface that is not there has no mtu'],
    [{ name: 'e', lacp: true, 'bond-mode': 'active-backup' }, 'lacp: LACP is for bonds of mode 802.3ad, not active-backup'],
    [{ name: 'e', state: 'up', carrier: false }, 'carrier: an interface without a carrier is not up'],
  ])('%j', (spec, message) => {
    expect(interfaceCheck.problems?.(spec).map(({ path, message: text }) => `${path.join('.')}: ${text}`)).toEqual([message])
  })

  test.each<Spec>([
    { name: 'eth0' },
    { name: 'eth0', absent: true },
    { name: 'eth0', addresses: { not: ['10.0.0.1', '2001:db8::1'] } },
    { name: 'eth0', addresses: [], members: [], mac: '5254.0012.3456', counters: { over: '100ms', 'rx-packets': { min: 1 } } },
  ])('but not %j', (spec) => {
    expect(interfaceCheck.problems?.(spec)).toEqual([])
  })
})

test('asks for no more than is expected, and for one window by its length', () => {
  const facts = (spec: Spec): readonly string[] =>
    Object.values(interfaceCheck.needs(spec, context))
      .flatMap((wish) => [wish].flat())
      .map(({ fact, args }) => `${fact} ${JSON.stringify(args)}`)
  expect(facts({ name: 'eth0' })).toEqual(['links {}'])
  expect(facts({ name: 'eth0', duplex: 'full', lacp: true, counters: { over: '2s', 'rx-errors': 0 } })).toEqual([
    'links {}',
    'link-speed {}',
    'bonds {}',
    'interface-counters {"overMs":2000}',
  ])
})
