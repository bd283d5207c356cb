import { describe, expect, it } from 'vitest'
import type { TcpAddressResult } from '../../facts/tcp-connect/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import { context, seen } from './fixtures.js'
import { tcpPort } from './index.js'
import type { TcpPortSpec } from './spec.js'

const icmp = (type: number, code: number, from: string | null) => ({ icmp: { type, code, from }, answerMs: 0.4 })
const six: Partial<TcpAddressResult> = { address: 'fd00:20::5', source: 'fd00:10::11' }

interface Case {
  readonly of: string
  readonly result: TcpAddressResult
  readonly actual: string
  readonly message: string
  readonly spec?: Partial<TcpPortSpec>
  readonly probe?: string
}

const cases: readonly Case[] = [
  {
    of: 'a port that is open and should not be',
    spec: { expect: 'blocked' },
    result: seen('open', { answerMs: 0.4 }),
    actual: 'open after 0.4 ms',
    message:
      'A service accepts connections here, and nothing between web1 and db1 keeps them out. Look at `ss -ltnp` and the firewall rules on db1.',
  },
  {
    of: 'a reset behind the handshake',
    result: seen('open-then-reset', { answerMs: 0.4 }),
    actual: 'open after 0.4 ms, then reset by the far side',
    message:
      'The connection was accepted and aborted at once: a proxy or load balancer without a back end, TCP wrappers, or a service that turns web1 away. Look at the log of the service on db1.',
  },
  {
    of: 'a RST',
    result: seen('refused', { answerMs: 0.4 }),
    actual: 'refused after 0.4 ms',
    message:
      'The host answers, but nothing listens on this port of this address, or a REJECT with tcp-reset stands in front. Look at `ss -ltn` on db1.',
  },
  {
    of: 'a REJECT rule of the target',
    result: seen('rejected', icmp(3, 3, '10.20.0.5')),
    actual: 'rejected after 0.4 ms by 10.20.0.5 (db1): port unreachable (ICMP 3/3)',
    message: 'The host itself forbids it: a REJECT rule of its own firewall. Look at `nft list ruleset` or `iptables -S` on db1.',
  },
  {
    of: 'a REJECT rule of the asking host',
    result: seen('rejected', icmp(3, 3, '10.10.0.11')),
    actual: 'rejected after 0.4 ms by 10.10.0.11 (web1): port unreachable (ICMP 3/3)',
    message:
      'web1 itself forbids it, before anything is sent: a REJECT rule for outgoing traffic. Look at `nft list ruleset` or `iptables -S` on web1.',
  },
  {
    of: 'a firewall on the way, which the inventory knows',
    result: seen('rejected', icmp(3, 13, '10.10.0.1')),
    actual: 'rejected after 0.4 ms by 10.10.0.1 (core1): administratively prohibited (ICMP 3/13)',
    message:
      'The device at 10.10.0.1 (core1) forbids it: a firewall or an access list on the way. Look at its rules from 10.10.0.11 to db1.',
  },
  {
    of: 'a firewall on the way in IPv6',
    result: seen('rejected', { ...six, ...icmp(1, 1, 'fd00:10::1') }),
    actual: 'rejected after 0.4 ms by fd00:10::1: administratively prohibited (ICMPv6 1/1)',
    message: 'The device at fd00:10::1 forbids it: a firewall or an access list on the way. Look at its rules from fd00:10::11 to db1.',
  },
  {
    of: 'a rejection by nobody knows whom',
    result: seen('rejected', { errno: 'ECONNREFUSED' }),
    actual: 'rejected (ECONNREFUSED)',
    message: 'A firewall on db1 or on the way forbids it. Look at the rules there for 10.10.0.11.',
  },
  {
    of: 'no route here',
    result: seen('no-route', { local: true, errno: 'ENETUNREACH' }),
    actual: 'no route on web1 itself (ENETUNREACH)',
    message: 'Nothing was sent: in the routing table of web1 no route covers the target. Look at `ip route get 10.20.0.5` on web1.',
  },
  {
    of: 'an unreachable route here',
    result: seen('no-route', { local: true, errno: 'EHOSTUNREACH' }),
    actual: 'no route on web1 itself (EHOSTUNREACH)',
    message:
      'Nothing was sent: in the routing table of web1 an `unreachable` route covers the target. Look at `ip route get 10.20.0.5` on web1.',
  },
  {
    of: 'a link-local address without its interface',
    result: seen('local-policy', { address: 'fe80::1', source: null, local: true, errno: 'EINVAL' }),
    actual: 'forbidden by web1 itself (EINVAL)',
    message:
      'Nothing was sent, so the target was not tested: fe80::1 is a link-local address, which exists once per interface. Write it with its own, such as [fe80::1%eth0].',
  },
  {
    of: 'no IPv6 here',
    result: seen('no-route', { ...six, local: true, errno: 'ENETUNREACH' }),
    actual: 'no route on web1 itself (ENETUNREACH)',
    message:
      'Nothing was sent: in the routing table of web1 no route covers the target. Look at `ip route get fd00:20::5` on web1. Where only IPv4 is meant, write `family: ipv4`.',
  },
  {
    of: 'no route at a router',
    result: seen('no-route', icmp(3, 0, '10.10.0.1')),
    actual: 'no route after 0.4 ms by 10.10.0.1 (core1): network unreachable (ICMP 3/0)',
    message: 'The router at 10.10.0.1 (core1) has no route to the target. Look at its routing table for 10.20.0.5.',
  },
  {
    of: 'a loop',
    result: seen('no-route', icmp(11, 0, '192.0.2.1')),
    actual: 'no route after 0.4 ms by 192.0.2.1: time to live exceeded (ICMP 11/0)',
    message: 'The packet went in a circle until 192.0.2.1 gave it up: a routing loop. Look at `traceroute -n 10.20.0.5` on web1.',
  },
  {
    of: 'a dead neighbour',
    result: seen('host-unreachable', { ...icmp(3, 1, '10.10.0.11'), answerMs: 3_070 }),
    actual: 'host unreachable after 3.1 s by 10.10.0.11 (web1): host unreachable (ICMP 3/1)',
    message:
      'Nobody answers ARP for 10.20.0.5 on the network of web1: the host is down, or not in this network. Look at `ip neigh show 10.20.0.5` on web1, and at the power, cable and VLAN of db1.',
  },
  {
    of: 'a dead host behind a router, in IPv6',
    result: seen('host-unreachable', { ...six, ...icmp(1, 3, 'fd00:20::1'), answerMs: 3_070 }),
    actual: 'host unreachable after 3.1 s by fd00:20::1: address unreachable (ICMPv6 1/3)',
    message:
      'The router at fd00:20::1 got no answer to neighbour discovery for fd00:20::5: the host is down, or not in that network. Look at the power, cable and VLAN of db1.',
  },
  {
    of: 'a router that says so too soon',
    result: seen('host-unreachable', icmp(3, 1, '10.20.0.1')),
    actual: 'host unreachable after 0.4 ms by 10.20.0.1 (core1): host unreachable (ICMP 3/1)',
    message:
      'The router at 10.20.0.1 (core1) says so sooner than ARP can fail: it knew already that the host is down, or a route of type unreachable or a rule of its firewall says so. Look at its neighbours, its routes and its rules for 10.20.0.5.',
  },
  {
    of: 'silence',
    result: seen('timeout', { attempts: 3, source: null }),
    actual: 'no answer, asked 3 times',
    message:
      "Nothing came back: a firewall drops it on the way or on db1, the answer is lost on its way back, or the host is down. Look at the firewall's counters, and on db1 at `ss -tan state syn-recv` and `ip route get 10.10.0.11`.",
  },
  {
    of: 'a blackhole route here',
    result: seen('local-policy', { local: true, errno: 'EINVAL' }),
    actual: 'forbidden by web1 itself (EINVAL)',
    message:
      'Nothing was sent, so the target was not tested: a `blackhole` route on web1 forbids it. Look at `ip route get 10.20.0.5` there.',
  },
  {
    of: 'a source that is not there',
    result: seen('source-error', { errno: 'EADDRNOTAVAIL' }),
    actual: 'not asked: the source could not be used (EADDRNOTAVAIL)',
    message: 'Nothing was sent: web1 cannot send from there. Look at `ip address` on web1, and at `source` in the runbook.',
  },
  {
    of: 'a name without an address',
    result: seen('name-error', { address: null, detail: 'Name or service not known' }),
    actual: 'the name was not resolved: Name or service not known',
    message: 'Nothing was sent: web1 finds no address for 10.20.0.5. Look at `getent ahosts 10.20.0.5` and /etc/resolv.conf on web1.',
  },
  {
    of: 'a probe that could not ask',
    probe: 'bash',
    result: seen('unsupported', { detail: 'bash cannot choose the source' }),
    actual: 'not asked: bash cannot choose the source',
    message: 'Nothing is known about this target: the probe (bash) on web1 could not ask it.',
  },
  {
    of: 'a probe that cannot tell',
    probe: 'nc',
    spec: { expect: 'closed' },
    result: seen(['refused', 'rejected'], { errno: 'ECONNREFUSED' }),
    actual: 'refused or rejected',
    message: 'The probe on web1 (nc) cannot tell these apart; python3 or perl there could.',
  },
  {
    of: 'a kernel that does not tell',
    probe: 'python2',
    spec: { expect: 'rejected' },
    result: seen(['host-unreachable', 'rejected', 'no-route'], { answerMs: 0.4 }),
    actual: 'host unreachable or rejected or no route after 0.4 ms',
    message: 'The probe on web1 (python2) cannot tell these apart; python3 and Linux 5.8 or later there could.',
  },
  {
    of: 'silence beside errors',
    spec: { expect: 'filtered' },
    result: seen(['timeout', 'rejected'], { confirmed: false, limited: true, attempts: 2 }),
    actual: 'no answer, but that is not certain',
    message:
      'Other targets of the same run were answered with errors, and hosts and routers send only about one such answer a second: this one may have been held back. Ask fewer ports at once.',
  },
  {
    of: 'silence among much',
    spec: { expect: 'filtered' },
    result: seen(['timeout', 'rejected'], { confirmed: false, attempts: 1 }),
    actual: 'no answer, but that is not certain',
    message: 'It was asked once only, among many: a lost packet or a limited answer looks the same. Ask fewer ports at once.',
  },
  {
    of: 'an answer that is late',
    spec: { within: '50ms' },
    result: seen('open', { answerMs: 1_040 }),
    actual: 'open after 1.0 s',
    message:
      'The service answers, but not in time: look at the path (`ping 10.20.0.5`) and at the load of db1. A second or more means that the first packet was lost.',
  },
  {
    of: 'an answer that nobody timed',
    probe: 'nc',
    spec: { within: '50ms' },
    result: seen('open'),
    actual: 'open',
    message: 'It is open, but the probe on web1 (nc) cannot time it; python3, perl or curl there could.',
  },
]

describe('what is said of', () => {
  it.each(cases)('$of', ({ result, actual, message, spec = {}, probe = 'python3' }) => {
    const facts = { targets: [{ probe, addresses: [result] as const }] }
    const [finding] = tcpPort.evaluate({ target: 'db1:5432', ...spec }, facts, context, nothingLearnt)
    expect({ actual: finding?.actual, message: finding?.message }).toEqual({ actual, message })
    expect(finding?.verdict).not.toBe('pass')
  })
})
