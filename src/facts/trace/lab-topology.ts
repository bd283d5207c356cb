/**
 * For the lab test. Every test asks from a client of its own, as ICMP errors are limited by receiver, and routers limit them as
 * Linux does by default. IPv6 has the same shape.
 *
 * ```
 *                    ┌ r2 ── r3 ── server 10.80.3.5, .6   r2 has no route to 10.80.99.0/24, and sends 10.80.200.0/24 back to r1
 * clients 10.80.1.x ─ r1 ├ a1, a2 (shared by flow) ── join ── wide 10.80.7.5
 *                    ├ mute (sends no ICMP error) ── wall (a firewall) ── guarded 10.80.6.5
 *                    └ q1 ── q2 ── q3 ── q4 ── q5 (none sends an ICMP error) ── deep 10.80.8.5
 * ```
 *
 * `inside` 192.168.7.2 is behind `nat`, which is on the clients' LAN. `strict`, `wall` and `guarded` drop what conntrack calls invalid.
 */
const noErrors = `
table inet quiet {
  chain output {
    type filter hook output priority 0;
    icmp type { time-exceeded, destination-unreachable } drop
    icmpv6 type { time-exceeded, destination-unreachable } drop
  }
}
`

const wallRules = `
table inet filter {
  chain forward {
    type filter hook forward priority 0;
    meta nfproto ipv4 tcp dport 9201 reject with icmp type admin-prohibited
    meta nfproto ipv6 tcp dport 9201 reject with icmpv6 type admin-prohibited
    tcp dport 9202 drop
    tcp dport 9203 reject with tcp reset
    ct state invalid drop
  }
}
`

/** What firewalld and many others begin with. */
const strictRules = `
table inet strict {
  chain input {
    type filter hook input priority 0;
    ct state invalid drop
  }
}
`

const natRules = `
table ip nat {
  chain out {
    type nat hook postrouting priority 100;
    oifname eth0 masquerade
  }
}
`

const serverRules = `
table inet filter {
  chain input {
    type filter hook input priority 0;
    tcp dport 9002 reject
    tcp dport 9101 drop
  }
}
`

/** The same LAN and host part in both families: `10.80.<lan>.<host>` and `fd80:<lan>::<host>`. */
const at = (lan: number, host: number): string[] => [`10.80.${lan}.${host}/24`, `fd80:${lan}::${host}/64`]
const both = (lan: number, via: readonly [lan: number, host: number]) => [
  { to: `10.80.${lan}.0/24`, via: `10.80.${via[0]}.${via[1]}` },
  { to: `fd80:${lan}::/64`, via: `fd80:${via[0]}::${via[1]}` },
]
const byDefault = (lan: number, host: number) => [
  { to: 'default', via: `10.80.${lan}.${host}` },
  { to: 'default', via: `fd80:${lan}::${host}` },
]

const client = (index: number) => ({
  lans: { clients: { address: at(1, 10 + index) } },
  routes: [...byDefault(1, 1), { to: '10.80.21.0/24', type: 'prohibit' as const }, { to: '10.80.22.0/24', type: 'unreachable' as const }],
  firewall: 'table ip own { chain output { type filter hook output priority 0; tcp dport 9301 drop; }; }\n',
  sysctl: { 'net.ipv4.ping_group_range': '0 2147483647' },
  etc: { hosts: '127.0.0.1 localhost\n10.80.3.5 both.test\nfd80:3::5 both.test\n' },
})

/** Behind r1 a row of routers that say nothing. */
const quietRow = Object.fromEntries(
  [1, 2, 3, 4, 5].map((index) => [
    `q${index}`,
    {
      lans: {
        [`row${index}`]: { address: at(30 + index, 2) },
        [index === 5 ? 'deep' : `row${index + 1}`]: { address: at(index === 5 ? 8 : 31 + index, 1) },
      },
      routes: [...byDefault(30 + index, 1), ...(index === 5 ? [] : both(8, [31 + index, 2]))],
      firewall: noErrors,
    },
  ]),
)

const branch = (index: 1 | 2) => ({
  lans: { [`left${index}`]: { address: at(40 + index, 2) }, [`right${index}`]: { address: at(50 + index, 1) } },
  routes: [...byDefault(40 + index, 1), ...both(7, [50 + index, 2])],
})

/** A topology for `test/lab`, with a client for every name. */
export function traceLab(clients: readonly string[]) {
  return {
    hosts: {
      ...Object.fromEntries(clients.map((name, index) => [name, client(index)])),
      server: {
        lans: { servers: { address: [...at(3, 5), ...at(3, 6)] } },
        routes: byDefault(3, 1),
        services: [
          { tcp: 8001, address: '::' },
          { udp: 8002, address: '::' },
          { udp: 8003, address: '::', say: 'hello' },
        ],
        firewall: serverRules,
        sysctl: { 'net.ipv4.ping_group_range': '0 2147483647' },
      },
      strict: { ...client(200), firewall: strictRules },
      inside: { lans: { private: { address: '192.168.7.2/24' } }, routes: [{ to: 'default', via: '192.168.7.1' }] },
      wide: { lans: { wide: { address: at(7, 5) } }, routes: byDefault(7, 1) },
      guarded: {
        lans: { guarded: { address: at(6, 5) } },
        routes: byDefault(6, 1),
        services: [{ tcp: 8001, address: '::' }],
        firewall: strictRules,
      },
      deep: { lans: { deep: { address: at(8, 5) } }, routes: byDefault(8, 1), services: [{ tcp: 8001, address: '::' }] },
    },
    routers: {
      r1: {
        lans: {
          clients: { address: at(1, 1) },
          first: { address: at(2, 1) },
          left1: { address: at(41, 1) },
          left2: { address: at(42, 1) },
          muted: { address: at(5, 1) },
          row1: { address: at(31, 1) },
        },
        routes: [
          ...byDefault(2, 2),
          { to: '10.80.7.0/24', nexthops: [{ via: '10.80.41.2' }, { via: '10.80.42.2' }] },
          { to: 'fd80:7::/64', nexthops: [{ via: 'fd80:41::2' }, { via: 'fd80:42::2' }] },
          ...both(6, [5, 2]),
          ...both(8, [31, 2]),
        ],
        sysctl: { 'net.ipv4.fib_multipath_hash_policy': 1, 'net.ipv6.fib_multipath_hash_policy': 1 },
      },
      r2: {
        lans: { first: { address: at(2, 2) }, second: { address: at(4, 1) } },
        routes: [...both(3, [4, 2]), ...both(1, [2, 1]), ...both(200, [2, 1])],
      },
      r3: { lans: { second: { address: at(4, 2) }, servers: { address: at(3, 1) } }, routes: byDefault(4, 1) },
      a1: branch(1),
      a2: branch(2),
      join: {
        lans: { right1: { address: at(51, 2) }, right2: { address: at(52, 2) }, wide: { address: at(7, 1) } },
        routes: byDefault(51, 1),
      },
      mute: {
        lans: { muted: { address: at(5, 2) }, inner: { address: at(9, 1) } },
        routes: [...byDefault(5, 1), ...both(6, [9, 2])],
        firewall: noErrors,
      },
      wall: {
        lans: { inner: { address: at(9, 2) }, guarded: { address: at(6, 1) } },
        routes: byDefault(9, 1),
        firewall: wallRules,
      },
      nat: {
        lans: { clients: { address: '10.80.1.250/24' }, private: { address: '192.168.7.1/24' } },
        routes: [{ to: 'default', via: '10.80.1.1' }],
        firewall: natRules,
      },
      ...quietRow,
    },
  }
}
