import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { complaints, prove, resultOf, writeRunbook } from './in-lab.js'

const withoutTimes = (text: string): string => text.replace(/[\d.]+ ms/g, '# ms')
const rule = (hook: string, words: string): string =>
  `nft -f - <<'E'\ntable inet np { chain c { type filter hook ${hook} priority 0; ${words}; }; }\nE`
const noRules = 'nft delete table inet np'

labDescribe('pings in a network that changes', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab('web-db')
    inventory = lab.inventory({ transport: 'exec' })
  })
  afterAll(() => lab?.stop())

  const proof = (ping: object) => prove(lab, [writeRunbook(lab, { checks: [{ id: 'it', on: 'web1', ping }] }), '-i', inventory])

  interface Change {
    readonly check: object
    /** Where the commands are run. */
    readonly on: string
    readonly change: string
    readonly undo: string
    /** The router forgets whom it knew: else it goes on sending for some seconds, and says nothing (RFC 4861 section 7.3.3). */
    readonly forget?: boolean
    readonly exitCode: 1 | 2
    readonly complaint: string
  }

  const changes: Readonly<Record<string, Change>> = {
    'a firewall that drops': {
      check: { target: 'db1', count: 3, interval: '20ms' },
      on: 'db1',
      change: rule('input', 'icmp type echo-request drop'),
      undo: noRules,
      exitCode: 1,
      complaint:
        'ping 10.20.0.5 (db1): loss: expected at most 0 %, actual 100 % (0 of 4 answered). ' +
        "Nothing came back: a firewall drops it on the way or on db1, the reply is lost on its way back, or the host is down. Look at the firewall's counters, and on db1 at `ip route get 10.10.0.11` and `sysctl net.ipv4.icmp_echo_ignore_all`.",
    },
    'every third request lost': {
      check: { target: 'db1', count: 9, interval: '20ms', loss: '30%' },
      on: 'core1',
      change: rule('forward', 'icmp type echo-request numgen inc mod 3 == 1 drop'),
      undo: noRules,
      exitCode: 1,
      complaint:
        'ping 10.20.0.5 (db1): loss: expected at most 30 %, actual 33.33 % (6 of 9 answered). ' +
        'Some are lost on the way there or back. Look at drops and errors in `ip -s link` on web1 and db1, at the load and the duplex of the links between them, and at rate limits for ICMP.',
    },
    'a router that forbids': {
      check: { target: '2001:db8:20::5', count: 2, interval: '20ms' },
      on: 'core1',
      change: rule('forward', 'icmpv6 type echo-request reject with icmpv6 type admin-prohibited'),
      undo: noRules,
      exitCode: 1,
      complaint:
        'ping 2001:db8:20::5: loss: expected at most 0 %, actual 100 % (0 of 2 answered): 2 × administratively prohibited (ICMPv6 1/1) from 2001:db8:10::1 (core1). ' +
        'The device at 2001:db8:10::1 (core1) forbids it: a firewall or an access list. Look at its rules from 2001:db8:10::11 to 2001:db8:20::5.',
    },
    'a host that is gone': {
      check: { target: 'db1', count: 2, interval: '20ms' },
      on: 'db1',
      change: 'ip address del 10.20.0.5/24 dev eth0',
      undo: 'ip address add 10.20.0.5/24 dev eth0; ip route add default via 10.20.0.1',
      forget: true,
      exitCode: 1,
      complaint:
        'ping 10.20.0.5 (db1): loss: expected at most 0 %, actual 100 % (0 of 3 answered): 3 × host unreachable (ICMP 3/1) from 10.10.0.1 (core1). ' +
        'The router at 10.10.0.1 (core1) gets no answer to ARP for 10.20.0.5: the host is down, or not in that network. Look at the neighbours of that router, and at the power, cable and VLAN of db1.',
    },
    'a link that became narrow': {
      check: { target: 'db1', count: 1, 'path-mtu': { min: 1500 } },
      on: 'core1',
      change: 'ip link set dev eth2 mtu 1400',
      undo: 'ip link set dev eth2 mtu 1500',
      exitCode: 1,
      complaint:
        'ping 10.20.0.5 (db1): path-mtu: expected at least 1500 bytes, actual 1400 bytes: "fragmentation needed" from 10.10.0.1 (core1). ' +
        'The link behind 10.10.0.1 (core1) takes 1400 bytes. Look at the MTU there, and of tunnels over it.',
    },
    'a black hole': {
      check: { target: 'db1', count: 1, 'path-mtu': { min: 1500 } },
      on: 'core1',
      change: `ip link set dev eth2 mtu 1400; ${rule('output', 'icmp type destination-unreachable drop')}`,
      undo: `ip link set dev eth2 mtu 1500; ${noRules}`,
      exitCode: 1,
      complaint:
        'ping 10.20.0.5 (db1): path-mtu: expected at least 1500 bytes, actual 1400 bytes: packets of 1401 bytes vanish without an ICMP error. ' +
        'A link or a tunnel on the way takes 1400 bytes, and the ICMP error that says so is not sent, or dropped (a black hole, RFC 2923): connections hang once they carry much. Look for it with `tracepath -n 10.20.0.5` on web1, and let ICMP type 3 code 4 pass the firewalls.',
    },
    'a full-sized request that no longer fits': {
      check: { target: 'db1', count: 2, interval: '20ms', size: 1472, 'dont-fragment': true },
      on: 'core1',
      change: 'ip link set dev eth2 mtu 1400',
      undo: 'ip link set dev eth2 mtu 1500',
      exitCode: 1,
      complaint:
        'ping 10.20.0.5 (db1): loss: expected at most 0 %, actual 100 % (0 of 2 answered): 2 × fragmentation needed (ICMP 3/4), MTU 1400 from 10.10.0.1 (core1). ' +
        'Packets of 1500 bytes do not fit into the next link behind 10.10.0.1 (core1) of 1400 bytes. Look at the MTU there, and of tunnels over it; `path-mtu` finds what fits.',
    },
    'an answer where none may come': {
      check: { target: '10.20.0.7', count: 3, interval: '20ms', expect: ['none', 'unreachable'] },
      on: 'db1',
      change: 'ip address add 10.20.0.7/24 dev eth0',
      undo: 'ip address del 10.20.0.7/24 dev eth0',
      exitCode: 1,
      complaint:
        'ping 10.20.0.7: expected no answer or unreachable, actual 3 requests, 3 replies. ' +
        'The target answers, and nothing between web1 and 10.20.0.7 keeps echo requests out. Look at the rules for ICMP echo-request on 10.20.0.7 and on the firewalls on the way.',
    },
    'a firewall of its own, which proves nothing about others': {
      check: { target: '10.20.0.8', count: 3, interval: '20ms', expect: ['none', 'unreachable'] },
      on: 'web1',
      change: rule('output', 'icmp type echo-request drop'),
      undo: noRules,
      exitCode: 2,
      complaint:
        'ping 10.20.0.8: expected none or unreachable, actual forbidden by web1 itself: Operation not permitted (EPERM). ' +
        'Nothing was sent: a firewall, a `prohibit` or `blackhole` route or a security module on web1 forbids it, or it is a broadcast address. Look at `ip route get 10.20.0.8` and at the rules for outgoing traffic on web1.',
    },
  }

  it.each(Object.entries(changes))('%s changes the verdict, and its end changes it back', { timeout: 60_000 }, async (_, each) => {
    await lab.sh(each.on, each.change)
    if (each.forget === true) await lab.sh('core1', 'ip neigh flush dev eth2')
    const during = await proof(each.check).finally(() => lab.sh(each.on, each.undo))
    const after = await proof(each.check)
    expect(complaints(resultOf(during.report, 'it')).map(withoutTimes)).toEqual([each.complaint])
    expect([during.exitCode, after.exitCode]).toEqual([each.exitCode, 0])
  })
})
