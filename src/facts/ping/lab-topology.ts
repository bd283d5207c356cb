/**
 * For the lab tests: clients, a router, a server. Every probe asks from a client of its own, as ICMP errors are limited by receiver.
 *
 * ```
 * client 10.78.1.10+n ─ near ─ 10.78.1.1 gw 10.78.2.1 ─ far ─ server 10.78.2.5 to .9
 *                                        gw 10.78.3.1 ─ narrow (MTU 1400) ─ 10.78.3.5
 * ```
 */
const serverRules = `
table inet filter {
  chain input {
    type filter hook input priority 0;
    ip daddr 10.78.2.6 icmp type echo-request reject with icmp type admin-prohibited
    ip6 daddr fd78:2::6 icmpv6 type echo-request reject with icmpv6 type admin-prohibited
    ip daddr 10.78.2.7 icmp type echo-request drop
    ip6 daddr fd78:2::7 icmpv6 type echo-request drop
    ip daddr 10.78.2.8 icmp type echo-request numgen inc mod 3 == 1 drop
  }
}
`

const routerRules = `
table inet filter {
  chain forward {
    type filter hook forward priority 0;
    ip daddr 10.78.2.9 reject with icmp type host-prohibited
  }
}
`

const ownRules = `
table inet own {
  chain output {
    type filter hook output priority 0;
    ip daddr 10.78.2.251 drop
    ip daddr 10.78.2.252 reject with icmp type admin-prohibited
  }
}
`

const client = (index: number) => ({
  lans: { near: { address: [`10.78.1.${10 + index}/24`, `10.78.1.${110 + index}/24`, `fd78:1::${10 + index}/64`] } },
  routes: [
    { to: '10.78.0.0/16', via: '10.78.1.1' },
    { to: 'fd78::/16', via: 'fd78:1::1' },
    { to: '10.78.20.0/24', type: 'blackhole' as const },
    { to: '10.78.21.0/24', type: 'prohibit' as const },
    { to: '10.78.22.0/24', type: 'unreachable' as const },
  ],
  firewall: ownRules,
  etc: { hosts: '127.0.0.1 localhost\n10.78.2.5 both.test\nfd78:2::5 both.test\n10.78.2.5 two.test\n10.78.2.7 two.test\n' },
})

/** A topology for `test/lab`, with a client for every name. */
export function pingLab(clients: readonly string[]) {
  return {
    hosts: {
      ...Object.fromEntries(clients.map((name, index) => [name, client(index)])),
      server: {
        lans: {
          far: { address: [...[5, 6, 7, 8, 9].map((last) => `10.78.2.${last}/24`), ...[5, 6, 7].map((last) => `fd78:2::${last}/64`)] },
        },
        routes: [
          { to: 'default', via: '10.78.2.1' },
          { to: 'default', via: 'fd78:2::1' },
        ],
        firewall: serverRules,
      },
      narrow: {
        lans: { narrow: { address: ['10.78.3.5/24', 'fd78:3::5/64'] } },
        ip: ['link set dev eth0 mtu 1400'],
        routes: [
          { to: 'default', via: '10.78.3.1' },
          { to: 'default', via: 'fd78:3::1' },
        ],
      },
    },
    routers: {
      gw: {
        lans: {
          near: { address: ['10.78.1.1/24', 'fd78:1::1/64'] },
          far: { address: ['10.78.2.1/24', 'fd78:2::1/64'] },
          narrow: { address: ['10.78.3.1/24', 'fd78:3::1/64'] },
        },
        ip: ['link set dev eth2 mtu 1400'],
        firewall: routerRules,
      },
    },
  }
}
