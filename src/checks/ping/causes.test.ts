import { describe, expect, it } from 'vitest'
import type { PingAddress } from '../../facts/ping/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import { context, refused, replied, seen } from './fixtures.js'
import { ping } from './index.js'
import type { PingSpec } from './spec.js'

interface Case {
  readonly of: string
  readonly result: PingAddress
  readonly actual: string
  readonly message: string
  readonly spec?: Partial<PingSpec>
  readonly probe?: string
}

type Problem = NonNullable<PingAddress['problem']>
const kept = (kind: Problem['kind'], detail: string, more: Partial<PingAddress> = {}): PingAddress =>
  seen({ sent: 0, source: null, problem: { kind, detail }, ...more })
const all = (type: number, code: number, from: string | null, mtu: number | null = null) =>
  seen({ errors: refused(5, type, code, from, mtu) })
const six: Partial<PingAddress> = { address: 'fd00:20::5', source: 'fd00:10::11' }

const cases: readonly Case[] = [
  {
    of: 'silence',
    result: seen({ sent: 6 }),
    actual: '100 % (0 of 6 answered)',
    message:
      "Nothing came back: a firewall drops it on the way or on db1, the reply is lost on its way back, or the host is down. Look at the firewall's counters, and on db1 at `ip route get 10.10.0.11` and `sysctl net.ipv4.icmp_echo_ignore_all`.",
  },
  {
    of: 'silence beside errors',
    result: seen({ confirmed: false }),
    spec: { expect: 'none' },
    actual: 'no answer to 5 requests, but that is not certain',
    message:
      'Other targets of the same run were answered with ICMP errors, and routers send only about one such answer a second: this one may have been held back. Ping fewer addresses at once.',
  },
  {
    of: 'silence to a tool that sees little',
    result: seen({ confirmed: false }),
    spec: { expect: 'none' },
    probe: 'ping (BusyBox)',
    actual: 'no answer to 5 requests, but that is not certain',
    message:
      'The probe on web1, ping (BusyBox), is not told of every ICMP error and of every request that is dropped there; python3 with permission to ping would be (`net.ipv4.ping_group_range`).',
  },
  {
    of: 'some loss',
    result: seen({ replies: replied(1, null, 1, null, 1) }),
    actual: '40 % (3 of 5 answered)',
    message:
      'Some are lost on the way there or back. Look at drops and errors in `ip -s link` on web1 and db1, at the load and the duplex of the links between them, and at rate limits for ICMP.',
  },
  {
    of: 'some loss of large requests',
    spec: { size: 4_000 },
    result: seen({ replies: replied(1, null, 1, 1, 1) }),
    actual: '20 % (4 of 5 answered)',
    message:
      'Some are lost on the way there or back. Look at drops and errors in `ip -s link` on web1 and db1, at the load and the duplex of the links between them, and at rate limits for ICMP. Large requests need all of their fragments.',
  },
  {
    of: 'a REJECT rule of the target',
    result: all(3, 3, '10.20.0.5'),
    actual: '100 % (0 of 5 answered): 5 × port unreachable (ICMP 3/3) from 10.20.0.5 (db1)',
    message: 'The host itself forbids it: a REJECT rule of its own firewall. Look at `nft list ruleset` or `iptables -S` on db1.',
  },
  {
    of: 'a REJECT rule of the asking host',
    result: all(3, 13, '10.10.0.11'),
    actual: '100 % (0 of 5 answered): 5 × administratively prohibited (ICMP 3/13) from web1 itself (10.10.0.11)',
    message: 'web1 itself forbids it: a REJECT rule for outgoing traffic. Look at `nft list ruleset` or `iptables -S` there.',
  },
  {
    of: 'a device that nobody knows',
    result: all(3, 13, null),
    actual: '100 % (0 of 5 answered): 5 × administratively prohibited (ICMP 3/13) from nobody knows where',
    message: 'A device on the way forbids it: a firewall or an access list. Look at its rules from 10.10.0.11 to db1.',
  },
  {
    of: 'no route at a router',
    result: all(3, 0, '10.10.0.1'),
    actual: '100 % (0 of 5 answered): 5 × network unreachable (ICMP 3/0) from 10.10.0.1 (core1)',
    message: 'The router at 10.10.0.1 (core1) has no route to the target. Look at its routing table for 10.20.0.5.',
  },
  {
    of: 'a loop',
    result: all(11, 0, '192.0.2.1'),
    actual: '100 % (0 of 5 answered): 5 × time to live exceeded (ICMP 11/0) from 192.0.2.1',
    message:
      'The packet went in a circle until the router at 192.0.2.1 gave it up: a routing loop. Look at `traceroute -n 10.20.0.5` on web1.',
  },
  {
    of: 'a dead neighbour',
    result: seen({ ...six, errors: refused(5, 1, 3, 'fd00:10::11') }),
    actual: '100 % (0 of 5 answered): 5 × address unreachable (ICMPv6 1/3) from web1 itself (fd00:10::11)',
    message:
      'Nobody answers neighbour discovery for fd00:20::5 on the network of web1: the host is down, or not in this network. Look at `ip neigh show fd00:20::5` on web1, and at the power, cable and VLAN of db1.',
  },
  {
    of: 'a dead host behind a router',
    result: all(3, 1, '10.20.0.1'),
    actual: '100 % (0 of 5 answered): 5 × host unreachable (ICMP 3/1) from 10.20.0.1 (core1)',
    message:
      'The router at 10.20.0.1 (core1) gets no answer to ARP for 10.20.0.5: the host is down, or not in that network. Look at the neighbours of that router, and at the power, cable and VLAN of db1.',
  },
  {
    of: 'a narrow link',
    spec: { size: 1_472, 'dont-fragment': true },
    result: all(3, 4, '10.10.0.1', 1_400),
    actual: '100 % (0 of 5 answered): 5 × fragmentation needed (ICMP 3/4), MTU 1400 from 10.10.0.1 (core1)',
    message:
      'Packets of 1500 bytes do not fit into the next link behind 10.10.0.1 (core1) of 1400 bytes. Look at the MTU there, and of tunnels over it; `path-mtu` finds what fits.',
  },
  {
    of: 'errors of two kinds',
    result: seen({ errors: [...refused(2, 3, 13, '10.10.0.1'), ...refused(1, 3, 1, '10.20.0.1')] }),
    actual:
      '100 % (0 of 5 answered): 2 × administratively prohibited (ICMP 3/13) from 10.10.0.1 (core1), 1 × host unreachable (ICMP 3/1) from 10.20.0.1 (core1)',
    message: 'The device at 10.10.0.1 (core1) forbids it: a firewall or an access list. Look at its rules from 10.10.0.11 to db1.',
  },
  {
    of: 'a dead host where nobody is to answer',
    spec: { expect: 'none' },
    result: all(3, 1, '10.20.0.1'),
    actual: 'no reply to 5 requests: 5 × host unreachable (ICMP 3/1) from 10.20.0.1 (core1)',
    message:
      'The router at 10.20.0.1 (core1) gets no answer to ARP for 10.20.0.5: the host is down, or not in that network. Look at the neighbours of that router, and at the power, cable and VLAN of db1. So nothing is known of who keeps pings out. Where it is to be out of reach, write `expect: unreachable`.',
  },
  {
    of: 'replies where nobody is to answer',
    spec: { expect: 'none' },
    result: seen({ replies: replied(1) }),
    actual: '5 requests, 1 reply',
    message:
      'The target answers, and nothing between web1 and db1 keeps echo requests out. Look at the rules for ICMP echo-request on db1 and on the firewalls on the way.',
  },
  {
    of: 'a slow path',
    spec: { loss: '100%', rtt: { avg: '1ms' } },
    result: seen({ replies: replied(3, 2.5, null, 12, 2) }),
    actual: '4.88 ms (4 replies)',
    message:
      'The replies took 3 ms, 2.5 ms, 12 ms, 2 ms. Look at the path (`traceroute -n 10.20.0.5` on web1), and at the load of its links and of db1.',
  },
  {
    of: 'a slow start',
    spec: { rtt: { max: '1ms' } },
    result: seen({ replies: replied(3, 0.5, 0.5, 0.5, 0.5) }),
    actual: '3 ms (5 replies)',
    message:
      'The replies took 3 ms, 0.5 ms, 0.5 ms, 0.5 ms, 0.5 ms. Only the first is so slow where an address is to be found first (ARP). Look at the path (`traceroute -n 10.20.0.5` on web1), and at the load of its links and of db1.',
  },
  {
    of: 'no clock',
    spec: { size: 4, rtt: { max: '1ms' } },
    probe: 'ping (iputils)',
    result: seen({ sent: 1, replies: [{ sequence: 0, rttMs: null, ttl: 63 }] }),
    actual: 'not measured',
    message: 'The probe on web1 (ping (iputils)) does not time such requests; python3 there would.',
  },
  {
    of: 'a name without an address',
    result: kept('name-error', 'Name or service not known', { address: null }),
    actual: 'the name was not resolved: Name or service not known',
    message: 'Nothing was sent: web1 finds no address for 10.20.0.5. Look at `getent ahosts 10.20.0.5` and /etc/resolv.conf on web1.',
  },
  {
    of: 'a source that is not there',
    result: kept('source-error', 'Cannot assign requested address (EADDRNOTAVAIL)'),
    actual: 'the source could not be used: Cannot assign requested address (EADDRNOTAVAIL)',
    message: 'Nothing was sent: web1 cannot send from there. Look at `ip address` on web1, and at `source` in the runbook.',
  },
  {
    of: 'no route here',
    result: kept('no-route', 'Network is unreachable (ENETUNREACH)'),
    actual: 'no route on web1 itself: Network is unreachable (ENETUNREACH)',
    message: 'Nothing was sent: the routing table of web1 has no way to the target. Look at `ip route get 10.20.0.5` on web1.',
  },
  {
    of: 'a link-local address without its interface',
    result: kept('local-policy', 'Invalid argument (EINVAL)', { address: 'fe80::1' }),
    actual: 'forbidden by web1 itself: Invalid argument (EINVAL)',
    message:
      'Nothing was sent: fe80::1 is a link-local address, which exists once per interface. Write it with its own, such as fe80::1%eth0.',
  },
  {
    of: 'a firewall that came up meanwhile',
    result: seen({ sent: 2, replies: replied(1, 1), problem: { kind: 'local-policy', detail: 'Operation not permitted (EPERM)' } }),
    actual: 'forbidden by web1 itself: Operation not permitted (EPERM), after 2 requests with 2 replies',
    message:
      'Not everything was sent: a firewall, a `prohibit` or `blackhole` route or a security module on web1 forbids it, or it is a broadcast address. Look at `ip route get 10.20.0.5` and at the rules for outgoing traffic on web1.',
  },
  {
    of: 'a path MTU that a tool had learnt',
    spec: { size: 1_472, 'dont-fragment': true },
    probe: 'ping (iputils)',
    result: seen({
      sent: 1,
      errors: refused(1, 3, 4, '10.10.0.1', 1_400),
      problem: { kind: 'too-big', detail: 'local error: message too long, mtu=1400' },
    }),
    actual:
      '1472 bytes of payload did not leave web1: local error: message too long, mtu=1400, after 1 request with 0 replies and 1 × fragmentation needed (ICMP 3/4), MTU 1400 from 10.10.0.1 (core1)',
    message:
      'Not everything was sent: such packets do not fit, and must not be fragmented. Look at the MTU in `ip link` on web1, and at `size` in the runbook: it is without the 28 bytes of headers.',
  },
  {
    of: 'a user who may not ping',
    result: kept('not-permitted', 'socket: Operation not permitted'),
    actual: 'web1 may not ping: socket: Operation not permitted',
    message: 'Nothing was sent: look at `sysctl net.ipv4.ping_group_range` on web1; or let netproof use `become` there.',
  },
  {
    of: 'a full table of neighbours',
    result: kept('unsupported', 'No buffer space available (ENOBUFS)'),
    actual: 'not asked: No buffer space available (ENOBUFS)',
    message:
      'Nothing was sent: the queue of an interface or the table of neighbours on web1 is full. Look at `ip -s link`, and with `dmesg` for "neighbour table overflow", there.',
  },
  {
    of: 'a probe that could not ask',
    probe: 'ping (BusyBox)',
    result: kept('unsupported', 'this ping cannot forbid fragmentation'),
    actual: 'not asked: this ping cannot forbid fragmentation',
    message: 'Nothing was sent: the probe (ping (BusyBox)) on web1 could not ask it.',
  },
]

describe('what is said of', () => {
  it.each(cases)('$of', ({ result, actual, message, spec = {}, probe = 'python3' }) => {
    const findings = ping.evaluate({ target: 'db1', ...spec }, { pings: [{ probe, addresses: [result] }] }, context, nothingLearnt)
    expect(findings.filter(({ verdict }) => verdict !== 'pass').map((finding) => [finding.actual, finding.message])).toEqual([
      [actual, message],
    ])
  })
})
